"""Days, terms and rule sets: the law of any register, pure."""
