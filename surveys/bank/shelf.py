"""The entries the package brings, as `data/bank.json` writes them."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from surveys.bank.entries import Entry, EntryKind
from surveys.definition import Choice, Question, QuestionKind, Section

FILE = Path(__file__).parent / "data" / "bank.json"
NAMESPACE = UUID("7b1f4d8e-0f5c-5d57-9a56-0c2c4f6f5d10")
"""Where the uids of the entries' questions come from: the same in every installation."""


@cache
def library() -> tuple[Entry, ...]:
    """Scales, then questions, then sections; each in the order of the file."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    ends = tuple(Choice.model_validate(end) for end in data["ends"])
    questions = {one["id"]: _question(one) for one in data["questions"]}
    return (
        *(_scale(one, ends) for one in data["scales"]),
        *(
            Entry(id=key, kind=EntryKind.QUESTION, texts=question.texts, question=question)
            for key, question in questions.items()
        ),
        *(_section(one, questions) for one in data["sections"]),
    )


def _question(data: dict[str, Any]) -> Question:
    rest = {name: value for name, value in data.items() if name != "id"}
    return Question.model_validate(
        {"uid": uuid5(NAMESPACE, data["id"]), "bank": data["id"], **rest}
    )


def _scale(data: dict[str, Any], ends: tuple[Choice, ...]) -> Entry:
    choices = tuple(Choice.model_validate(choice) for choice in data["choices"])
    asks = Question(
        uid=uuid5(NAMESPACE, data["id"]),
        code=data["name"],
        kind=QuestionKind(data.get("kind", QuestionKind.RATING)),
        texts=data["asks"],
        bank=data["id"],
        choices=choices,
    )
    return Entry(
        id=data["id"],
        kind=EntryKind.SCALE,
        texts=data["texts"],
        choices=choices,
        ends=ends,
        question=asks,
    )


def _section(data: dict[str, Any], questions: dict[str, Question]) -> Entry:
    section = Section(
        code=data["code"],
        texts=data["texts"],
        questions=tuple(questions[key] for key in data["questions"]),
    )
    return Entry(id=data["id"], kind=EntryKind.SECTION, texts=section.texts, section=section)
