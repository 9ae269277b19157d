"""What is kept of a person, until when, and all of it to take away (AVG 15 and 20)."""
