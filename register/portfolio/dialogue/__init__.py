"""Valued afterwards in a talk: a colleague and an assessor hear what somebody learnt, and what it is worth."""
