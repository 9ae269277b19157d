"""Objecting to the publication of one's entry (verzet tegen openbaarheid, AVG 21): asked, weighed, and decided on."""
