"""Which questions are asked, as their conditions and the answers so far decide.

Evaluation has three values while somebody answers, and two at the end. It refuses to know how an
operator works (`surveys.conditions.trees`) and what a page does with what is hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import Any

from surveys.conditions.trees import (
    UNKNOWN,
    Tree,
    Unknown,
    Value,
    answered,
    partly,
    references,
    truth,
    value_of,
)
from surveys.definition import Questionnaire

REMEMBERED = 64


class Visibility(StrEnum):
    """Whether a question is asked."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    UNDETERMINED = "undetermined"


class CircularConditions(ValueError):
    """Questions whose conditions wait for each other, by their codes."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


@dataclass(frozen=True)
class Plan:
    """What evaluation needs of a questionnaire, worked out once.

    `conditional`: codes with their conditions, each after those it refers to.
    """

    questionnaire: Questionnaire
    codes: frozenset[str]
    shown: dict[str, Visibility]
    conditional: tuple[tuple[str, Tree], ...]


_plans: dict[int, Plan] = {}


def plan_of(questionnaire: Questionnaire) -> Plan:
    """The questionnaire's plan, remembered for the last few of them.

    A questionnaire never changes, so the object itself is the key: hashing the document each time
    would cost more than evaluating it. A remembered plan keeps its document alive, so that no
    other takes its place in memory.
    """
    plan = _plans.get(id(questionnaire))
    if plan is None:
        plan = _make_plan(questionnaire)
        if len(_plans) >= REMEMBERED:
            _plans.clear()
        _plans[id(questionnaire)] = plan
    return plan


def _make_plan(questionnaire: Questionnaire) -> Plan:
    codes = list(questionnaire.by_code)
    relevant = {q.code: q.relevant for q in questionnaire.questions() if q.relevant is not None}
    order = in_order({code: references(tree) for code, tree in relevant.items()})
    return Plan(
        questionnaire=questionnaire,
        codes=frozenset(codes),
        shown=dict.fromkeys(codes, Visibility.SHOWN),
        conditional=tuple((code, relevant[code]) for code in order),
    )


def in_order(needs: Mapping[str, frozenset[str]]) -> list[str]:
    """The codes so that each comes after those it needs; CircularConditions if there is no such."""
    try:
        return [code for code in TopologicalSorter(needs).static_order() if code in needs]
    except CycleError:
        raise CircularConditions(_circles(needs)) from None


def _circles(needs: Mapping[str, frozenset[str]]) -> list[str]:
    """Those in a circle: whatever nothing else left needs, or needs nothing left, is dropped."""
    rest: set[str] = set()
    left = set(needs)
    while left != rest:
        rest = left
        needed = set().union(*(needs[code] for code in rest))
        left = {code for code in rest & needed if needs[code] & rest}
    return [code for code in needs if code in rest]


def visibility(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Visibility]:
    """Each question's visibility, in the order asked.

    A question is undetermined while an answer still to come could change whether it is asked: one
    of a question that is shown, or may yet be, and has no answer. What is hidden counts as empty.
    """
    plan = plan_of(questionnaire)
    result = plan.shown.copy()

    def look_up(code: str) -> Value | Unknown:
        if result[code] is Visibility.HIDDEN:
            return ""
        if result[code] is Visibility.UNDETERMINED or not answered(answers.get(code)):
            return UNKNOWN
        return value_of(answers[code])

    for code, tree in plan.conditional:
        value = partly(tree, look_up)
        if value is UNKNOWN:
            result[code] = Visibility.UNDETERMINED
        elif not truth(value):
            result[code] = Visibility.HIDDEN
    return result


def shown_codes(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> frozenset[str]:
    """The codes of the questions asked when these answers are final: what is missing is empty."""
    plan = plan_of(questionnaire)
    hidden: set[str] = set()

    def look_up(code: str) -> Value:
        return "" if code in hidden else value_of(answers.get(code))

    for code, tree in plan.conditional:
        value = partly(tree, look_up)
        if value is not UNKNOWN and not truth(value):
            hidden.add(code)
    return plan.codes - hidden if hidden else plan.codes
