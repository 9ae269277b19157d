"""A case as a timeline (verloop): what happened, what was told, what comes; the rooms say which of it reads how."""
