"""People: what they change themselves, and what the office does for them."""
