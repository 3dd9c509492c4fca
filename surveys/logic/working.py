"""Working a questionnaire's logic out for some answers: what is asked, calculated and repeated.

Evaluation has three values while somebody answers, and two at the end. Each step is done once in
every place it has, in an order in which what it needs is known. It refuses to know what a page
does with the result.
"""

import math
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from core.clock import now as this_moment
from core.texts import Lazy
from surveys.conditions import (
    UNKNOWN,
    Effort,
    EvaluationError,
    Tree,
    Unknown,
    Value,
    evaluate,
    holds,
    to_number,
)
from surveys.definition import Choice, Question, Questionnaire
from surveys.logic.places import MAX_ITEMS, Place, Visibility
from surveys.logic.plan import Path, Step, plan_of
from surveys.logic.scope import Seen

MAX_STEPS = 1_000_000
"""How many steps all expressions of a questionnaire may take for one set of answers."""
LATELY = 4
"""How many results a thread remembers."""
MAX_PLACES = 5_000
"""How many items of repeats are looked at, those inside others included."""
_HIDDEN, _OPEN = Visibility.HIDDEN, Visibility.UNDETERMINED


class Worked:
    """A questionnaire with answers, worked out.

    `final`: the answers are taken as they are, what is missing is empty, and nothing stays
    undetermined. `now`: with its zone; today's date is its date. `failed`: by the name of a
    question, section or group, why one of its expressions could not be worked out.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: Mapping[str, Any],
        *,
        final: bool,
        now: datetime | None = None,
        language: str = "",
    ) -> None:
        self.questionnaire = questionnaire
        self.plan = plan_of(questionnaire)
        self.now = now or this_moment()
        self.language = language or questionnaire.languages[0]
        self._effort = Effort(MAX_STEPS)
        self._room = MAX_PLACES
        self.failed: dict[str, EvaluationError] = {}
        self.top = Place(self.plan, answers, final)
        for step in self.plan.steps:
            for place in self._places(step.path):
                self._work(step, place)

    def _places(self, path: Path) -> list[Place]:
        places = [self.top]
        for code in path:
            places = [item for place in places for item in place.items.get(code, ())]
        return places

    def _work(self, step: Step, place: Place) -> None:
        seen = place.seen(step.key)
        if step.relevant is not None and seen is not _HIDDEN:
            seen = _both(seen, self.judge(step.relevant, place, step.key))
            if seen is not place.otherwise:
                place.state[step.key] = seen
                place.state.update(dict.fromkeys(step.covers, seen))
        question = step.question
        if question is None or seen is _HIDDEN:
            return
        if question.calculation is not None and not question.asks:
            place.values[step.key] = self._calculated(question.calculation, place, step.key)
        elif step.repeats:
            place.items[step.key] = self._items(question, place, seen)

    def judge(
        self, tree: Tree, place: Place, code: str, *, own: str = "", choice: Choice | None = None
    ) -> bool | Unknown:
        """Whether a condition holds; one that can't be worked out does.

        `code`: of the question it belongs to. `own`: the answer a constraint speaks of. `choice`:
        the one a filter is about.
        """
        try:
            return holds(tree, self._scope(place, code, own, choice), self._effort)
        except EvaluationError as error:
            self.failed[place.name(code)] = error
            return True

    def worth(self, tree: Tree, place: Place, code: str) -> Value | Unknown:
        """An expression's value; empty where it can't be worked out."""
        try:
            return evaluate(tree, self._scope(place, code), self._effort)
        except EvaluationError as error:
            self.failed[place.name(code)] = error
            return ""

    def _scope(self, place: Place, code: str, own: str = "", choice: Choice | None = None) -> Seen:
        return Seen(place, code, now=self.now, language=self.language, own=own, choice=choice)

    def _calculated(self, tree: Tree, place: Place, code: str) -> Value | Unknown:
        value = self.worth(tree, place, code)
        return (value[0] if value else "") if isinstance(value, tuple) else value

    def _items(self, question: Question, place: Place, seen: Visibility) -> list[Place]:
        stored = place.answers.get(question.code) or []
        count: int | None = len(stored)
        if question.times is not None:
            count = self.times(question, place)
        elif not stored and not place.final:
            count = None
        if count is None:
            place.unsettled.add(question.code)
        numbers = range(1, min(count or 0, MAX_ITEMS, self._room) + 1)
        self._room -= len(numbers)
        return [_item(question, place, number, stored, seen) for number in numbers]

    def times(self, question: Question, place: Place) -> int | None:
        """How often a repeat is asked: None where people decide, or while it is unknown."""
        if question.times is None:
            return None
        value = self._calculated(question.times, place, question.code)
        if value is UNKNOWN:
            return None
        number = to_number(value)
        return min(max(int(number), 0), MAX_ITEMS) if math.isfinite(number) else 0

    def failures(self) -> list[tuple[str, Lazy]]:
        """What could not be worked out: the code of a question, group or section, and why."""
        return [(name.split()[-1], error.message) for name, error in self.failed.items()]

    def places(self) -> Iterator[Place]:
        """Every place, the top first, then items in the order asked."""
        return self.top.walk()


class _Lately(threading.local):
    """What this thread worked out last."""

    def __init__(self) -> None:
        self.found: deque[tuple[tuple[Any, ...], Worked]] = deque(maxlen=LATELY)


_lately = _Lately()


def worked_out(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    final: bool,
    now: datetime | None = None,
    language: str = "",
) -> Worked:
    """`Worked` with these parameters; the same one again where this was asked just now.

    A request asks several times about the same answers: what is shown, what is wrong, what comes
    next. Nobody may change what is found. Without `now` nothing is remembered.
    """
    if now is None:
        return Worked(questionnaire, answers, final=final, language=language)
    spoken = language or questionnaire.languages[0]
    held = {code: answer for code, answer in answers.items() if answer is not None}
    asked = (final, now, spoken, held)
    for known, worked in _lately.found:
        if worked.questionnaire is questionnaire and known == asked:
            return worked
    worked = Worked(questionnaire, held, final=final, now=now, language=spoken)
    _lately.found.append((asked, worked))
    return worked


def _item(
    question: Question, around: Place, number: int, stored: list[Any], seen: Visibility
) -> Place:
    held = stored[number - 1] if number <= len(stored) else {}
    return Place(
        around.plan,
        held.get("answers") or {},
        around.final,
        path=(*around.path, question.code),
        around=around,
        number=number,
        id=held.get("id", ""),
        otherwise=seen,
    )


def _both(around: Visibility, own: bool | Unknown) -> Visibility:  # noqa: FBT001  # a value
    if own is UNKNOWN:
        return _OPEN
    return around if own else _HIDDEN
