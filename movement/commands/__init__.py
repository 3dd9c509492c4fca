"""The commands of the directory and people."""
