"""What a board does here beyond reading: checks a list, sees what changed, says who left or came."""
