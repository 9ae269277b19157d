"""HISTORY: what was true of an entry on a day, and what we said of it on a day."""
