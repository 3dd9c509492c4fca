"""Word files: read here, paragraph by paragraph, with their tracked changes and comments.

Knows no consultation, database or page: bytes go in, plain data comes out.
"""
