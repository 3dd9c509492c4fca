"""Kinds with several rows: a matrix on one scale, and points to share out."""

from abc import abstractmethod
from typing import Any

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Question, QuestionKind, text_in
from surveys.kinds.base import (
    NOT_OFFERED,
    Cell,
    Column,
    Kind,
    Line,
    Raw,
    Unreadable,
    choice_text,
    first,
    worded,
    wrong_shape,
)
from surveys.kinds.numbers import whole_number
from surveys.kinds.scales import given_step


class _ByItem(Kind):
    """An answer per row, stored as {row: value}, rows without one left out."""

    def suffixes(self, question: Question) -> list[str]:
        return [f"-{item.code}" for item in question.items]

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {f"-{item}": [str(value)] for item, value in (stored or {}).items()}

    def from_json(self, question: Question, value: Any) -> Any:
        if not isinstance(value, dict):
            raise wrong_shape()
        unknown = set(value) - {item.code for item in question.items}
        if unknown:
            raise Unreadable(_l("There is no row “%(row)s”.", row=min(unknown)))
        given = {
            i.code: self.one(question, value[i.code]) for i in question.items if i.code in value
        }
        return given or None

    def value(self, question: Question, stored: Any) -> str:
        return ""  # the whole has no value of its own

    @abstractmethod
    def one(self, question: Question, value: Any) -> Any:
        """One row's value given as JSON, checked; raise `Unreadable`."""

    def columns(self, question: Question) -> list[Column]:
        return [Column(f"{question.code}.{i.code}", question, i.code) for i in question.items]

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return [(stored or {}).get(item.code) for item in question.items]


class Matrix(_ByItem, of=QuestionKind.MATRIX):
    """A step of one scale for each row."""

    title = _l("Scale for several rows")
    scale = True

    def from_raw(self, question: Question, raw: Raw) -> Any:
        stored = {}
        for item in question.items:
            code = first(raw, f"-{item.code}")
            step = question.choice(code)
            if code and step is None:
                raise Unreadable(NOT_OFFERED)
            if step is not None:
                stored[item.code] = step.value
        return stored or None

    def one(self, question: Question, value: Any) -> Any:
        return given_step(question, value)

    def complete(self, question: Question, stored: Any) -> bool:
        return all(item.code in stored for item in question.items)

    def meanings(self, question: Question, column: Column, language: str) -> list[tuple[str, str]]:
        return worded(question.choices, language)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [
            Line(
                text_in(item.texts, language),
                choice_text(question.choices, stored[item.code], language),
            )
            for item in question.items
            if item.code in stored
        ]


class Points(_ByItem, of=QuestionKind.POINTS):
    """Whole points for each row, which together make `total`. An empty row has none."""

    title = _l("Points to share out")

    def from_raw(self, question: Question, raw: Raw) -> Any:
        typed = {item.code: first(raw, f"-{item.code}") for item in question.items}
        given = {
            code: self.one(question, whole_number(text)) for code, text in typed.items() if text
        }
        return given or None

    def one(self, question: Question, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong_shape()
        if not 0 <= value <= (question.total or 10**6):
            raise Unreadable(
                _l("Give each row between 0 and %(total)s points.", total=question.total or 10**6)
            )
        return value

    def problems(self, question: Question, stored: Any) -> list[Lazy]:
        given = sum(stored.values())
        if question.total is None or given == question.total:
            return []
        return [
            _l(
                "The points add up to %(given)s; they must make %(total)s.",
                given=given,
                total=question.total,
            )
        ]

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [
            Line(text_in(item.texts, language), str(stored[item.code]))
            for item in question.items
            if item.code in stored
        ]
