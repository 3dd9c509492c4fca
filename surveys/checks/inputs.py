"""Inputs of a page that would get one name, so that one answer overwrote another.

An input's name is its question's code with the suffix of its part: a row, a choice that asks for a
text, a place. The question `a-b` and the choice `b` of the question `a` come to the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.checks.finding import Finding, Severity
from surveys.definition import Question, Questionnaire
from surveys.kinds import kind_of

ITEM = "00000000"
_ANY_ITEM = re.compile(r"/[0-9a-f]{8}(?=/)")


@dataclass(frozen=True)
class _Input:
    """An input: its question, and the suffix of its part, "" for the whole answer."""

    question: Question
    suffix: str


def clashing_inputs(questionnaire: Questionnaire) -> Iterator[Finding]:
    """An error for each two questions, or parts of one, whose inputs would have one name.

    It is told of the question whose own code is the name, else of the later one. Names must differ
    in the whole questionnaire, not only in a section: questions move, and trying one shows them
    all on one page.
    """
    first: dict[str, _Input] = {}
    told: set[tuple[str, str]] = set()
    for question in questionnaire.questions():
        for name, box in _inputs(question, ""):
            other = first.setdefault(name, box)
            if other is box:
                continue
            mended, beside = (other, box) if not other.suffix and box.suffix else (box, other)
            pair = (mended.question.code, beside.question.code)
            if pair not in told:
                told.add(pair)
                yield _finding(mended, beside, name)


def input_names(questionnaire: Questionnaire) -> list[str]:
    """The names of all inputs, without their prefix, in the order asked; of items one each.

    Items of repeats get ids when they are added: `ITEM` stands for any of them.
    """
    return [name for question in questionnaire.questions() for name, _box in _inputs(question, "")]


def _inputs(question: Question, before: str) -> Iterator[tuple[str, _Input]]:
    path = before + question.code
    for suffix in kind_of(question).inputs(question):
        yield _ANY_ITEM.sub(f"/{ITEM}", path + suffix), _Input(question, suffix)
    for inner in question.questions:
        yield from _inputs(inner, f"{path}/{ITEM}/")


def _finding(mended: _Input, beside: _Input, name: str) -> Finding:
    question = mended.question
    if question is beside.question:
        field = "items" if question.items else "choices"
        return Finding(question.code, field, Severity.ERROR, _twice(mended.suffix))
    message = _l(
        "One answer would overwrite the other: a box of “%(code)s” and one of “%(other)s” would "
        "both be named “%(name)s”. Choose another code for one of the two.",
        code=question.code,
        other=beside.question.code,
        name=name,
    )
    return Finding(question.code, "code", Severity.ERROR, message)


def _twice(suffix: str) -> Lazy:
    return _l(
        "“%(code)s” is the code of two of its lines, so one answer would overwrite the other. "
        "Choose another code for one of them.",
        code=suffix.removeprefix("-"),
    )
