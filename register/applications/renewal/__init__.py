"""Reregistration (herregistratie): what the portfolio would give, and what a granted renewal does."""
