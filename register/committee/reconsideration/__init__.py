"""Reconsideration (heroverweging) of a decision that rested on another one, which was replaced."""
