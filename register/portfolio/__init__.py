"""What keeps up the profession: entries with evidence, and the ledger that says in which period they count."""
