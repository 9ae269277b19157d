"""Runs of accredited courses (uitvoeringen), with their meetings: without one nobody attends and nothing is listed."""
