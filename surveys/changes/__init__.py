"""What changed between two questionnaires, and what several of them ask together.

Pure functions of documents. The package refuses to know drafts, waves and responses.
"""

from surveys.changes.change import FOR_AUTHORS, Change, What
from surveys.changes.diff import diff
from surveys.changes.frozen import adopted, refusals
from surveys.changes.offered import gone_from, kept, still_offered
from surveys.changes.union import Union, union

__all__ = [
    "FOR_AUTHORS",
    "Change",
    "Union",
    "What",
    "adopted",
    "diff",
    "gone_from",
    "kept",
    "refusals",
    "still_offered",
    "union",
]
