"""Decisions as their addressee and the secretary see them: read, and made known."""
