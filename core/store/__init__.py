"""What is kept: database, files, trail and messages, in one transaction."""
