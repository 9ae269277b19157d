"""Conditions (voorwaarden) to a grant, each with a day by which it must be met."""
