"""The register itself, and the running service around it."""
