"""TAKEOVER (overname): an existing register and the deliveries of boards, read from a file, row by row."""
