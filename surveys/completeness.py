"""What still stands between answers and submitting them: missing, contradictory, unreadable.

Pure functions of a questionnaire and its answers. Saving never asks; the check page and
submitting do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions import Visibility, holds, shown_codes, visibility
from surveys.definition import Question, Questionnaire, Section, Texts
from surveys.kinds import Raw, Unreadable, kind_of

MISSING = _l("Answer this question.")
UNFINISHED = _l("Complete this answer.")


class SectionState(StrEnum):
    """How far a section is."""

    EMPTY = "empty"
    IN_PROGRESS = "in_progress"
    ATTENTION = "attention"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `texts`: the questionnaire's own sentence, which goes before `message`."""

    question: Question
    message: Lazy
    missing: bool = False
    texts: Texts | None = None


@dataclass(frozen=True)
class Entered:
    """What a response holds: stored answers, and what was typed but could not be read."""

    answers: Mapping[str, Any]
    unread: Mapping[str, Raw]


def counted(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that count: those of questions that are asked, in the order asked."""
    shown = shown_codes(questionnaire, answers)
    return {
        code: answers[code]
        for code in questionnaire.by_code
        if code in shown and answers.get(code) is not None
    }


def problems_of(questionnaire: Questionnaire, section: Section, entered: Entered) -> list[Problem]:
    """A section's problems in the order of its questions; hidden questions have none."""
    return _found(section, entered, shown_codes(questionnaire, entered.answers))


def all_problems(questionnaire: Questionnaire, entered: Entered) -> dict[str, list[Problem]]:
    """The problems by section code; sections without any are left out."""
    shown = shown_codes(questionnaire, entered.answers)
    found = {section.code: _found(section, entered, shown) for section in questionnaire.sections}
    return {code: problems for code, problems in found.items() if problems}


def _found(section: Section, entered: Entered, shown: frozenset[str]) -> list[Problem]:
    visible = {code: value for code, value in entered.answers.items() if code in shown}
    return [
        problem
        for question in section.questions
        if question.code in shown and question.asks
        for problem in _problems(question, visible, entered.unread.get(question.code))
    ]


def _problems(question: Question, answers: Mapping[str, Any], unread: Raw | None) -> list[Problem]:
    if unread is not None:
        return [Problem(question, unread_message(question, unread))]
    stored = answers.get(question.code)
    if stored is None:
        return [Problem(question, MISSING, missing=True)] if question.required else []
    kind = kind_of(question)
    found = [Problem(question, message) for message in kind.problems(question, stored)]
    if not found and question.required and not kind.complete(question, stored):
        found.append(Problem(question, UNFINISHED, missing=True))
    if question.constraint is not None and not holds(question.constraint, answers, stored):
        message = _l("This answer contradicts another, or is out of range.")
        found.append(Problem(question, message, texts=question.constraint_texts or None))
    return found


def unread_message(question: Question, raw: Raw) -> Lazy:
    """Why what was typed can't be read."""
    try:
        kind_of(question).from_raw(question, raw)
    except Unreadable as unreadable:
        return unreadable.message
    return UNFINISHED


def section_states(
    questionnaire: Questionnaire, entered: Entered, editions: Mapping[str, int]
) -> dict[str, SectionState]:
    """How far each section is: a saved one that misses nothing is complete, even if optional.

    So is one in which nothing is asked, nor may be, for what is answered elsewhere.
    """
    shown = shown_codes(questionnaire, entered.answers)
    seen = visibility(questionnaire, entered.answers)
    given = entered.answers.keys() | entered.unread.keys()

    def state(section: Section) -> SectionState:
        open_to = (q for q in section.questions if seen[q.code] is not Visibility.HIDDEN)
        asked = {question.code for question in open_to if question.asks}
        found = _found(section, entered, shown)
        if any(not problem.missing for problem in found):
            return SectionState.ATTENTION
        if asked and not asked & given and not editions.get(section.code):
            return SectionState.EMPTY
        return SectionState.IN_PROGRESS if found else SectionState.COMPLETE

    return {section.code: state(section) for section in questionnaire.sections}
