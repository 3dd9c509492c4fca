"""The questions bank: scales, questions and sections to use again, so that surveys compare.

What is used keeps the entry's id (`Question.bank`). The package brings entries in four languages
(`data/bank.json`); the secretariat adds its own. Pure but for `models`.
"""

from surveys.bank.entries import Entry, EntryKind, matches
from surveys.bank.inserting import Insertion, Target, insert
from surveys.bank.shelf import library

__all__ = [
    "Entry",
    "EntryKind",
    "Insertion",
    "Target",
    "insert",
    "library",
    "matches",
]
