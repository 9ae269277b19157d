"""OFFICE (bureau): where the house itself is looked after: its norms, its calendar, its mail, and its trail."""
