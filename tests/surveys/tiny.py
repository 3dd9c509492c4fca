"""Tiny questionnaires, one per behaviour, and one question of every kind."""

from typing import Any
from uuid import uuid4

from surveys.definition import Choice, Question, QuestionKind, Questionnaire, Range, Section, Texts

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
        question("share_of_time", QuestionKind.DECIMAL),
        question("covered", QuestionKind.PERCENT),
        question("budget", QuestionKind.MONEY, currencies=("CHF", "KES")),
        question("plan_since", QuestionKind.MONTH),
        question("opens", QuestionKind.TIME),
        question("meeting", QuestionKind.DATE_TIME),
        question("agreed", QuestionKind.ACKNOWLEDGE),
        question("evidence", QuestionKind.FILE),
        question("per_branch", QuestionKind.CALCULATED, calculation={"value": "12"}),
        question(
            "partners",
            QuestionKind.REPEAT,
            questions=(
                question("partner", required=True),
                question("since", QuestionKind.INTEGER),
                question("languages", QuestionKind.CHOOSE_MANY, choices=LIST),
                question(
                    "visits", QuestionKind.REPEAT, questions=(question("visit", QuestionKind.DATE),)
                ),
            ),
        ),
    )
}
TIED = question("in_order", QuestionKind.RANKING, choices=choices(*"abcde"), ties=True)
SLIDER = question("trust", QuestionKind.INTEGER, range=Range(start=0, end=10, step=2))
FINE_SLIDER = question("degree", QuestionKind.DECIMAL, range=Range(start=-1, end=1, step=0.25))
BESIDE = question(
    "reasons",
    QuestionKind.CHOOSE_MANY,
    choices=(
        Choice(code="law", texts=said("Law"), asks_text=True),
        Choice(code="money", texts=said("Money"), asks_text=True),
        Choice(code="other", texts=said("Other"), asks_text=False),
        Choice(code="unsure", texts=said("Unsure"), alone=True),
    ),
)
VARIANTS = (TIED, SLIDER, FINE_SLIDER, BESIDE)
"""Questions of the same kinds with what changes their answers' shape."""

FILE = {
    "id": "6f1c1f0e-8f0a-4b55-9d3c-0a2b6c7d8e9f",
    "name": "Plan “2020”.pdf",
    "type": "application/pdf",
    "size": 1234,
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
    QuestionKind.DECIMAL: [12.5, 0, -3.25, 1.234, 1200.125, 10**15],
    QuestionKind.PERCENT: [0, 100, 33.3],
    QuestionKind.MONEY: [
        {"amount": 12.5, "currency": "CHF"},
        {"amount": 1_200, "currency": "KES"},
    ],
    QuestionKind.MONTH: ["2020-02", "0919-12"],
    QuestionKind.TIME: ["14:30", "00:00"],
    QuestionKind.DATE_TIME: ["2020-02-28T14:30"],
    QuestionKind.ACKNOWLEDGE: [True],
    QuestionKind.FILE: [FILE],
    QuestionKind.CALCULATED: [],
    QuestionKind.REPEAT: [
        [{"id": "0a1b2c3d", "answers": {"partner": "Clinic"}}],
        [
            {"id": "0a1b2c3d", "answers": {"partner": "=1+1", "since": 2015}},
            {
                "id": "ffffffff",
                "answers": {
                    "partner": "School",
                    "languages": ["red", {"choice": "other", "text": "Violet"}],
                    "visits": [{"id": "00000001", "answers": {"visit": "2020-02-28"}}],
                },
            },
        ],
    ],
}
"""Answers as a file gives them, which are stored as they are."""

GIVEN_TO_VARIANTS: list[tuple[Question, Any]] = [
    (TIED, ["a"]),
    (TIED, ["e", ["a", "c"], "b"]),
    (SLIDER, 4),
    (FINE_SLIDER, -0.75),
    (BESIDE, [{"choice": "law", "text": "New act"}, "money"]),
    (BESIDE, ["unsure"]),
]
