"""DELIVERIES (leveringen): what boards say of appointments, until the holder confirms it."""
