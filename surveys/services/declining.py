"""An organisation says that it won't answer, or takes that back. Callers commit."""

from datetime import datetime

from sqlmodel import Session

from movement.services import participation
from surveys.queries.responses import Asked
from surveys.services.responses import refuse_closed


def decline(session: Session, asked: Asked, reason: str, *, now: datetime) -> None:
    """The organisation won't answer. Raises Closed after the deadline, Conflict once submitted."""
    refuse_closed(asked, now)
    part = participation.held(session, asked.participation)
    participation.declined(session, part, reason, now=now)
    session.flush()


def undecline(session: Session, asked: Asked, *, now: datetime) -> None:
    """The organisation will answer after all. Raises Closed after the deadline. Flushes."""
    refuse_closed(asked, now)
    participation.undeclined(participation.held(session, asked.participation), now=now)
    session.flush()
