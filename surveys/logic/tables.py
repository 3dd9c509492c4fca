"""Whether the questions of a page are asked, counted out for every way to answer what decides.

For pages that must stay tiny: where choices decide, and few, a table takes the place of expressions
and of the scripts that work them out. It refuses to know how a page shows anything.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from math import prod
from typing import Any

from surveys.definition import Question, Section
from surveys.kinds import kind_of
from surveys.kinds.base import MOST_WAYS
from surveys.logic.page import Movement, deciding, movement
from surveys.logic.places import Visibility
from surveys.logic.working import Worked

MOST_STEPS = 2_000
"""How many steps the tables of a page may take to work out; each takes some 20 microseconds."""
CHANGING = {"now", "today", "random", "uuid"}
"""Operators whose value may be another by the time a page is answered."""


def tables(worked: Worked, section: Section) -> list[dict[str, Any]] | None:
    """All that moves on the section's page, as tables; None where tables can't say it.

    `by`: for each code that may be chosen, by question, what it adds to the place to look at.
    `hidden`: by question, "1" at each place where it isn't asked.
    """
    move = movement(worked.plan, section)
    if move.any and not _only_asking(move, section):
        return None
    needed: dict[tuple[str, ...], list[str]] = {}
    for question in section.questions:
        if question.code in move.follows:
            found = _deciders(worked, section, question.code)
            if found is None:
                return None
            needed.setdefault(found, []).append(question.code)
    own = {question.code: question for question in section.questions}
    asked = {codes: [own[code] for code in codes] for codes in needed}
    sizes = [prod(len(kind_of(q).ways(q)) for q in questions) for questions in asked.values()]
    if max(sizes, default=0) > MOST_WAYS or sum(sizes) * len(worked.plan.steps) > MOST_STEPS:
        return None
    return [_table(worked, asked[codes], needed[codes]) for codes in needed]


def _only_asking(move: Movement, section: Section) -> bool:
    """Whether nothing moves on the page but which questions are asked, once each."""
    repeated = any(question.questions for question in section.questions)
    return not (move.counts or move.filters or move.doubts or repeated)


def _deciders(worked: Worked, section: Section, code: str) -> tuple[str, ...] | None:
    """The questions of the page that decide about one, in their order; None if not by choices."""
    codes, trees = deciding(worked.plan, code)
    if any(operator in CHANGING for operator in trees):
        return None
    deciders = [
        q for q in section.questions if q.code in codes - {code} and q.asks and not q.read_only
    ]
    return tuple(q.code for q in deciders) if all(kind_of(q).ways(q) for q in deciders) else None


def _table(worked: Worked, deciders: list[Question], codes: list[str]) -> dict[str, Any]:
    rows = list(_rows(worked, deciders, codes))
    return {
        "by": _places(deciders),
        "hidden": {
            code: "".join(flags) for code, flags in zip(codes, zip(*rows, strict=True), strict=True)
        },
    }


def _places(deciders: list[Question]) -> dict[str, dict[str, int]]:
    """What each choice adds to the place of a row in `_rows`."""
    places: dict[str, dict[str, int]] = {}
    span = 1
    for question in reversed(deciders):
        ways = kind_of(question).ways(question)
        places[question.code] = {
            way[0]: place * span for place, way in enumerate(ways) if len(way) == 1
        }
        span *= len(ways)
    return places


def _rows(worked: Worked, deciders: list[Question], codes: Iterable[str]) -> Iterator[list[str]]:
    """Whether each question isn't asked, for all ways to answer; the last question's turn first."""
    for ways in product(*(kind_of(question).ways(question) for question in deciders)):
        given = {
            question.code: kind_of(question).from_raw(question, {"": list(way)})
            for question, way in zip(deciders, ways, strict=True)
        }
        place = Worked(
            worked.questionnaire,
            {**worked.top.answers, **given},
            final=False,
            now=worked.now,
            language=worked.language,
        ).top
        yield ["1" if place.seen(code) is Visibility.HIDDEN else "0" for code in codes]
