"""A colleague who puts their name to an activity: asked, endorsed or declined, and never erased."""
