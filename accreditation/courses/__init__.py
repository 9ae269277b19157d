"""Courses and programmes: asked for by a provider, decided by the accreditation committee, accredited for a term."""
