"""RENAMING: somebody who is or was registered asks for another name, and the office confirms or refuses it."""
