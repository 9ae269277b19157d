"""The norms as data, and what they say of stated facts."""
