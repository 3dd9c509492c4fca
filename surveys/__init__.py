"""Questionnaires and the responses organisations give to them. Knows nothing of analysis."""
