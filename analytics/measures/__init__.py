"""How each kind of question is counted. Importing this package registers every measure."""

from analytics.measures import choices, given, moments, numbers
from analytics.measures.base import (
    Line,
    Measure,
    NotTabulated,
    Part,
    code_of,
    is_empty,
    measure_of,
    number_of,
    scale_of,
)
from analytics.measures.choices import ANY_RANK, top_of
from analytics.measures.numbers import QUARTILES

MEASURES = Measure.KINDS

__all__ = [
    "ANY_RANK",
    "MEASURES",
    "QUARTILES",
    "Line",
    "Measure",
    "NotTabulated",
    "Part",
    "choices",
    "code_of",
    "given",
    "is_empty",
    "measure_of",
    "moments",
    "number_of",
    "numbers",
    "scale_of",
    "top_of",
]
