"""Who was where: what providers claim, the inbox of what matches nobody, and the credits that follow."""
