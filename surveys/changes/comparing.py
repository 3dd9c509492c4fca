"""How far the answers to a question of two versions can be compared: a proposal to an author."""

from enum import StrEnum
from uuid import UUID

from surveys.changes.change import What
from surveys.changes.diff import diff
from surveys.definition import Questionnaire


class Comparable(StrEnum):
    """How a question of one version compares with the same one of another."""

    SAME = "same"
    REWORDED = "reworded"
    NOT_COMPARABLE = "not_comparable"


_BREAKING = frozenset(
    {What.KIND, What.CODE, What.CHOICE_ADDED, What.CHOICE_REMOVED, What.ROW_ADDED,
     What.ROW_REMOVED, What.CHOICE_CHANGED, What.ROW_CHANGED, What.CONDITION, What.CALCULATION,
     What.CHOICE_FILTER, What.TIMES, What.SETTING}
)  # fmt: skip
_WORDING = frozenset({What.REWORDED, What.CHOICE_REWORDED, What.ROW_REWORDED})
_ASKED_WITH = frozenset({"texts", "hints", "guidance"})


def proposals(before: Questionnaire, after: Questionnaire) -> dict[UUID, Comparable]:
    """By uid, what is proposed of each question both ask, in the order asked now.

    Other choices, rows or people asked: not comparable. Other words: reworded. Else the same:
    where a question stands, and what becomes of answers that are refused, are no difference.
    """
    common = {question.uid for question in before.anywhere.values()}
    found = {
        question.uid: Comparable.SAME
        for question in after.anywhere.values()
        if question.uid in common and question.asks
    }
    for change in diff(before, after):
        if change.uid not in found or change.uid is None:
            continue
        if change.what in _BREAKING:
            found[change.uid] = Comparable.NOT_COMPARABLE
        elif found[change.uid] is Comparable.SAME and _said_otherwise(change.what, change.part):
            found[change.uid] = Comparable.REWORDED
    return found


def _said_otherwise(what: What, part: str) -> bool:
    return what in _WORDING and (what is not What.REWORDED or part in _ASKED_WITH)
