"""BUDGETS (uren en budget): what a board books on the hours and budget of its staff, which it and the holder see."""
