"""A committee at work: sessions, files on an agenda, votes, recusal."""
