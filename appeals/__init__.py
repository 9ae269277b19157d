"""Disputes: objection (bezwaar), appeal (beroep) and the terms that run in them."""
