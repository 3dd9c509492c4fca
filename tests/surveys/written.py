"""Questionnaires written in a line per question, with expressions as authors write them."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from surveys.definition import Choice, Group, Question, QuestionKind, Questionnaire, Section
from surveys.expressions import parse

TREES = [
    "relevant",
    "required_if",
    "constraint",
    "warning",
    "calculation",
    "default",
    "choice_filter",
    "times",
]


def tree(written: str, *, columns: bool = False) -> dict[str, Any]:
    return dict(parse(written, columns=columns))


def asks(code: str, kind: str = "short_text", **more: Any) -> Question:
    """A question; its expressions are given as written."""
    for name in TREES:
        if name in more:
            more[name] = tree(more[name], columns=name == "choice_filter")
    more.setdefault("texts", {"en": f"About {code}"})
    return Question(uid=uuid5(NAMESPACE_URL, code), code=code, kind=QuestionKind(kind), **more)


def counts(code: str, calculation: str, **more: Any) -> Question:
    """A calculated value."""
    return asks(code, "calculated", calculation=calculation, **more)


def repeats(code: str, *questions: Question, **more: Any) -> Question:
    """A repeat of these questions."""
    return asks(code, "repeat", questions=questions, **more)


def offers(*codes: str, **columns: str) -> tuple[Choice, ...]:
    """Choices; each column's values stand in one text, parted by spaces, in their order."""
    values = {name: column.split() for name, column in columns.items()}
    return tuple(
        Choice(
            code=code,
            texts={"en": f"The {code}"},
            columns={name: column[place] for name, column in values.items()},
        )
        for place, code in enumerate(codes)
    )


def group(code: str, relevant: str = "", within: str = "") -> Group:
    return Group(code=code, group=within, relevant=tree(relevant) if relevant else None)


def section(
    code: str, *questions: Question, relevant: str = "", groups: tuple[Group, ...] = ()
) -> Section:
    return Section(
        code=code,
        texts={"en": f"Section {code}"},
        relevant=tree(relevant) if relevant else None,
        groups=groups,
        questions=questions,
    )


def form(*parts: Section | Question, **more: Any) -> Questionnaire:
    """A questionnaire of these sections, or of one with these questions."""
    sections = tuple(part for part in parts if isinstance(part, Section))
    questions = tuple(part for part in parts if isinstance(part, Question))
    return Questionnaire(
        code="form",
        texts={"en": "Form"},
        languages=("en",),
        sections=sections or (section("only", *questions),),
        **more,
    )


def items(*answers: dict[str, Any]) -> list[dict[str, Any]]:
    """A repeat's stored answer."""
    return [{"id": f"{n:08x}", "answers": one} for n, one in enumerate(answers, start=1)]
