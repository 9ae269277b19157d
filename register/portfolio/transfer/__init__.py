"""A portfolio as a file: complete export, and import into another account or installation."""
