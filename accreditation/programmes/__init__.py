"""The higher-education programmes that RIO knows: what a diploma or a master's degree can be held against."""
