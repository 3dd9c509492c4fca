"""Former answers in a questionnaire's texts: `${code}` becomes the answer, in words.

It refuses to know markup: a page escapes the text it gets as it does any other.
"""

import re

from surveys.conditions import UNKNOWN, answered, to_text
from surveys.definition import Question, Texts, text_in
from surveys.kinds import kind_of
from surveys.logic.places import Place, Visibility

REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
ISOLATED = "\u2068{}\u2069"
"""An answer may read in another direction than the text around it."""
LONGEST = 300
_SPACE = re.compile(r"\s+")


def fill(text: str, place: Place, language: str) -> str:
    """The text with answers in the place of references.

    Each is isolated for its direction and cut after `LONGEST` characters. An unanswered question
    is named, with an ellipsis in brackets; a hidden one leaves nothing. What is no question's code
    stays as it is written.
    """
    if "${" not in text:
        return text

    def answer(found: re.Match[str]) -> str:
        code = found[1].removeprefix("last-saved#")
        if code not in place.plan.questions:
            return found[0]
        return _said(code, place, language)

    return REFERENCE.sub(answer, text)


def filled(texts: Texts, place: Place, language: str) -> str:
    """The text in this language (`text_in`), filled."""
    return fill(text_in(texts, language), place, language)


def _said(code: str, place: Place, language: str) -> str:
    question = place.plan.questions[code]
    places = place.nearest(code)
    if places is None:
        return _unanswered(question, language)
    if code in place.plan.repeats:
        return str(len(places))
    parts = [_words(question, one, language) for one in places]
    return ISOLATED.format(", ".join(part for part in parts if part)) if any(parts) else ""


def _words(question: Question, place: Place, language: str) -> str:
    if place.seen(question.code) is Visibility.HIDDEN:
        return ""
    if question.code in place.values:
        value = place.values[question.code]
        return "…" if value is UNKNOWN else _short(to_text(value))
    stored = place.answers.get(question.code)
    if not answered(stored):
        return _unanswered(question, language)
    lines = kind_of(question).summary(question, stored, language)
    return _short(", ".join(line.value for line in lines))


def _unanswered(question: Question, language: str) -> str:
    name = REFERENCE.sub("…", text_in(question.texts, language)) or question.called
    return f"[{_short(name)} …]"


def _short(text: str) -> str:
    text = _SPACE.sub(" ", text).strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
