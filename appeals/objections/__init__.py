"""Objection (bezwaar): full reconsideration by the body that decided (Awb ch. 6 and 7.2)."""
