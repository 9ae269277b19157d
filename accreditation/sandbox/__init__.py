"""A sandbox: a provider tries its connection on any day, is answered as it would be, and nothing happens."""
