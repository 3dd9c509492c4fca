"""What is asked of the directory, people and calls. Queries change nothing."""
