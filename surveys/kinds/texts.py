"""Kinds answered in words, and those nobody answers: notes and calculated values."""

from typing import Any

from core.texts import lazy as _l
from surveys.definition import Question, QuestionKind
from surveys.kinds.base import (
    Cell,
    Column,
    Kind,
    Line,
    Raw,
    Unreadable,
    first,
    legible,
    wrong_shape,
)

SHORT_LIMIT = 500
LONG_LIMIT = 20_000


class _Text(Kind):
    limit: int

    def from_raw(self, question: Question, raw: Raw) -> str | None:
        text = first(raw).replace("\r\n", "\n").replace("\r", "\n")
        return legible(text, self.limit) or None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {"": [stored or ""]}

    def from_json(self, question: Question, value: Any) -> str | None:
        if not isinstance(value, str):
            raise wrong_shape()
        return self.from_raw(question, {"": [value]})

    def value(self, question: Question, stored: Any) -> str:
        return str(stored)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", stored)]


class ShortText(_Text, of=QuestionKind.SHORT_TEXT):
    """One line of text."""

    title = _l("Short text")
    limit = SHORT_LIMIT

    def from_raw(self, question: Question, raw: Raw) -> str | None:
        text = super().from_raw(question, raw)
        return " ".join(text.split()) if text else None


class LongText(_Text, of=QuestionKind.LONG_TEXT):
    """Paragraphs of text."""

    title = _l("Long text")
    limit = LONG_LIMIT


class _Unasked(Kind):
    """It takes no answer, so it has no input and fills no column."""

    def suffixes(self, question: Question) -> list[str]:
        return []

    def from_raw(self, question: Question, raw: Raw) -> None:
        return None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {}

    def value(self, question: Question, stored: Any) -> str:
        return ""

    def columns(self, question: Question) -> list[Column]:
        return []

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return []

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return []


class Note(_Unasked, of=QuestionKind.NOTE):
    """A text to read."""

    title = _l("Note")

    def from_json(self, question: Question, value: Any) -> None:
        raise Unreadable(_l("This is a note, which takes no answer."))


class Calculated(_Unasked, of=QuestionKind.CALCULATED):
    """A value worked out from other answers whenever it is needed, and never stored."""

    title = _l("Calculated value")

    def from_json(self, question: Question, value: Any) -> None:
        raise Unreadable(_l("This value is calculated, so it takes no answer."))
