"""The pages of the directory, people and sign-in."""
