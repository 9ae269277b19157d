"""STATISTICS (cijfers): how many stand where in each register on a day, for policy makers and for everybody."""
