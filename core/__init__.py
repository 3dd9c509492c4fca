"""Plumbing that knows no survey: settings, database, access, mail, jobs, languages, security."""
