"""Real servers for the tests, most from wheels: on a free port each, leaving nothing behind."""
