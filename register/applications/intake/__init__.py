"""Intake: what the secretary reads and asks before a file goes to the committee."""
