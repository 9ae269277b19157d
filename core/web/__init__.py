"""Requests, answers, forms and pages."""
