"""A condition as rows "question – operator – value", joined by all or any, one level deep.

Rows and trees turn into each other. What rows can't say has none: it stays an expression.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from surveys.definition import Question, Tree
from surveys.editing.comparing import COMPARISONS, MOMENTS, NUMBERS, OFFERING, THIS, Comparison

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_INVERSE = {"and": "or", "or": "and"}
_SWAPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Row:
    """One comparison. `question`: its code, `.` for the answer a check speaks of.

    `group`: 0 for a row by itself; rows of the same number stand together in brackets, joined the
    other way than the rest.
    """

    question: str
    comparison: str
    value: str = ""
    group: int = 0


@dataclass(frozen=True)
class Rows:
    """Rows, of which `all` must hold, or any."""

    all: bool = True
    rows: tuple[Row, ...] = field(default=())


def tree_of(rows: Rows, questions: Mapping[str, Question], own: Question | None) -> Tree | None:
    """The tree of complete rows; None for no rows. `own`: the question a check belongs to."""
    joiner = "and" if rows.all else "or"
    parts: list[Tree] = []
    for group, members in groupby(rows.rows, key=lambda row: row.group):
        trees = [_tree_of_row(row, _asked(row, questions, own)) for row in members]
        parts += [_joined(_INVERSE[joiner], trees)] if group else trees
    return _joined(joiner, parts) if parts else None


def rows_of(
    tree: Tree | None, questions: Mapping[str, Question], own: Question | None
) -> Rows | None:
    """The rows that say the same as a tree; None where rows can't."""
    if tree is None:
        return Rows()
    joiner = tree.get("op")
    parts: list[Tree] = list(tree["args"]) if joiner in _INVERSE else [tree]
    found: list[Row] = []
    for number, part in enumerate(parts, start=1):
        grouped = joiner in _INVERSE and part.get("op") == _INVERSE[joiner]
        inner: list[Tree] = list(part["args"]) if grouped else [part]
        rows = [_row_of(leaf, questions, own, number if grouped else 0) for leaf in inner]
        if None in rows:
            return None
        found += [row for row in rows if row is not None]
    return Rows(joiner != "or", _numbered(found))


def is_complete(row: Row, questions: Mapping[str, Question], own: Question | None) -> bool:
    """Whether a row says something: its question exists and can be compared so, with a value."""
    question = own if row.question == THIS else questions.get(row.question)
    comparison = COMPARISONS.get(row.comparison)
    if question is None or comparison is None or question.kind not in comparison.kinds:
        return False
    if comparison.bare:
        return True
    if comparison.counts:
        return row.value.isdecimal()
    if question.kind in OFFERING and not _NUMBER.fullmatch(row.value):
        return question.choice(row.value) is not None
    if question.kind in NUMBERS - OFFERING and row.comparison not in {"=", "!="}:
        return _NUMBER.fullmatch(row.value) is not None
    return bool(row.value)


def _numbered(rows: list[Row]) -> tuple[Row, ...]:
    """Groups numbered from 1 in their order."""
    numbers: dict[int, int] = {0: 0}
    for row in rows:
        numbers.setdefault(row.group, len(numbers))
    return tuple(Row(r.question, r.comparison, r.value, numbers[r.group]) for r in rows)


def _asked(row: Row, questions: Mapping[str, Question], own: Question | None) -> Question:
    return own if row.question == THIS and own is not None else questions[row.question]


def _joined(joiner: str, trees: list[Tree]) -> Tree:
    return trees[0] if len(trees) == 1 else {"op": joiner, "args": trees}


def _tree_of_row(row: Row, question: Question) -> Tree:
    about: Tree = {"this": True} if row.question == THIS else {"ref": row.question}
    comparison = COMPARISONS[row.comparison]
    return comparison.write(about, _value_tree(row.value, comparison, question))


def _value_tree(value: str, comparison: Comparison, question: Question) -> Tree:
    if question.kind in MOMENTS:
        return {"op": "date", "args": [{"value": value}]}
    if (comparison.counts or question.kind in NUMBERS) and _NUMBER.fullmatch(value):
        return _number_tree(value)
    return {"value": value}


def _number_tree(value: str) -> Tree:
    """A number as expressions write it, where a minus sign is an operator."""
    if value.startswith("-"):
        return {"op": "-", "args": [_number_tree(value[1:])]}
    return {"value": float(value) if "." in value else int(value)}


def _row_of(
    tree: Tree, questions: Mapping[str, Question], own: Question | None, group: int
) -> Row | None:
    name, arguments = tree.get("op"), tree.get("args", [])
    if name == "not" and arguments[0].get("op") == "selected":
        name, arguments = "not_selected", arguments[0]["args"]
    if name not in COMPARISONS or len(arguments) != 2:  # noqa: PLR2004 -- left and right
        return None
    left, right = arguments
    if name in _SWAPPED and ("value" in left or left.get("op") == "date"):
        name, left, right = _SWAPPED[name], right, left
    if left.get("op") == "count_selected" and name in {">=", "<="}:
        name, left = f"count{name}", left["args"][0]
    code = THIS if "this" in left else left.get("ref")
    value = _said(right)
    if code is None or value is None:
        return None
    if value == "" and name in {"=", "!="}:
        name = "unanswered" if name == "=" else "answered"
    row = Row(code, name, value, group)
    return row if is_complete(row, questions, own) else None


def _said(tree: Tree) -> str | None:
    if tree.get("op") == "date" and len(tree["args"]) == 1:
        tree = tree["args"][0]
    if tree.get("op") == "-" and len(tree["args"]) == 1:
        below = _said(tree["args"][0])
        return f"-{below}" if below and not below.startswith("-") else None
    value = tree.get("value")
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return None
