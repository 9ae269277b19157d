"""What participants think of a course, shown as a number when enough of them said so."""
