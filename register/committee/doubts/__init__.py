"""Heard before refused (horen bij twijfel, Awb 4:7): facts about an applicant that differ from what they said."""
