"""Kinds answered by choosing from a list: one, or several. A choice may ask for a text too."""

from typing import Any

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Choice, Question, QuestionKind
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
    ways_to_choose,
    worded,
    wrong_shape,
)
from surveys.kinds.texts import SHORT_LIMIT

SAY_WHICH = _l("Say which other.")
BESIDE = _l("Choose the answer beside which you wrote, or take the text out.")
ALONE = _l("One of these answers stands alone: choose it or the others, not both.")


def code_of(value: Any) -> str:
    """The code of a chosen option, one with a text among them: {"choice": "other", "text": …}."""
    return str(value["choice"]) if isinstance(value, dict) else str(value)


def specified(value: Any) -> str:
    """The text given with an option, "" if none."""
    return str(value.get("text", "")) if isinstance(value, dict) else ""


def _with_text(code: str, text: str) -> Any:
    text = legible(" ".join(text.split()), SHORT_LIMIT)
    return {"choice": code, "text": text} if text else code


def _offered(question: Question, value: Any) -> Any:
    """An option given as JSON, checked; raise `Unreadable`."""
    if isinstance(value, dict):
        if set(value) != {"choice", "text"} or not isinstance(value["text"], str):
            raise wrong_shape()
        choice = question.choice(value["choice"]) if isinstance(value["choice"], str) else None
        if choice is None or not choice.specify:
            raise wrong_shape()
        return _with_text(choice.code, value["text"])
    if not isinstance(value, str) or question.choice(value) is None:
        raise Unreadable(NOT_OFFERED)
    return value


def _in_words(question: Question, value: Any, language: str) -> str:
    text = choice_text(question.choices, code_of(value), language)
    return f"{text} – {specified(value)}" if specified(value) else text


def _asking(question: Question) -> list[Choice]:
    """The choices that ask for a text."""
    return [choice for choice in question.choices if choice.specify]


def _texts(question: Question, raw: Raw) -> dict[str, str]:
    """What is written beside choices, by their codes; boxes left empty are left out."""
    return {c.code: text for c in _asking(question) if (text := first(raw, f"-{c.code}"))}


def _unsaid(question: Question, value: Any) -> bool:
    """Whether a choice asks for a text that was not given."""
    choice = question.choice(code_of(value))
    return choice is not None and choice.specify and not specified(value)


class _Choosing(Kind):
    def suffixes(self, question: Question) -> list[str]:
        return ["", *(f"-{choice.code}" for choice in _asking(question))]

    def text_columns(self, question: Question) -> list[Column]:
        """A column for each text beside a choice."""
        return [
            Column(f"{question.code}.{choice.code}_text", question, choice.code)
            for choice in _asking(question)
        ]

    def text_cells(self, question: Question, values: list[Any]) -> list[Cell]:
        """The cells of `text_columns`."""
        texts = {code_of(value): specified(value) or None for value in values}
        return [texts.get(choice.code) for choice in _asking(question)]


class ChooseOne(_Choosing, of=QuestionKind.CHOOSE_ONE):
    """One option, which may carry a text."""

    title = _l("Choose one")

    def from_raw(self, question: Question, raw: Raw) -> Any:
        code, texts = first(raw), _texts(question, raw)
        if not code and len(texts) == 1:
            code = next(iter(texts))
        if set(texts) - {code}:
            raise Unreadable(BESIDE)
        if not code:
            return None
        if question.choice(code) is None:
            raise Unreadable(NOT_OFFERED)
        return _with_text(code, texts[code]) if code in texts else code

    def ways(self, question: Question) -> list[tuple[str, ...]]:
        return ways_to_choose(choice.code for choice in question.choices)

    def to_raw(self, question: Question, stored: Any) -> Raw:
        if stored is None:
            return {}
        code, text = code_of(stored), specified(stored)
        return {"": [code], **({f"-{code}": [text]} if text else {})}

    def from_json(self, question: Question, value: Any) -> Any:
        return _offered(question, value)

    def value(self, question: Question, stored: Any) -> str:
        return code_of(stored)

    def problems(self, question: Question, stored: Any) -> list[Lazy]:
        return [SAY_WHICH] if _unsaid(question, stored) else []

    def columns(self, question: Question) -> list[Column]:
        return [Column(question.code, question), *self.text_columns(question)]

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        given = [] if stored is None else [stored]
        code = None if stored is None else code_of(stored)
        return [code, *self.text_cells(question, given)]

    def meanings(self, question: Question, column: Column, language: str) -> list[tuple[str, str]]:
        return [] if column.part else worded(question.choices, language)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", _in_words(question, stored, language))]


class ChooseMany(_Choosing, of=QuestionKind.CHOOSE_MANY):
    """Any number of options, in the offered order; some stand alone, some carry a text."""

    title = _l("Choose several")

    def from_raw(self, question: Question, raw: Raw) -> Any:
        codes = {code.strip() for code in raw.get("", ())} - {""}
        if codes - {choice.code for choice in question.choices}:
            raise Unreadable(NOT_OFFERED)
        texts = _texts(question, raw)
        chosen = [c.code for c in question.choices if c.code in codes or c.code in texts]
        return [_with_text(code, texts.get(code, "")) for code in chosen] or None

    def ways(self, question: Question) -> list[tuple[str, ...]]:
        return ways_to_choose((choice.code for choice in question.choices), several=True)

    def to_raw(self, question: Question, stored: Any) -> Raw:
        values = stored or []
        texts = {f"-{code_of(value)}": [specified(value)] for value in values if specified(value)}
        return {"": [code_of(value) for value in values], **texts}

    def from_json(self, question: Question, value: Any) -> Any:
        if not isinstance(value, list):
            raise wrong_shape()
        given = {code_of(v): v for v in (_offered(question, one) for one in value)}
        if len(given) != len(value):
            raise Unreadable(_l("Name each answer once."))
        return [given[c.code] for c in question.choices if c.code in given] or None

    def value(self, question: Question, stored: Any) -> str:
        return " ".join(code_of(value) for value in stored)

    def problems(self, question: Question, stored: Any) -> list[Lazy]:
        exclusive = [v for v in stored if (c := question.choice(code_of(v))) and c.exclusive]
        found = [SAY_WHICH] if any(_unsaid(question, value) for value in stored) else []
        if exclusive and len(stored) > 1:
            found.append(ALONE)
        return found

    def columns(self, question: Question) -> list[Column]:
        columns = [Column(f"{question.code}.{c.code}", question, c.code) for c in question.choices]
        return columns + self.text_columns(question)

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        if stored is None:
            return [None] * len(self.columns(question))
        codes = {code_of(value) for value in stored}
        cells: list[Cell] = [int(choice.code in codes) for choice in question.choices]
        return cells + self.text_cells(question, stored)

    def meanings(self, question: Question, column: Column, language: str) -> list[tuple[str, str]]:
        if column.name.endswith("_text"):
            return []
        return [("1", str(_l("chosen"))), ("0", str(_l("not chosen")))]

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", _in_words(question, value, language)) for value in stored]
