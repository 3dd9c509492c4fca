"""The JSON Schema (draft 2020-12) of a questionnaire's definition, with the grammar of its trees.

A stored version validates against it. It refuses to know what the model doesn't: whether codes
exist is the checks' business.
"""

from itertools import groupby
from typing import Any

from surveys.conditions import OPERATORS, Operator
from surveys.definition import Questionnaire

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TREES = frozenset(
    {
        "calculation",
        "choice_filter",
        "constraint",
        "default",
        "relevant",
        "required_if",
        "times",
        "warning",
    }
)
"""The fields that hold a tree."""


def definition_schema() -> dict[str, Any]:
    """The schema; trees stand in `$defs` as `Tree`, a closed list of nodes and operators."""
    schema = Questionnaire.model_json_schema(mode="validation")
    for part in schema["$defs"].values():
        for name, told in part.get("properties", {}).items():
            if name in TREES:
                told["anyOf"] = [{"$ref": "#/$defs/Tree"}, {"type": "null"}]
    schema["$defs"] |= _tree_schemas()
    return {"$schema": DIALECT, **schema}


def _tree_schemas() -> dict[str, Any]:
    tree = {"$ref": "#/$defs/Tree"}
    text = {"type": "string"}
    literal = {"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": text}]}
    return {
        "Tree": {
            "description": "A condition or calculation: exactly one of these nodes.",
            "oneOf": [
                _node("The answers to a question, or a repeat's items.", ref=text),
                _node("The answer the expression belongs to.", this={"const": True}),
                _node("The item so many levels up.", up={"type": "integer", "minimum": 1}),
                _node("A column of the choice in question.", column=text),
                _node("Itself; a list is several nodes' texts.", value=literal),
                _node("A column of a list's choices.", lookup=text, where=tree, take=text),
                {"$ref": "#/$defs/Operation"},
            ],
        },
        "Operation": {
            "description": "An operator or function with its arguments.",
            "oneOf": _operations(),
        },
    }


def _node(description: str, **properties: Any) -> dict[str, Any]:
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _operations() -> list[dict[str, Any]]:
    """One line for all operators that take as many arguments."""

    def counts(operator: Operator) -> tuple[int, int]:
        return operator.least, -1 if operator.most is None else operator.most

    lines = []
    for (least, most), alike in groupby(sorted(OPERATORS.values(), key=counts), key=counts):
        arguments: dict[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/Tree"}}
        arguments["minItems"] = least
        if most >= 0:
            arguments["maxItems"] = most
        names = sorted(operator.name for operator in alike)
        lines.append(_node("With these arguments.", op={"enum": names}, args=arguments))
    return lines
