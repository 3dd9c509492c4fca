"""Conditions: their trees and values, and the order in which they can be worked out."""

from surveys.conditions.context import Effort, EvaluationError, Scope
from surveys.conditions.evaluation import evaluate, holds
from surveys.conditions.operators import FUNCTIONS, OPERATORS, Kind, Operator
from surveys.conditions.order import CircularConditions, in_order
from surveys.conditions.scopes import PlainScope, of_answers, partly
from surveys.conditions.settling import bound, settled
from surveys.conditions.trees import MAX_DEPTH, MAX_NODES, Tree, nodes, references
from surveys.conditions.values import (
    UNKNOWN,
    Unknown,
    Value,
    answered,
    to_boolean,
    to_number,
    to_text,
    value_of,
)

__all__ = [
    "FUNCTIONS",
    "MAX_DEPTH",
    "MAX_NODES",
    "OPERATORS",
    "UNKNOWN",
    "CircularConditions",
    "Effort",
    "EvaluationError",
    "Kind",
    "Operator",
    "PlainScope",
    "Scope",
    "Tree",
    "Unknown",
    "Value",
    "answered",
    "bound",
    "evaluate",
    "holds",
    "in_order",
    "nodes",
    "of_answers",
    "partly",
    "references",
    "settled",
    "to_boolean",
    "to_number",
    "to_text",
    "value_of",
]
