"""Kinds with an order of their own: a step of a scale, yes or no, and a box to acknowledge."""

from typing import Any

from core.texts import lazy as _l
from surveys.definition import Question, QuestionKind, Texts, text_in
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
    ways_to_choose,
    worded,
    wrong_shape,
)

YES_NO: dict[str, Texts] = {
    "yes": {"en": "Yes", "fr": "Oui", "es": "Sí", "ar": "نعم"},
    "no": {"en": "No", "fr": "Non", "es": "No", "ar": "لا"},
}
"""The words of a question that brings none of its own."""
ACKNOWLEDGED = "OK"


class Rating(Kind, of=QuestionKind.RATING):
    """One step of a scale, stored as its number, or a code such as "dont_know"."""

    title = _l("Scale")
    scale = True

    def from_raw(self, question: Question, raw: Raw) -> Any:
        code = first(raw)
        return _step(question, code) if code else None

    def ways(self, question: Question) -> list[tuple[str, ...]]:
        return ways_to_choose(choice.code for choice in question.choices)

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {} if stored is None else {"": [str(stored)]}

    def from_json(self, question: Question, value: Any) -> Any:
        return given_step(question, value)

    def value(self, question: Question, stored: Any) -> str:
        return str(stored)

    def meanings(self, question: Question, column: Column, language: str) -> list[tuple[str, str]]:
        return worded(question.choices, language)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", choice_text(question.choices, stored, language))]


class YesNo(Kind, of=QuestionKind.YES_NO):
    """Yes or no, stored as true or false. A follow-up is a question of its own."""

    title = _l("Yes or no")
    scale = True

    def from_raw(self, question: Question, raw: Raw) -> bool | None:
        code = first(raw)
        if not code:
            return None
        if code not in YES_NO:
            raise Unreadable(NOT_OFFERED)
        return code == "yes"

    def ways(self, question: Question) -> list[tuple[str, ...]]:
        return ways_to_choose(YES_NO)

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {} if stored is None else {"": ["yes" if stored else "no"]}

    def from_json(self, question: Question, value: Any) -> bool:
        if not isinstance(value, bool):
            raise wrong_shape()
        return value

    def value(self, question: Question, stored: Any) -> str:
        return "yes" if stored else "no"

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return [None if stored is None else self.value(question, stored)]

    def meanings(self, question: Question, column: Column, language: str) -> list[tuple[str, str]]:
        return [("yes", str(_l("Yes"))), ("no", str(_l("No")))]

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        code = self.value(question, stored)
        own = question.choice(code)
        return [Line("", text_in(own.texts if own else YES_NO[code], language))]


class Acknowledge(Kind, of=QuestionKind.ACKNOWLEDGE):
    """One box to tick, stored as true; left empty it is no answer."""

    title = _l("Box to tick")

    def from_raw(self, question: Question, raw: Raw) -> bool | None:
        code = first(raw)
        if not code:
            return None
        if code != ACKNOWLEDGED:
            raise Unreadable(NOT_OFFERED)
        return True

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {"": [ACKNOWLEDGED]} if stored else {}

    def from_json(self, question: Question, value: Any) -> bool:
        if value is not True:
            raise wrong_shape()
        return True

    def value(self, question: Question, stored: Any) -> str:
        return ACKNOWLEDGED

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return ["yes" if stored else None]

    def meanings(self, question: Question, column: Column, language: str) -> list[tuple[str, str]]:
        return [("yes", str(_l("Ticked")))]

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", str(_l("Ticked")))]


def _step(question: Question, code: str) -> int | str:
    step = question.choice(code)
    if step is None:
        raise Unreadable(NOT_OFFERED)
    return step.value


def given_step(question: Question, value: Any) -> int | str:
    """A step given as JSON: its number, or its code where it has none; raise `Unreadable`."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise wrong_shape()
    if value not in [step.value for step in question.choices]:
        raise Unreadable(NOT_OFFERED)
    return value
