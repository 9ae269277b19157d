"""The attendance message of PE-online, as learning platforms send it, with the keys that they send it under."""
