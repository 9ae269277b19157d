"""How the whole is run: the application, its routes, its start, and what runs beside it."""
