"""Drafting consultations: drafts of a strategy and what members say of them.

It stands beside `surveys`, on `movement`, and is not built yet.
"""
