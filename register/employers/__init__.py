"""Employers: what boards deliver, see and say."""
