"""The questionnaire as one immutable document: what is asked, in which order, in which languages.

A published version stores this document as JSON and never changes. It refuses to know how answers
are entered, stored or counted: that is each kind's business (`surveys.kinds`).
"""

import hashlib
import json
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Texts = dict[str, str]
"""A text by language code, such as {"en": "Yes", "fr": "Oui"}."""


class QuestionKind(StrEnum):
    """The kinds of question, by their names in data and commands."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    CHOOSE_ONE = "choose_one"
    CHOOSE_MANY = "choose_many"
    RATING = "rating"
    MATRIX = "matrix"
    RANKING = "ranking"
    POINTS = "points"
    DATE = "date"
    YES_NO = "yes_no"
    NOTE = "note"


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Document):
    """One option of a list, one step of a scale, or one row of a matrix or of points."""

    code: str
    texts: Texts

    @property
    def specify(self) -> bool:
        """Choosing it asks for a text: "other, specify"."""
        return self.code == "other"

    @property
    def exclusive(self) -> bool:
        """It can't stand beside another choice: "none of these"."""
        return self.code == "none"

    @property
    def value(self) -> int | str:
        """A scale's steps are stored as numbers; "dont_know" and the like as their codes."""
        return int(self.code) if self.code.isdecimal() else self.code


class Question(_Document):
    """One question.

    `choices`: the options of choose_one, choose_many and ranking; the scale of rating and matrix.
    `items`: the rows of matrix and points. `top`: how many a ranking asks for. `total`: what points
    must sum to. `relevant`, `constraint`: condition trees (`surveys.conditions`), None for none.
    `rotate`: the options or rows come in an order of each organisation's own.
    """

    uid: UUID
    code: str
    kind: QuestionKind
    texts: Texts
    hints: Texts = {}
    required: bool = False
    choices: tuple[Choice, ...] = ()
    items: tuple[Choice, ...] = ()
    top: int | None = None
    total: int | None = None
    rotate: bool = False
    relevant: dict[str, Any] | None = None
    constraint: dict[str, Any] | None = None
    constraint_texts: Texts = {}

    @property
    def asks(self) -> bool:
        """Whether it takes an answer: a note doesn't."""
        return self.kind is not QuestionKind.NOTE

    def choice(self, code: str) -> Choice | None:
        """The choice with this code, if offered."""
        return next((choice for choice in self.choices if choice.code == code), None)

    def item(self, code: str) -> Choice | None:
        """The row with this code, if there is one."""
        return next((item for item in self.items if item.code == code), None)


class Section(_Document):
    """A page of the questionnaire."""

    code: str
    texts: Texts
    questions: tuple[Question, ...] = ()


class Questionnaire(_Document):
    """The whole document. `languages`: the first is the language the others translate.

    `introduction`: the paragraphs shown before the first question: the purpose, who reads the
    answers, how long they are kept.
    """

    code: str
    texts: Texts
    languages: tuple[str, ...] = Field(min_length=1)
    introduction: tuple[Texts, ...] = ()
    sections: tuple[Section, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, Question]:
        """Every question by its code, in the order asked."""
        return {question.code: question for question in self.questions()}

    @cached_property
    def section_of(self) -> dict[str, str]:
        """The code of the section each question stands in, by the question's code."""
        return {q.code: section.code for section in self.sections for q in section.questions}

    def questions(self) -> Iterator[Question]:
        """Every question, notes included, in the order asked."""
        for section in self.sections:
            yield from section.questions

    def section(self, code: str) -> Section | None:
        """The section with this code, if there is one."""
        return next((section for section in self.sections if section.code == code), None)

    def canonical(self) -> str:
        """The document as JSON with sorted keys: what is hashed and stored."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)

    def digest(self) -> str:
        """The SHA-256 of the canonical document, in hexadecimal."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


def text_in(texts: Texts, language: str) -> str:
    """The text in this language, else in English, else in whichever comes first."""
    if not texts:
        return ""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))
