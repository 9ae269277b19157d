"""The public agenda: runs of accredited courses, in three lists."""
