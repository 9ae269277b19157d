"""The register office (bureau) at work: people, what waits, figures, and the house itself."""
