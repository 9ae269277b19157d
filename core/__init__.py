"""The foundation: knows nothing of teachers, courses or objections."""
