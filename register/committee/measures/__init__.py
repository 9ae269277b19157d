"""Measures against an entry: lapse after the conditional months, and strike-off with a future date; hearing first."""
