"""Kinds answered by choosing from a list: one, several, yes or no, a step of a scale."""

from typing import Any

from core.texts import Lazy
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
    legible,
    wrong_shape,
)
from surveys.kinds.texts import SHORT_LIMIT

OTHER = "other"
OTHER_SUFFIX = "-other"
SAY_WHICH = _l("Say which other.")
YES_NO: dict[str, Texts] = {
    "yes": {"en": "Yes", "fr": "Oui", "es": "Sí", "ar": "نعم"},
    "no": {"en": "No", "fr": "Non", "es": "No", "ar": "لا"},
}
"""The words of a question that brings none of its own."""


def code_of(value: Any) -> str:
    """The code of a chosen option, "other" among them: {"choice": "other", "text": …}."""
    return str(value["choice"]) if isinstance(value, dict) else str(value)


def specified(value: Any) -> str:
    """The text given with "other", "" if none."""
    return str(value.get("text", "")) if isinstance(value, dict) else ""


def _other(text: str) -> Any:
    text = legible(" ".join(text.split()), SHORT_LIMIT)
    return {"choice": OTHER, "text": text} if text else OTHER


def _offered(question: Question, value: Any) -> Any:
    """An option given as JSON, checked; raise `Unreadable`."""
    if isinstance(value, dict):
        if set(value) != {"choice", "text"} or value["choice"] != OTHER:
            raise wrong_shape()
        if not isinstance(value["text"], str) or question.choice(OTHER) is None:
            raise wrong_shape()
        return _other(value["text"])
    if not isinstance(value, str) or question.choice(value) is None:
        raise Unreadable(NOT_OFFERED)
    return value


def _in_words(question: Question, value: Any, language: str) -> str:
    text = choice_text(question.choices, code_of(value), language)
    return f"{text} – {specified(value)}" if specified(value) else text


class ChooseOne(Kind, of=QuestionKind.CHOOSE_ONE):
    """One option; "other" carries a text."""

    def suffixes(self, question: Question) -> list[str]:
        return ["", OTHER_SUFFIX] if question.choice(OTHER) else [""]

    def from_raw(self, question: Question, raw: Raw) -> Any:
        code, text = first(raw), first(raw, OTHER_SUFFIX)
        has_other = question.choice(OTHER) is not None
        if has_other and (code == OTHER or (not code and text)):
            return _other(text)
        if not code:
            return None
        if question.choice(code) is None:
            raise Unreadable(NOT_OFFERED)
        if has_other and text:
            raise Unreadable(_l("Choose “other” for the text beside it, or take the text out."))
        return code

    def to_raw(self, question: Question, stored: Any) -> Raw:
        if stored is None:
            return {}
        return {"": [code_of(stored)], OTHER_SUFFIX: [specified(stored)]}

    def from_json(self, question: Question, value: Any) -> Any:
        return _offered(question, value)

    def problems(self, question: Question, stored: Any) -> list[Lazy]:
        return [SAY_WHICH] if stored == OTHER else []

    def columns(self, question: Question) -> list[Column]:
        columns = [Column(question.code, question)]
        if question.choice(OTHER):
            columns.append(Column(f"{question.code}.other_text", question, OTHER))
        return columns

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        cells: list[Cell] = [None if stored is None else code_of(stored)]
        if question.choice(OTHER):
            cells.append(specified(stored) or None)
        return cells

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", _in_words(question, stored, language))]


class ChooseMany(Kind, of=QuestionKind.CHOOSE_MANY):
    """Any number of options, in the offered order; "none" stands alone, "other" carries a text."""

    def suffixes(self, question: Question) -> list[str]:
        return ["", OTHER_SUFFIX] if question.choice(OTHER) else [""]

    def from_raw(self, question: Question, raw: Raw) -> Any:
        codes = {code.strip() for code in raw.get("", ())} - {""}
        text = first(raw, OTHER_SUFFIX)
        if codes - {choice.code for choice in question.choices}:
            raise Unreadable(NOT_OFFERED)
        if text and question.choice(OTHER):
            codes.add(OTHER)
        chosen = [choice.code for choice in question.choices if choice.code in codes]
        return [_other(text) if code == OTHER else code for code in chosen] or None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        values = stored or []
        texts = [specified(value) for value in values if specified(value)]
        return {"": [code_of(value) for value in values], OTHER_SUFFIX: texts or [""]}

    def from_json(self, question: Question, value: Any) -> Any:
        if not isinstance(value, list):
            raise wrong_shape()
        given = {code_of(v): v for v in (_offered(question, one) for one in value)}
        if len(given) != len(value):
            raise Unreadable(_l("Name each answer once."))
        return [given[c.code] for c in question.choices if c.code in given] or None

    def problems(self, question: Question, stored: Any) -> list[Lazy]:
        exclusive = [v for v in stored if (c := question.choice(code_of(v))) and c.exclusive]
        found = [SAY_WHICH] if OTHER in stored else []
        if exclusive and len(stored) > 1:
            found.append(_l("Choose either “none” or other answers, not both."))
        return found

    def columns(self, question: Question) -> list[Column]:
        columns = [Column(f"{question.code}.{c.code}", question, c.code) for c in question.choices]
        if question.choice(OTHER):
            columns.append(Column(f"{question.code}.other_text", question, OTHER))
        return columns

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        if stored is None:
            return [None] * len(self.columns(question))
        codes = {code_of(value) for value in stored}
        cells: list[Cell] = [int(choice.code in codes) for choice in question.choices]
        if question.choice(OTHER):
            cells.append(next((specified(v) for v in stored if specified(v)), None))
        return cells

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", _in_words(question, value, language)) for value in stored]


class Rating(Kind, of=QuestionKind.RATING):
    """One step of a scale, stored as its number, or a code such as "dont_know"."""

    scale = True

    def from_raw(self, question: Question, raw: Raw) -> Any:
        code = first(raw)
        return _step(question, code) if code else None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {} if stored is None else {"": [str(stored)]}

    def from_json(self, question: Question, value: Any) -> Any:
        return given_step(question, value)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", choice_text(question.choices, stored, language))]


class YesNo(Kind, of=QuestionKind.YES_NO):
    """Yes or no, stored as true or false. A follow-up is a question of its own."""

    scale = True

    def from_raw(self, question: Question, raw: Raw) -> bool | None:
        code = first(raw)
        if not code:
            return None
        if code not in ("yes", "no"):
            raise Unreadable(NOT_OFFERED)
        return code == "yes"

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {} if stored is None else {"": ["yes" if stored else "no"]}

    def from_json(self, question: Question, value: Any) -> bool:
        if not isinstance(value, bool):
            raise wrong_shape()
        return value

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return [None if stored is None else "yes" if stored else "no"]

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        code = "yes" if stored else "no"
        own = question.choice(code)
        return [Line("", text_in(own.texts if own else YES_NO[code], language))]


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
