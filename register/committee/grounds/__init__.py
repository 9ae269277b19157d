"""The library of coded grounds: what a reader is told of each, and what would repair it, in the words of a register."""
