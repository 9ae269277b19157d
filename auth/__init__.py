"""Who somebody is: persons, accounts, roles, sessions, tokens and permissions."""
