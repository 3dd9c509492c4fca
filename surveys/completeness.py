"""What still stands between answers and submitting them, and which answers count.

Pure functions of a questionnaire and its answers. Saving never asks; the check page and
submitting do. `now`, wherever it is taken, is the moment conditions see, with its zone: for a
submitted response, the moment it was submitted.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from surveys.definition import Question, QuestionKind, Questionnaire, Section
from surveys.logic import Place, Visibility, worked_out
from surveys.problems import MISSING, Entered, Problem, found_in

__all__ = [
    "MISSING",
    "Entered",
    "Problem",
    "SectionState",
    "all_doubts",
    "all_problems",
    "asked_at",
    "counted",
    "doubts_of",
    "problems_of",
    "section_states",
    "sections_asked",
    "unconfirmed",
]


class SectionState(StrEnum):
    """How far a section is."""

    EMPTY = "empty"
    IN_PROGRESS = "in_progress"
    ATTENTION = "attention"
    COMPLETE = "complete"
    NOT_ASKED = "not_asked"


def counted(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, now: datetime | None = None
) -> dict[str, Any]:
    """The answers that count: those of questions that are asked, in the order asked.

    Of a repeat those of its items that are asked, and in each of those the same.
    """
    return _counted(worked_out(questionnaire, answers, final=True, now=now).top)


def _counted(place: Place) -> dict[str, Any]:
    found = {}
    for code in place.codes:
        stored = place.answers.get(code)
        if stored is None or not place.shown(code):
            continue
        if place.plan.questions[code].kind is QuestionKind.REPEAT:
            items = place.items.get(code, [])
            stored = [{"id": item.id, "answers": _counted(item)} for item in items if item.id]
        found[code] = stored
    return found


def problems_of(
    questionnaire: Questionnaire,
    section: Section,
    entered: Entered,
    *,
    now: datetime | None = None,
) -> list[Problem]:
    """A section's problems in the order of its questions; hidden questions have none.

    Doubts are not among them (`doubts_of`).
    """
    worked = worked_out(questionnaire, entered.answers, final=True, now=now)
    return [problem for problem in found_in(worked, section, entered) if not problem.doubt]


def doubts_of(
    questionnaire: Questionnaire,
    section: Section,
    entered: Entered,
    *,
    now: datetime | None = None,
) -> list[Problem]:
    """A section's unusual answers, confirmed ones included, in the order of its questions."""
    worked = worked_out(questionnaire, entered.answers, final=True, now=now)
    return [problem for problem in found_in(worked, section, entered) if problem.doubt]


def all_problems(
    questionnaire: Questionnaire, entered: Entered, *, now: datetime | None = None
) -> dict[str, list[Problem]]:
    """The problems by section code; sections without any are left out. Doubts are no problems."""
    return _by_section(questionnaire, entered, now, doubt=False)


def all_doubts(
    questionnaire: Questionnaire, entered: Entered, *, now: datetime | None = None
) -> dict[str, list[Problem]]:
    """The unusual answers by section code, confirmed ones included."""
    return _by_section(questionnaire, entered, now, doubt=True)


def unconfirmed(
    questionnaire: Questionnaire, entered: Entered, *, now: datetime | None = None
) -> bool:
    """Whether an unusual answer waits for somebody to say that it is right."""
    doubts = all_doubts(questionnaire, entered, now=now).values()
    return any(not doubt.confirmed for found in doubts for doubt in found)


def _by_section(
    questionnaire: Questionnaire, entered: Entered, now: datetime | None, *, doubt: bool
) -> dict[str, list[Problem]]:
    worked = worked_out(questionnaire, entered.answers, final=True, now=now)
    found = {
        section.code: [p for p in found_in(worked, section, entered) if p.doubt is doubt]
        for section in questionnaire.sections
    }
    return {code: problems for code, problems in found.items() if problems}


def sections_asked(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, now: datetime | None = None
) -> frozenset[str]:
    """The codes of the sections in which something is asked, or may yet be."""
    return asked_at(questionnaire, worked_out(questionnaire, answers, final=False, now=now).top)


def asked_at(questionnaire: Questionnaire, top: Place) -> frozenset[str]:
    """The same, where it is worked out already; `top` while answers may still come."""
    return frozenset(
        section.code
        for section in questionnaire.sections
        if not section.questions or _asked_in(section, top)
    )


def _asked_in(section: Section, place: Place) -> list[Question]:
    return [q for q in section.questions if place.seen(q.code) is not Visibility.HIDDEN]


def section_states(
    questionnaire: Questionnaire,
    entered: Entered,
    editions: Mapping[str, int],
    *,
    now: datetime | None = None,
) -> dict[str, SectionState]:
    """How far each section is: a saved one that misses nothing is complete, even if optional.

    One in which nothing is asked, nor may be, for what is answered elsewhere, is not asked.
    """
    final = worked_out(questionnaire, entered.answers, final=True, now=now)
    open_still = worked_out(questionnaire, entered.answers, final=False, now=now).top
    given = entered.answers.keys() | entered.unread.keys()

    def state(section: Section) -> SectionState:
        seen = _asked_in(section, open_still)
        if section.questions and not seen:
            return SectionState.NOT_ASKED
        asked = {question.code for question in seen if question.asks}
        found = [problem for problem in found_in(final, section, entered) if not problem.confirmed]
        if any(not problem.missing for problem in found):
            return SectionState.ATTENTION
        begun = {question.code for question in seen if question.default is not None}
        if asked and not asked & given - begun and not editions.get(section.code):
            return SectionState.EMPTY
        return SectionState.IN_PROGRESS if found else SectionState.COMPLETE

    return {section.code: state(section) for section in questionnaire.sections}
