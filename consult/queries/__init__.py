"""What is asked of drafts, contributions and decisions. Queries change nothing."""
