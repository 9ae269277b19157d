"""The registration committee's room: sessions, files, votes, and the decision that follows from them."""
