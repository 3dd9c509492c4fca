"""The tasks of surveys: what the schedule does to them."""
