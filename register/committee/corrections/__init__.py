"""Correction of a decision by a new one: asked or found, heard where it takes something away, never by one person."""
