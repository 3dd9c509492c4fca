"""Scopes for questionnaires without repeats: answers by code, as stored or looked up.

What only repeats, choices or lists have is empty here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from surveys.conditions.context import EvaluationError
from surveys.conditions.evaluation import evaluate
from surveys.conditions.trees import Tree
from surveys.conditions.values import UNKNOWN, Unknown, Value, value_of


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class PlainScope:
    """A scope by a function from codes to texts, UNKNOWN for answers that may still come."""

    look_up: Callable[[str], str | Unknown]
    own: str = ""
    now: datetime = field(default_factory=_utc_now)

    def values(self, code: str) -> tuple[str, ...] | Unknown:
        found = self.look_up(code)
        return found if found is UNKNOWN else (found,)

    def this(self) -> str:
        return self.own

    def position(self, levels: int) -> int:
        return 1

    def indexed(self, code: str, places: Sequence[tuple[str, int]]) -> str | Unknown:
        return self.look_up(code)

    def choice_name(self, value: str, code: str) -> str | Unknown:
        return value

    def column(self, name: str) -> str:
        return ""

    def lookup(self, name: str) -> Sequence[Mapping[str, str]]:
        return ()


def of_answers(answers: Mapping[str, Any], this: Any = None) -> PlainScope:
    """The scope of stored answers by code; whatever is missing is an empty text."""
    return PlainScope(lambda code: value_of(answers.get(code)), value_of(this))


def partly(tree: Tree, look_up: Callable[[str], str | Unknown], this: str = "") -> Value | Unknown:
    """The value where some answers are unknown; also UNKNOWN where it can't be computed."""
    try:
        return evaluate(tree, PlainScope(look_up, this))
    except EvaluationError:
        return UNKNOWN
