"""Silence on an application (niet tijdig beslissen): notice of default, and what a public body owes for it."""
