"""A dispute: what an objection and an appeal have in common, from lodging to the file."""
