"""Which questions are asked at a questionnaire's top, as conditions and the answers so far decide.

What repeats ask in each item stands in their places (`surveys.logic.working`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from surveys.definition import Questionnaire
from surveys.logic.places import Visibility
from surveys.logic.working import Worked


def visibility(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, now: datetime | None = None
) -> dict[str, Visibility]:
    """Each question's visibility, in the order asked.

    A question is undetermined while an answer still to come could change whether it is asked: one
    of a question that is shown, or may yet be, and has no answer. What is hidden counts as empty.
    """
    place = Worked(questionnaire, answers, final=False, now=now).top
    return {code: place.seen(code) for code in place.codes}


def shown_codes(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, now: datetime | None = None
) -> frozenset[str]:
    """The codes of the questions asked when these answers are final: what is missing is empty."""
    place = Worked(questionnaire, answers, final=True, now=now).top
    return frozenset(code for code in place.codes if place.shown(code))
