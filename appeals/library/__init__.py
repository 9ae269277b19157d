"""Decisions library: what was decided on objection and appeal, without names, searched while deciding."""
