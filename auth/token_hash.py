"""What is kept of a secret that was drawn at random: its hash."""

import hashlib


def hash_of(token: str) -> str:
    """What is kept of a cookie or link: drawn at random, so a plain hash says nothing."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
