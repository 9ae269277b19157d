"""What hours and euros for professional development somebody has by a cao, and what is left of them: pure."""
