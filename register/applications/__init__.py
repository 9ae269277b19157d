"""How one asks: applications (aanvragen), their intake, and renewal (herregistratie)."""
