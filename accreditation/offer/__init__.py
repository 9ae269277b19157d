"""Accredited offer for a first registration: programmes, assessments and recognition of prior learning, with dates."""
