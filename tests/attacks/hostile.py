"""Texts that would do harm if any page, mail or file took them for more than text."""

from typing import Any

from surveys.definition import Choice, Group, Question, QuestionKind, Questionnaire
from tests.surveys.tiny import (
    LANGUAGES,
    OF_EVERY_KIND,
    choices,
    only_if,
    question,
    said,
    section,
    tiny,
)

TAG = "evil-x"
SYNTAX = "{{7*7}}${7*7}%(x)s{organisation.__class__}"
"""What the template language, formats and expressions would replace."""
PAYLOAD = f"'\"><{TAG} onevil=1>{SYNTAX}</title></textarea></script></select></svg><{TAG}>"


def hostile(text: str) -> str:
    """The text with the payload behind it."""
    return f"{text} {PAYLOAD}"


def formula(text: str) -> str:
    """A text a spreadsheet would reckon, with the payload behind it."""
    return f"=HYPERLINK(A1) {hostile(text)}"


def _spoiled(node: Any) -> Any:
    """The document with the payload in every text."""
    if isinstance(node, dict):
        is_text = bool(node) and node.keys() <= set(LANGUAGES)
        return {key: formula(v) if is_text else _spoiled(v) for key, v in node.items()}
    return [_spoiled(one) for one in node] if isinstance(node, list) else node


def questionnaire(code: str, *, without: QuestionKind | None = None) -> Questionnaire:
    """A question of every kind, one under a condition and one for consent, with hostile texts.

    The last two stand in a group.

    without: a kind to leave out.
    """
    more: tuple[Question, ...] = (
        question("more", relevant=only_if("active", "yes"), group="block"),
        question(
            "consent_quote",
            QuestionKind.CHOOSE_ONE,
            choices=(*choices("named", "unnamed"), Choice(code="no", texts={"en": "No"})),
            group="block",
        ),
    )
    asked = (question for kind, question in OF_EVERY_KIND.items() if kind is not without)
    only = section("only", *asked, *more)
    block = Group(code="block", texts=said("Block"), hints=said("What else there is"))
    whole = tiny(only.model_copy(update={"groups": (block,)})).model_dump(mode="json")
    return Questionnaire.model_validate({**_spoiled(whole), "code": code})


def answers(consent: str = "named") -> dict[str, Any]:
    """Hostile answers to it, wherever a text can be given."""
    other = {"choice": "other", "text": formula("Violet")}
    return {
        "name": formula("Clinics"),
        "story": f"{formula('Line')}\n{formula('line')}",
        "staff": 12,
        "colour": other,
        "colours": ["red", other],
        "urgency": 4,
        "importance": {"water": 4, "health": "dont_know"},
        "first_three": ["a", "b", "c"],
        "shares": {"water": 40, "health": 60},
        "day": "2020-02-28",
        "active": True,
        "partners": [{"id": "0a1b2c3d", "answers": {"partner": formula("Clinic")}}],
        "more": formula("More"),
        "consent_quote": consent,
    }
