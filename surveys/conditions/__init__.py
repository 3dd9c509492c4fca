"""Conditions: their trees and values, and what they make of a questionnaire being answered."""

from surveys.conditions.shown import (
    CircularConditions,
    Visibility,
    in_order,
    shown_codes,
    visibility,
)
from surveys.conditions.trees import (
    MAX_DEPTH,
    MAX_NODES,
    OPERATORS,
    Tree,
    Value,
    answered,
    bound,
    evaluate,
    holds,
    nodes,
    references,
)

__all__ = [
    "MAX_DEPTH",
    "MAX_NODES",
    "OPERATORS",
    "CircularConditions",
    "Tree",
    "Value",
    "Visibility",
    "answered",
    "bound",
    "evaluate",
    "holds",
    "in_order",
    "nodes",
    "references",
    "shown_codes",
    "visibility",
]
