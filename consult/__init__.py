"""Drafting consultations: drafts, what members say to them, and what becomes of every word.

It stands beside `surveys`, on `movement`, and neither knows the other.
"""
