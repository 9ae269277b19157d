"""The plan for development (plan voor ontwikkeling): goals with a day, and the activities that serve them."""
