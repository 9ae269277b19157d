"""Courses: providers, programmes, the imported list of higher education, accreditation decisions."""
