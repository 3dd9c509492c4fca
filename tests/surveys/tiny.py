"""Tiny questionnaires, one per behaviour, and one question of every kind."""

from typing import Any
from uuid import uuid4

from surveys.definition import Choice, Question, QuestionKind, Questionnaire, Section, Texts

LANGUAGES = ("en", "fr", "es", "ar")


def said(text: str) -> Texts:
    """A text that differs in each language."""
    return {language: f"{text} ({language})" for language in LANGUAGES}


def choices(*codes: str | int) -> tuple[Choice, ...]:
    return tuple(Choice(code=str(code), texts=said(f"Choice {code}")) for code in codes)


def question(code: str, kind: QuestionKind = QuestionKind.SHORT_TEXT, **more: Any) -> Question:
    return Question(uid=uuid4(), code=code, kind=kind, texts=said(f"Question {code}"), **more)


def section(code: str, *questions: Question) -> Section:
    return Section(code=code, texts=said(f"Section {code}"), questions=questions)


def tiny(*sections: Section) -> Questionnaire:
    return Questionnaire(
        code="tiny",
        texts=said("Tiny"),
        languages=LANGUAGES,
        introduction=(said("Why we ask"),),
        sections=sections,
    )


def asking(*questions: Question) -> Questionnaire:
    """A questionnaire of one section."""
    return tiny(section("only", *questions))


def only_if(code: str, value: str) -> dict[str, Any]:
    """The condition that a question's answer is this value."""
    return {"op": "=", "args": [{"ref": code}, {"value": value}]}


SCALE = choices(1, 2, 3, 4, 5, "dont_know")
ITEMS = choices("water", "health", "shelter")
LIST = choices("red", "green", "blue", "other", "none")

OF_EVERY_KIND: dict[QuestionKind, Question] = {
    question.kind: question
    for question in (
        question("name", QuestionKind.SHORT_TEXT),
        question("story", QuestionKind.LONG_TEXT),
        question("staff", QuestionKind.INTEGER),
        question("colour", QuestionKind.CHOOSE_ONE, choices=LIST),
        question("colours", QuestionKind.CHOOSE_MANY, choices=LIST),
        question("urgency", QuestionKind.RATING, choices=SCALE),
        question("importance", QuestionKind.MATRIX, choices=SCALE, items=ITEMS),
        question("first_three", QuestionKind.RANKING, choices=choices(*"abcde"), top=3),
        question("shares", QuestionKind.POINTS, items=ITEMS, total=100),
        question("day", QuestionKind.DATE),
        question("active", QuestionKind.YES_NO, choices=choices("yes", "no")),
        question("remark", QuestionKind.NOTE),
    )
}

GIVEN: dict[QuestionKind, list[Any]] = {
    QuestionKind.SHORT_TEXT: ["Mobile clinics", "=1+1", "مياه"],
    QuestionKind.LONG_TEXT: ["One paragraph.\n\nAnother.", "<script>alert(1)</script>"],
    QuestionKind.INTEGER: [12, 0, -3, 10**15],
    QuestionKind.CHOOSE_ONE: ["red", "none", {"choice": "other", "text": "Violet"}],
    QuestionKind.CHOOSE_MANY: [
        ["red", "blue"],
        ["none"],
        ["green", {"choice": "other", "text": "Violet"}],
    ],
    QuestionKind.RATING: [4, "dont_know"],
    QuestionKind.MATRIX: [{"water": 4}, {"water": 1, "health": "dont_know", "shelter": 5}],
    QuestionKind.RANKING: [["a"], ["e", "b", "a"]],
    QuestionKind.POINTS: [{"water": 40, "health": 60, "shelter": 0}, {"shelter": 100}],
    QuestionKind.DATE: ["2020-02-28", "1919-05-05"],
    QuestionKind.YES_NO: [True, False],
    QuestionKind.NOTE: [],
}
"""Answers as a file gives them, which are stored as they are."""
