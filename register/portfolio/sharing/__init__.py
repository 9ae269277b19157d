"""Showing a portfolio to somebody else: shares that are scoped, expire and can be taken back, and who looked."""
