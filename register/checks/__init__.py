"""Whether the register holds against itself: what is derived anew from what was kept."""
