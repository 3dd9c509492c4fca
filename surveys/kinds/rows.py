"""Kinds with several rows or places: a matrix, points to share out, a ranking."""

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
    wrong_shape,
)
from surveys.kinds.choices import given_step


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

    @abstractmethod
    def one(self, question: Question, value: Any) -> Any:
        """One row's value given as JSON, checked; raise `Unreadable`."""

    def columns(self, question: Question) -> list[Column]:
        return [Column(f"{question.code}.{i.code}", question, i.code) for i in question.items]

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return [(stored or {}).get(item.code) for item in question.items]


class Matrix(_ByItem, of=QuestionKind.MATRIX):
    """A step of one scale for each row."""

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

    def from_raw(self, question: Question, raw: Raw) -> Any:
        integer = Kind.KINDS[QuestionKind.INTEGER]
        stored = {}
        for item in question.items:
            value = integer.from_raw(question, {"": raw.get(f"-{item.code}") or [""]})
            if value is None:
                continue
            stored[item.code] = self.one(question, value)
        return stored or None

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


class Ranking(Kind, of=QuestionKind.RANKING):
    """The first `top` of a list in order, stored as their codes from the first place on."""

    def suffixes(self, question: Question) -> list[str]:
        return [f"-{place}" for place in range(1, self.places(question) + 1)]

    def places(self, question: Question) -> int:
        """How many places there are to fill."""
        return question.top or len(question.choices)

    def from_raw(self, question: Question, raw: Raw) -> Any:
        typed = [first(raw, suffix) for suffix in self.suffixes(question)]
        while typed and not typed[-1]:
            typed.pop()
        if "" in typed:
            raise Unreadable(
                _l("Fill place %(place)s, or move the later ones up.", place=typed.index("") + 1)
            )
        return self._ranked(question, typed)

    def _ranked(self, question: Question, codes: list[str]) -> Any:
        if any(question.choice(code) is None for code in codes):
            raise Unreadable(NOT_OFFERED)
        if len(set(codes)) < len(codes):
            raise Unreadable(_l("Choose a different answer for each place."))
        return codes or None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {f"-{place}": [code] for place, code in enumerate(stored or [], start=1)}

    def from_json(self, question: Question, value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise wrong_shape()
        if len(value) > self.places(question):
            raise Unreadable(_l("Rank at most %(top)s.", top=self.places(question)))
        return self._ranked(question, value)

    def complete(self, question: Question, stored: Any) -> bool:
        return len(stored) == self.places(question)

    def columns(self, question: Question) -> list[Column]:
        places = range(1, self.places(question) + 1)
        return [Column(f"{question.code}.{place}", question, str(place)) for place in places]

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        places = self.places(question)
        return [*(stored or []), *[None] * places][:places]

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [
            Line(f"{place}.", choice_text(question.choices, code, language))
            for place, code in enumerate(stored, start=1)
        ]
