"""The table of operators and functions: how each is written, what it takes, what it gives.

Shared by everything that reads, writes, checks or evaluates trees; `static/js/conditions.js`
computes the same. It refuses to know how trees are walked.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from surveys.conditions import lists, numbers, texts, times
from surveys.conditions.comparing import equality, ordering
from surveys.conditions.values import Value, words


class Kind(StrEnum):
    """What an operator takes or gives. A moment is a date or time; any is taken as it is."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    NODES = "nodes"
    MOMENT = "moment"
    ANY = "any"


@dataclass(frozen=True)
class Operator:
    """One line of the table.

    `name`: in trees; `spelling`: in expressions. `least`, `most`: how many arguments it takes (most
    None: any number), in steps of `step`. `takes`: their kinds, the last for all that follow.
    `spread`: from which argument on a node-set counts as that many arguments. `strength`: of an
    operator between its arguments, how strongly it binds; 0 for a function. `apply`: what it does
    with its arguments once known; None where the evaluation itself decides which to look at.
    `contextual`: `apply` takes the context first.
    """

    name: str
    spelling: str
    gives: Kind
    takes: tuple[Kind, ...]
    least: int
    most: int | None
    apply: Callable[..., Value] | None = None
    step: int = 1
    spread: int | None = None
    strength: int = 0
    contextual: bool = False

    def kind(self, place: int) -> Kind:
        """The kind of the argument at this place, from 0."""
        return self.takes[min(place, len(self.takes) - 1)]

    def allows(self, count: int) -> bool:
        """Whether it can have so many arguments."""
        most = count if self.most is None else self.most
        return self.least <= count <= most and (count - self.least) % self.step == 0


NUMBER, TEXT, BOOLEAN, NODES, MOMENT, ANY = Kind
UNARY_STRENGTH = 7


def _between() -> Iterator[Operator]:
    """The operators written between their arguments, weakest first."""
    yield Operator("or", "or", BOOLEAN, (BOOLEAN,), 2, None, strength=1)
    yield Operator("and", "and", BOOLEAN, (BOOLEAN,), 2, None, strength=2)
    for sign in ("=", "!="):
        compare = equality(same=sign == "=")
        yield Operator(sign, sign, BOOLEAN, (ANY,), 2, 2, compare, strength=3, contextual=True)
    for sign in ("<", "<=", ">", ">="):
        compare = ordering(sign)
        yield Operator(sign, sign, BOOLEAN, (ANY,), 2, 2, compare, strength=4, contextual=True)
    yield Operator("+", "+", NUMBER, (NUMBER,), 2, None, numbers.added, strength=5)
    yield Operator("-", "-", NUMBER, (NUMBER,), 1, 2, numbers.subtracted, strength=5)
    yield Operator("*", "*", NUMBER, (NUMBER,), 2, None, numbers.multiplied, strength=6)
    yield Operator("div", "div", NUMBER, (NUMBER,), 2, 2, numbers.divided, strength=6)
    yield Operator("mod", "mod", NUMBER, (NUMBER,), 2, 2, numbers.remainder, strength=6)


def _function(
    spelling: str,
    gives: Kind,
    takes: tuple[Kind, ...],
    apply: Callable[..., Value] | None = None,
    **more: Any,
) -> Operator:
    """A line for a function; unless `more` says otherwise it takes an argument of each kind."""
    name = spelling.removeprefix("jr:").replace("-", "_")
    counts = {"least": len(takes), "most": len(takes)}
    return Operator(name, spelling, gives, takes, apply=apply, **{**counts, **more})


def _logic() -> Iterator[Operator]:
    yield _function("not", BOOLEAN, (BOOLEAN,), lambda value: not value)
    yield _function("true", BOOLEAN, (), lambda: True)
    yield _function("false", BOOLEAN, (), lambda: False)
    yield _function("boolean", BOOLEAN, (BOOLEAN,), lambda value: value)
    yield _function("boolean-from-string", BOOLEAN, (TEXT,), lambda text: text in {"1", "true"})
    yield _function("if", ANY, (BOOLEAN, ANY, ANY))
    yield _function("coalesce", TEXT, (TEXT,), least=2, most=None)
    yield _function("once", TEXT, (TEXT,))


def _nodes() -> Iterator[Operator]:
    yield _function("position", NUMBER, (NODES,), least=0)
    yield _function("last", NUMBER, (), lambda context: float(context.size), contextual=True)
    yield _function("count", NUMBER, (NODES,), lambda nodes: float(len(nodes)))
    yield _function("count-non-empty", NUMBER, (NODES,), lists.filled)
    yield _function("sum", NUMBER, (NODES,), lists.summed, contextual=True)
    yield _function("min", NUMBER, (NUMBER,), numbers.least, most=None, spread=0)
    yield _function("max", NUMBER, (NUMBER,), numbers.greatest, most=None, spread=0)
    yield _function("indexed-repeat", TEXT, (NODES, NODES, NUMBER), most=None, step=2)


def _selections() -> Iterator[Operator]:
    yield _function("selected", BOOLEAN, (TEXT, TEXT), lists.is_selected)
    yield _function("selected-at", TEXT, (TEXT, NUMBER), lists.selected_at)
    yield _function("count-selected", NUMBER, (TEXT,), lambda text: float(len(words(text))))
    yield _function("jr:choice-name", TEXT, (TEXT, NODES))
    yield _function(
        "checklist", BOOLEAN, (NUMBER, NUMBER, BOOLEAN), lists.checklist, most=None, spread=2
    )
    yield _function(
        "weighted-checklist", BOOLEAN, (NUMBER, NUMBER, ANY, ANY), lists.weighted_checklist,
        most=None, step=2,
    )  # fmt: skip


def _texts() -> Iterator[Operator]:
    yield _function("string", TEXT, (TEXT,), lambda text: text)
    yield _function("concat", TEXT, (TEXT,), lambda *parts: "".join(parts), most=None, spread=0)
    yield _function(
        "join", TEXT, (TEXT, TEXT), lambda mark, *parts: mark.join(parts), most=None, spread=1
    )
    yield _function("contains", BOOLEAN, (TEXT, TEXT), lambda text, part: part in text)
    yield _function("starts-with", BOOLEAN, (TEXT, TEXT), str.startswith)
    yield _function("ends-with", BOOLEAN, (TEXT, TEXT), str.endswith)
    yield _function("substring", TEXT, (TEXT, NUMBER, NUMBER), texts.substring, least=2)
    yield _function("substring-before", TEXT, (TEXT, TEXT), texts.before)
    yield _function("substring-after", TEXT, (TEXT, TEXT), texts.after)
    yield _function("substr", TEXT, (TEXT, NUMBER, NUMBER), texts.slice_of, least=2)
    yield _function("string-length", NUMBER, (TEXT,), lambda text: float(len(text)))
    yield _function("normalize-space", TEXT, (TEXT,), texts.spaced)
    yield _function("translate", TEXT, (TEXT, TEXT, TEXT), texts.translated)
    yield _function("regex", BOOLEAN, (TEXT, TEXT), texts.matches, contextual=True)
    yield _function("uuid", TEXT, (NUMBER,), texts.unique, least=0)


def _numbers() -> Iterator[Operator]:
    yield _function("number", NUMBER, (NUMBER,), lambda number: number)
    yield _function("floor", NUMBER, (NUMBER,), numbers.floor)
    yield _function("ceiling", NUMBER, (NUMBER,), numbers.ceiling)
    yield _function("round", NUMBER, (NUMBER, NUMBER), numbers.rounded, least=1)
    yield _function("int", NUMBER, (NUMBER,), numbers.truncated)
    yield _function("abs", NUMBER, (NUMBER,), abs)
    yield _function("pow", NUMBER, (NUMBER, NUMBER), numbers.power)
    yield _function("exp10", NUMBER, (NUMBER,), numbers.power_of_ten)
    yield _function("log", NUMBER, (NUMBER,), numbers.logarithm)
    yield _function("log10", NUMBER, (NUMBER,), partial(numbers.logarithm, of=math.log10))
    yield _function("pi", NUMBER, (), lambda: math.pi)
    yield _function("random", NUMBER, (), texts.chance)
    yield _function("atan2", NUMBER, (NUMBER, NUMBER), math.atan2)
    for function in (math.sqrt, math.exp, math.sin, math.cos, math.tan,
                     math.asin, math.acos, math.atan):  # fmt: skip
        yield _function(function.__name__, NUMBER, (NUMBER,), numbers.total(function))


def _dates() -> Iterator[Operator]:
    yield _function("today", TEXT, (), times.today, contextual=True)
    yield _function("now", TEXT, (), times.now, contextual=True)
    yield _function("date", TEXT, (MOMENT,), times.date)
    yield _function("date-time", TEXT, (MOMENT,), times.date_time, contextual=True)
    yield _function("format-date", TEXT, (MOMENT, TEXT), times.format_date)
    yield _function("format-date-time", TEXT, (MOMENT, TEXT), times.format_date)
    yield _function("decimal-date-time", NUMBER, (NUMBER,), lambda days: days)
    yield _function("decimal-time", NUMBER, (ANY,), times.decimal_time, contextual=True)


OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for group in (_between, _logic, _nodes, _selections, _texts, _numbers, _dates)
    for operator in group()
}
FUNCTIONS: dict[str, str] = {
    operator.spelling: operator.name for operator in OPERATORS.values() if not operator.strength
}
"""Each function's name in trees, by its spelling."""
