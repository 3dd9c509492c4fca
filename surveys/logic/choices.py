"""Which choices a filter leaves, and which answers it no longer offers."""

from typing import Any

from surveys.definition import Choice, Question
from surveys.logic.places import Place, text_of
from surveys.logic.working import Worked


def choices_left(worked: Worked, place: Place, question: Question) -> tuple[Choice, ...]:
    """The choices offered here, in the list's order.

    A choice stays while its filter holds, and while that is still unknown.
    """
    tree = question.choice_filter
    if tree is None:
        return question.choices
    return tuple(
        choice
        for choice in question.choices
        if worked.judge(tree, place, question.code, choice=choice) is not False
    )


def withdrawn(worked: Worked, place: Place, question: Question, stored: Any) -> tuple[Choice, ...]:
    """The choices of a stored answer that the filter no longer leaves."""
    if question.choice_filter is None:
        return ()
    left = {choice.code for choice in choices_left(worked, place, question)}
    chosen = text_of(question, stored).split()
    return tuple(c for c in question.choices if c.code in chosen and c.code not in left)
