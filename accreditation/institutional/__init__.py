"""Institutional accreditation: a proven provider has its courses accredited on its own declaration."""
