"""Boards (besturen), schools and their locations (vestigingen), as DUO publishes them."""
