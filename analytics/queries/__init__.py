"""The queries of analytics: from the database to plain data. Reads only."""
