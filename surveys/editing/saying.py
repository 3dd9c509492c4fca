"""Conditions in words for their author, with the answers that decided them."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions import UNKNOWN, references
from surveys.definition import Question, Tree, text_in
from surveys.editing.comparing import COMPARISONS, THIS, words_of
from surveys.editing.rows import Row, Rows, rows_of, tree_of
from surveys.expressions import render
from surveys.logic import Place, Worked, fill

UNSURE = _l("not known yet")


@dataclass(frozen=True)
class Reason:
    """One part of a condition: in words, the answer it looked at, and whether it holds.

    `holds`: None while it isn't known. `group`: rows of one number stand in brackets.
    """

    words: Lazy
    given: str
    holds: bool | None
    group: int = 0


@dataclass(frozen=True)
class Why:
    """Why something is asked or not. `all`: whether all parts must hold, or any.

    `expression`: the condition as written, where it has no parts in words.
    """

    all: bool
    reasons: tuple[Reason, ...]
    expression: str = ""


def why(worked: Worked, place: Place, code: str, tree: Tree, language: str) -> Why:
    """Why a condition holds in this place, or doesn't. `code`: of the question it belongs to."""
    questions = place.plan.questions
    own = questions.get(code)
    rows = rows_of(tree, questions, own)
    if rows is None:
        looked = tuple(_looked(place, questions[c], language) for c in _known(tree, questions))
        return Why(all=True, reasons=looked, expression=render(tree))
    reasons = []
    for row in rows.rows:
        alone = tree_of(Rows(rows=(row,)), questions, own)
        held = worked.judge(alone, place, code) if alone is not None else UNKNOWN
        words = in_words(row, questions[row.question], language)
        given = _given(place, questions[row.question], language)
        known = None if held is UNKNOWN else held is True
        reasons.append(Reason(words, given, known, row.group))
    return Why(all=rows.all, reasons=tuple(reasons))


def in_words(row: Row, question: Question, language: str) -> Lazy:
    """A row as a clause, such as: “Do you work on migration?” is “Yes”."""
    comparison = COMPARISONS[row.comparison]
    text = text_in(question.texts, language) or question.code
    about = _l("this answer") if row.question == THIS else _l("“%(text)s”", text=_isolated(text))
    operator = words_of(comparison, question)
    if comparison.bare:
        return _l("%(question)s %(comparison)s", question=about, comparison=operator)
    choice = question.choice(row.value)
    value = text_in(choice.texts, language) if choice and not comparison.counts else row.value
    return _l(
        "%(question)s %(comparison)s “%(value)s”",
        question=about,
        comparison=operator,
        value=_isolated(value),
    )


def _isolated(text: str) -> str:
    """It may read in another direction than the sentence around it."""
    return f"\u2068{text}\u2069"


def _known(tree: Tree, questions: dict[str, Question]) -> Iterator[str]:
    found = references(tree)
    return (code for code in questions if code in found)


def _looked(place: Place, question: Question, language: str) -> Reason:
    text = text_in(question.texts, language) or question.code
    words = _l("“%(text)s”", text=_isolated(text))
    return Reason(words, _given(place, question, language), None)


def _given(place: Place, question: Question, language: str) -> str:
    """The answer a condition looked at, as it is filled into texts; "" while there is none."""
    places = place.nearest(question.code) or []
    texts = [one.text(question) for one in places]
    if not any(isinstance(text, str) and text for text in texts):
        return ""
    return fill(f"${{{question.code}}}", place, language)
