"""Who decides: sessions of the registration committee, and what else it measures, corrects and reconsiders."""
