"""The queries of surveys."""
