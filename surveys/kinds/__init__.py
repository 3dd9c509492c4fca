"""The kinds of question. Importing this package registers every one of them."""

from surveys.kinds import choices, rows, texts
from surveys.kinds.base import Cell, Column, Kind, Line, Raw, Unreadable, kind_of

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Line",
    "Raw",
    "Unreadable",
    "choices",
    "kind_of",
    "rows",
    "texts",
]
