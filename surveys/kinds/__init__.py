"""The kinds of question. Importing this package registers every one of them."""

from surveys.kinds import (
    choices,
    files,
    moments,
    numbers,
    ranking,
    repeats,
    rows,
    scales,
    texts,
)
from surveys.kinds.base import Cell, Column, Inputs, Kind, Line, Raw, Unreadable, kind_of

__all__ = [
    "Cell",
    "Column",
    "Inputs",
    "Kind",
    "Line",
    "Raw",
    "Unreadable",
    "choices",
    "files",
    "kind_of",
    "moments",
    "numbers",
    "ranking",
    "repeats",
    "rows",
    "scales",
    "texts",
]
