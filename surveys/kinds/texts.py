"""Kinds answered by writing: texts, whole numbers, dates; and notes, which ask nothing."""

import re
from datetime import date
from typing import Any

from babel.dates import format_date

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
INTEGER_LIMIT = 10**15
GROUPED = re.compile(r"[+-]?\d{1,3}([.,'’ \u00a0\u202f\u066c])\d{3}(?:\1\d{3})*")
PLAIN = re.compile(r"[+-]?\d{1,20}")
YEAR_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


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

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", stored)]


class ShortText(_Text, of=QuestionKind.SHORT_TEXT):
    """One line of text."""

    limit = SHORT_LIMIT

    def from_raw(self, question: Question, raw: Raw) -> str | None:
        text = super().from_raw(question, raw)
        return " ".join(text.split()) if text else None


class LongText(_Text, of=QuestionKind.LONG_TEXT):
    """Paragraphs of text."""

    limit = LONG_LIMIT


class Integer(Kind, of=QuestionKind.INTEGER):
    """A whole number, written in any script's digits, with or without grouping."""

    def from_raw(self, question: Question, raw: Raw) -> int | None:
        text = first(raw)
        if not text:
            return None
        digits = re.sub(r"[^\d+-]", "", text) if GROUPED.fullmatch(text) else text
        if not PLAIN.fullmatch(digits) or abs(int(digits)) > INTEGER_LIMIT:
            raise Unreadable(_l("Write a whole number in digits, such as 120."))
        return int(digits)

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {"": ["" if stored is None else str(stored)]}

    def from_json(self, question: Question, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > INTEGER_LIMIT:
            raise wrong_shape()
        return value

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", str(stored))]


class Date(Kind, of=QuestionKind.DATE):
    """A calendar day, stored as YYYY-MM-DD."""

    def from_raw(self, question: Question, raw: Raw) -> str | None:
        text = first(raw)
        if not text:
            return None
        day_first = DAY_FIRST.fullmatch(text)
        if not day_first:
            return self._day(text)
        day, month, year = (int(part) for part in day_first.groups())
        return self._day(f"{year:04}-{month:02}-{day:02}")

    def _day(self, text: str) -> str:
        try:
            if YEAR_FIRST.fullmatch(text):
                return date.fromisoformat(text).isoformat()
        except ValueError:
            pass  # the 30th of February: told as anything else that is no day
        raise Unreadable(_l("Write the date as day/month/year, such as 28/02/2020."))

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {"": [stored or ""]}

    def from_json(self, question: Question, value: Any) -> str:
        if not isinstance(value, str):
            raise wrong_shape()
        return self._day(value)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", format_date(date.fromisoformat(stored), "d MMMM y", locale=language))]


class Note(Kind, of=QuestionKind.NOTE):
    """A text to read. It takes no answer, so it fills no column."""

    def suffixes(self, question: Question) -> list[str]:
        return []

    def from_raw(self, question: Question, raw: Raw) -> None:
        return None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {}

    def from_json(self, question: Question, value: Any) -> None:
        raise Unreadable(_l("This is a note, which takes no answer."))

    def columns(self, question: Question) -> list[Column]:
        return []

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return []

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return []
