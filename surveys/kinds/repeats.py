"""What is asked several times: items with ids of their own, each with answers of its own.

An item's inputs are named with its id (`/ITEM/QUESTION`), never with its place: two people who add
items at once name different ones.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Question, QuestionKind, text_in
from surveys.kinds.base import Cell, Inputs, Kind, Line, Raw, Unreadable, kind_of, wrong_shape

ITEM = re.compile(r"[0-9a-f]{8}", re.ASCII)
MOST_ITEMS = 500
TOO_MANY = _l("There are too many of these: %(most)s is the most.", most=MOST_ITEMS)
LOOK_INSIDE = _l("Look at the answers marked here.")


@dataclass(frozen=True)
class Item:
    """One time a repeat was asked. `place`: which it is, from 1."""

    id: str
    place: int
    answers: dict[str, Any]


def new_id() -> str:
    """An item's id: eight hexadecimal digits, made once."""
    return secrets.token_hex(4)


def items_of(stored: Any) -> list[Item]:
    """A repeat's stored items, in their order."""
    return [Item(one["id"], n, one["answers"]) for n, one in enumerate(stored or (), start=1)]


def stored_items(items: Iterator[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]] | None:
    """What is stored of items given as (id, answers); None for none."""
    return [{"id": id_, "answers": answers} for id_, answers in items] or None


def ids_in(raw: Raw) -> list[str]:
    """The ids of the items a page was sent with, each once; what is no id is passed over."""
    return list(dict.fromkeys(id_ for id_ in raw.get("", ()) if ITEM.fullmatch(id_)))


def raw_inside(question: Question, raw: Raw, item: str) -> dict[str, Raw]:
    """The inputs of one item's questions, by their codes."""
    return {
        inner.code: kind_of(inner).taken(inner, _inputs_of(inner, item, lambda s: raw.get(s, [])))
        for inner in question.questions
    }


def _inputs_of(inner: Question, item: str, inputs: Inputs) -> Inputs:
    return lambda suffix: inputs(f"/{item}/{inner.code}{suffix}")


class Repeat(Kind, of=QuestionKind.REPEAT):
    """Stored as [{"id": "0a1b2c3d", "answers": {question: stored}}], in the order added."""

    title = _l("Asked several times")
    nested = True

    def taken(self, question: Question, inputs: Inputs) -> Raw:
        ids = ids_in({"": inputs("")})
        if not ids:
            return {}
        raw: Raw = {"": ids}
        for item in ids[: MOST_ITEMS + 1]:
            for inner in question.questions:
                found = kind_of(inner).taken(inner, _inputs_of(inner, item, inputs))
                raw |= {f"/{item}/{inner.code}{suffix}": sent for suffix, sent in found.items()}
        return raw

    def from_raw(self, question: Question, raw: Raw) -> Any:
        ids = ids_in(raw)
        if len(ids) > MOST_ITEMS:
            raise Unreadable(TOO_MANY)
        wrong: list[str] = []
        stored = stored_items((item, self._answers(question, raw, item, wrong)) for item in ids)
        if wrong:
            raise Unreadable(LOOK_INSIDE, keeps=stored)
        return stored

    def _answers(self, question: Question, raw: Raw, item: str, wrong: list[str]) -> dict[str, Any]:
        """One item's answers; `wrong` gets its id if something in it can't be read."""
        answers: dict[str, Any] = {}
        inside = raw_inside(question, raw, item)
        for inner in question.questions:
            try:
                answers[inner.code] = kind_of(inner).from_raw(inner, inside[inner.code])
            except Unreadable as unreadable:
                wrong.append(item)
                answers[inner.code] = unreadable.keeps
        return {code: stored for code, stored in answers.items() if stored is not None}

    def to_raw(self, question: Question, stored: Any) -> Raw:
        items = items_of(stored)
        raw: Raw = {"": [item.id for item in items]} if items else {}
        for item in items:
            for inner in question.questions:
                name = f"/{item.id}/{inner.code}"
                shown = kind_of(inner).to_raw(inner, item.answers.get(inner.code))
                raw |= {name + suffix: typed for suffix, typed in shown.items()}
        return raw

    def from_json(self, question: Question, value: Any) -> Any:
        """A list of objects {code: value}, or of stored items; raise `Unreadable`."""
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise wrong_shape()
        if len(value) > MOST_ITEMS:
            raise Unreadable(TOO_MANY)
        given = [_given(one) for one in value]
        if len({id_ for id_, _ in given}) < len(given):
            raise wrong_shape()
        return stored_items((id_, self._from_object(question, one)) for id_, one in given)

    def _from_object(self, question: Question, given: dict[str, Any]) -> dict[str, Any]:
        known = {inner.code: inner for inner in question.questions}
        answers = {}
        for code, value in given.items():
            if code not in known:
                raise Unreadable(_l("There is no question “%(code)s” in this one.", code=code))
            if value is not None:
                answers[code] = kind_of(known[code]).from_json(known[code], value)
        return {code: stored for code, stored in answers.items() if stored is not None}

    def value(self, question: Question, stored: Any) -> tuple[str, ...]:
        return tuple(item.id for item in items_of(stored))

    def problems(self, question: Question, stored: Any) -> list[Lazy]:
        return []  # those inside are named one by one, beside the questions they are of

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return [None if stored is None else len(stored)]

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [
            _line(item, text_in(inner.texts, language), line)
            for item in items_of(stored)
            for inner in question.questions
            if item.answers.get(inner.code) is not None
            for line in kind_of(inner).summary(inner, item.answers[inner.code], language)
        ] or [Line("", str(len(stored)))]


def _line(item: Item, text: str, inside: Line) -> Line:
    """An answer's line with the place of its item and its question before it."""
    part = f" – {inside.label}" if inside.label else ""
    return Line(f"{item.place}. {text}{part}", inside.value, inside.file)


def _given(one: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """An item's id and its answers; a new id where a file gives none."""
    id_, answers = one.get("id"), one.get("answers")
    if set(one) == {"id", "answers"} and isinstance(id_, str) and isinstance(answers, dict):
        if not ITEM.fullmatch(id_):
            raise wrong_shape()
        return id_, answers
    return new_id(), one
