"""Retention (bewaartermijnen, AVG 5(1)(e)): what is erased once its term has passed, what holds it back, the ledger."""
