"""The services of analytics: each changes rows and flushes; who calls it commits."""
