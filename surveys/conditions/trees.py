"""Conditions: when a question is asked, and which answers a rule allows.

A condition is a closed JSON tree: `{"op": "=", "args": [...]}`, `{"ref": "question"}`,
`{"value": "yes"}` or `{"this": true}`, the answer a constraint speaks of. Operators stand in one
table, values follow XPath 1.0, and `static/js/conditions.js` computes the same in the browser
(`tests/surveys/condition_vectors.json` holds both to it). It refuses to know how a condition is
written (`surveys.expressions`) and how it is stored; nothing is ever evaluated as code.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

Tree = Mapping[str, Any]
Value = str | float | bool
MAX_DEPTH = 50
MAX_NODES = 500
_NUMBER = re.compile(r"[ \t\r\n]*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*")
_WORD = re.compile(r"[^ \t\r\n]+")
_NOTHING: tuple[Any, ...] = (None, "", [], {})


class Unknown(Enum):
    """The value of what is not answered yet."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


def truth(value: Value) -> bool:
    """The value as XPath's boolean: an empty text, 0 and what is no number are false."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def number(value: Value) -> float:
    """The value as XPath's number: NaN for a text that isn't one."""
    if isinstance(value, str):
        return float(value) if _NUMBER.fullmatch(value) else math.nan
    return float(value)


def text(value: Value) -> str:
    """The value as XPath's text: whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, float):
        return value
    if math.isfinite(value):
        return str(int(value)) if value.is_integer() else str(value)
    return "NaN" if math.isnan(value) else str(value).replace("inf", "Infinity")


def words(value: Value) -> list[str]:
    """The codes in the text of several choices."""
    return _WORD.findall(text(value))


def value_of(answer: Any) -> Value:
    """A stored answer as conditions see it.

    Several choices are their codes in one text, as in XLSForm; "other, specify" is its choice; yes
    and no are "yes" and "no". A matrix or points as a whole have no value.
    """
    match answer:
        case bool():
            return "yes" if answer else "no"
        case int() | float():
            return _finite(answer)
        case str():
            return answer
        case {"choice": str(choice)}:
            return choice
        case list() | tuple():
            return " ".join(text(value_of(part)) for part in answer)
        case _:
            return ""


def answered(answer: Any) -> bool:
    """Whether anything was answered: 0 and "no" are answers, an empty text isn't."""
    return answer not in _NOTHING


def _finite(answer: float) -> float:
    try:
        return float(answer)
    except OverflowError:  # an integer past every float
        return math.inf if answer > 0 else -math.inf


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right


@dataclass(frozen=True)
class Operator:
    """One line of the table. `least`, `most`: how many arguments it takes (most None: any)."""

    apply: Callable[..., Value]
    least: int = 2
    most: int | None = 2
    decides: bool | None = None
    """The truth of one argument that settles the result, whatever the others are."""


OPERATORS: dict[str, Operator] = {
    "=": Operator(_equal),
    "!=": Operator(lambda a, b: not _equal(a, b)),
    "<": Operator(lambda a, b: number(a) < number(b)),
    "<=": Operator(lambda a, b: number(a) <= number(b)),
    ">": Operator(lambda a, b: number(a) > number(b)),
    ">=": Operator(lambda a, b: number(a) >= number(b)),
    "and": Operator(lambda *args: all(map(truth, args)), most=None, decides=False),
    "or": Operator(lambda *args: any(map(truth, args)), most=None, decides=True),
    "not": Operator(lambda a: not truth(a), least=1, most=1),
    "selected": Operator(lambda a, b: text(b) in words(a)),
    "count_selected": Operator(lambda a: float(len(words(a))), least=1, most=1),
    "+": Operator(lambda a, b: number(a) + number(b)),
    "-": Operator(
        lambda a, b=None: -number(a) if b is None else number(a) - number(b), least=1, most=2
    ),
}


def evaluate(tree: Tree, answers: Mapping[str, Any], this: Any = None) -> Value:
    """The condition's value for these answers; whatever is missing is an empty text."""
    value = partly(tree, lambda code: value_of(answers.get(code)), value_of(this))
    if value is UNKNOWN:
        raise AssertionError  # every reference was given a value
    return value


def holds(tree: Tree, answers: Mapping[str, Any], this: Any = None) -> bool:
    """Whether the condition is true for these answers."""
    return truth(evaluate(tree, answers, this))


def partly(
    tree: Tree, look_up: Callable[[str], Value | Unknown], this: Value = ""
) -> Value | Unknown:
    """The value where some references are unknown: UNKNOWN unless the rest settles it."""
    if "ref" in tree:
        return look_up(tree["ref"])
    if "value" in tree:
        return _literal(tree["value"])
    if "this" in tree:
        return this
    operator = OPERATORS[tree["op"]]
    values = [partly(argument, look_up, this) for argument in tree["args"]]
    known = [value for value in values if value is not UNKNOWN]
    if operator.decides is not None and any(truth(v) is operator.decides for v in known):
        return operator.decides
    return operator.apply(*known) if len(known) == len(values) else UNKNOWN


def _literal(value: Any) -> Value:
    return value if isinstance(value, str | bool) else float(value)


def nodes(tree: Tree) -> Iterator[tuple[Tree, int]]:
    """Every node with its depth (the root's is 1), the root first, without recursion."""
    waiting: list[tuple[Tree, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((child, depth + 1) for child in reversed(_arguments(node)))


def _arguments(node: Tree) -> Sequence[Tree]:
    arguments: Sequence[Tree] = node.get("args", ())
    return arguments


def references(tree: Tree | None) -> frozenset[str]:
    """The codes of the questions a condition looks at."""
    if tree is None:
        return frozenset()
    return frozenset(node["ref"] for node, _depth in nodes(tree) if "ref" in node)


def bound(tree: Tree, answers: Mapping[str, Any], *, keep: frozenset[str]) -> dict[str, Any]:
    """The tree with every reference outside `keep` replaced by its value.

    For a page that holds only some of the questions: its browser needs the others' answers settled.
    """
    if "ref" in tree and tree["ref"] not in keep:
        return {"value": value_of(answers.get(tree["ref"]))}
    if "op" in tree:
        return {"op": tree["op"], "args": [bound(a, answers, keep=keep) for a in tree["args"]]}
    return dict(tree)
