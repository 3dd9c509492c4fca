"""What is done to drafts and contributions. Services flush; callers commit."""
