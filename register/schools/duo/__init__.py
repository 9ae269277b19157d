"""DUO's open files: which file is this, what does each line say, which lines cannot be read."""
