"""The forms of the directory, people and sign-in."""
