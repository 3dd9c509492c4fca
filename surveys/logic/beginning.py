"""Answers to begin with: each question's default, given once.

A response gets them when it is started, an item of a repeat when it is added. Afterwards they are
answers like any other.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from surveys.conditions import UNKNOWN, answered, to_text
from surveys.definition import Question, Questionnaire
from surveys.kinds import Unreadable, kind_of
from surveys.logic.places import Place
from surveys.logic.working import Worked

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T.*)?", re.ASCII)
_CLOCK = re.compile(r"\d\d:\d\d:.*", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?", re.ASCII)
_SAID = {"yes": True, "no": False, "OK": True}


def beginning(questionnaire: Questionnaire, *, now: datetime | None = None) -> dict[str, Any]:
    """The stored answers a response starts with, by code; of repeats, none."""
    questions = [q for q in questionnaire.questions() if q.default is not None]
    if not questions:
        return {}
    answers: dict[str, Any] = {}
    worked = Worked(questionnaire, answers, final=True, now=now)
    return _given(worked, worked.top, questions, answers)


def new_item(worked: Worked, around: Place, repeat: Question) -> dict[str, Any]:
    """The stored answers an item added to a repeat starts with, by code.

    `around`: the place of `worked` the repeat stands in.
    """
    questions = [q for q in repeat.questions if q.default is not None]
    if not questions:
        return {}
    held: dict[str, Any] = {}
    path = (*around.path, repeat.code)
    number = len(around.items.get(repeat.code, ())) + 1
    item = Place(worked.plan, held, final=True, path=path, around=around, number=number)
    return _given(worked, item, questions, held)


def _given(
    worked: Worked, place: Place, questions: Iterable[Question], answers: dict[str, Any]
) -> dict[str, Any]:
    """Fill `answers`, which are the place's own, in order: a default may look at those before."""
    for question in questions:
        if question.default is None:
            continue
        value = worked.worth(question.default, place, question.code)
        stored = None if value is UNKNOWN else stored_of(question, to_text(value))
        if stored is not None:
            answers[question.code] = stored
    return answers


def stored_of(question: Question, text: str) -> Any:
    """The stored answer XForms would write as this text, None where it can be no answer."""
    kind = kind_of(question)
    for given in _readings(question, text.strip()):
        try:
            stored = kind.from_json(question, given)
        except Unreadable:
            continue
        return stored if answered(stored) else None
    return None


def _readings(question: Question, text: str) -> Iterator[Any]:
    """What a text may be as JSON, the likeliest first; each kind takes only what it stores."""
    yield text
    if _MOMENT.fullmatch(text):
        yield from (text[: len("2020-02-28T14:30")], text[: len("2020-02-28")], text[:7])
    if _CLOCK.fullmatch(text):
        yield text[: len("14:30")]
    if _NUMBER.fullmatch(text):
        number = float(text)
        yield int(number) if number.is_integer() else number
        yield number
        yield from ({"amount": number, "currency": code} for code in question.currencies[:1])
    if text in _SAID:
        yield _SAID[text]
    yield text.split()
