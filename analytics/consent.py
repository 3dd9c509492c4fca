"""Who agreed to be quoted, and how.

By convention a questionnaire asks for it with the question `consent_quote`: `named` allows quoting
with the organisation's name, `unnamed` without it; anything else, and silence, allows nothing.
"""

from collections.abc import Iterable
from enum import StrEnum

from analytics.frame import Answered
from surveys.definition import Questionnaire

QUESTION = "consent_quote"


class Consent(StrEnum):
    """How an organisation's own words may be shown."""

    NAMED = "named"
    UNNAMED = "unnamed"
    NO = "no"


def consent_of(response: Answered) -> Consent:
    """What an organisation agreed to."""
    given = response.answer(QUESTION)
    return Consent(given) if given in list(Consent) else Consent.NO


def named(questionnaire: Questionnaire, responses: Iterable[Answered]) -> frozenset[str]:
    """The organisations that may be named; nobody where the questionnaire doesn't ask."""
    if QUESTION not in questionnaire.by_code:
        return frozenset()
    return frozenset(r.organisation for r in responses if consent_of(r) is Consent.NAMED)
