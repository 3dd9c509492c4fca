"""Tiny questionnaires for the tests of conditions: questions with a code and a condition."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from surveys.definition import Question, QuestionKind, Questionnaire, Section

Tree = dict[str, Any]


def asking(codes: str, relevant: Mapping[str, Tree] | None = None) -> Questionnaire:
    """One section with these questions (codes parted by spaces), some with a condition."""
    questions = tuple(
        Question(
            uid=uuid4(),
            code=code,
            kind=QuestionKind.SHORT_TEXT,
            texts={"en": code},
            relevant=(relevant or {}).get(code),
        )
        for code in codes.split()
    )
    section = Section(code="only", texts={"en": "Only"}, questions=questions)
    return Questionnaire(code="tiny", texts={"en": "Tiny"}, languages=("en",), sections=(section,))


def ref(code: str) -> Tree:
    return {"ref": code}


def value(literal: str | float) -> Tree:
    return {"value": literal}


def op(operator: str, *arguments: Tree) -> Tree:
    return {"op": operator, "args": list(arguments)}
