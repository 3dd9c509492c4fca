"""Edits of a questionnaire that isn't published: pure functions from one document to the next.

They keep codes unique and follow a changed code wherever it is used. The package refuses to know
who edits, how drafts are kept (`surveys.services.drafts`) and what a page sends.
"""
