"""PLANNING: the plan for development (plan voor ontwikkeling): what to learn, by when, and what came of it."""
