"""Drafts and what was said of them as files: plain data in, bytes out, always the same."""
