"""The routes of surveys."""
