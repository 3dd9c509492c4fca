"""The services of surveys."""
