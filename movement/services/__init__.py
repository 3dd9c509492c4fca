"""What is done to the directory, people, sign-in and calls. Services flush; callers commit."""
