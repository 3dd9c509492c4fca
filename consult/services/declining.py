"""Saying that an organisation won't contribute to a round, and taking that back.

Its part is locked and read anew first: a colleague may be submitting at the same moment. Whether
somebody may say so for the organisation is the caller's question.
"""

from datetime import datetime

from sqlmodel import Session

from consult.queries.voices import Voice
from consult.services.contributions import noted, refuse_over
from movement.services import participation

LONGEST_REASON = 500


def decline(session: Session, voice: Voice, reason: str, *, now: datetime) -> None:
    """No contribution will come. Flushes.

    Raises `Over`, `Conflict` once one was submitted, and `DomainError` for too long a reason.
    """
    refuse_over(voice, now)
    session.refresh(voice.part, with_for_update=True)
    participation.declined(session, voice.part, noted(reason, LONGEST_REASON), now=now)
    session.flush()


def undecline(session: Session, voice: Voice, *, now: datetime) -> None:
    """They will contribute after all. Flushes. Raises `Over`."""
    refuse_over(voice, now)
    session.refresh(voice.part, with_for_update=True)
    participation.undeclined(voice.part, now=now)
    session.flush()
