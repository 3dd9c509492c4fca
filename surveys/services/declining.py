"""An organisation says that it won't answer, or takes that back. Callers commit."""

from datetime import datetime

from sqlmodel import Session, col, select

from movement.models import Participation
from movement.services import participation
from surveys.queries.responses import Asked
from surveys.services.responses import refuse_closed


def decline(session: Session, asked: Asked, reason: str, *, now: datetime) -> None:
    """The organisation won't answer. Raises Closed after the deadline, Conflict once submitted."""
    refuse_closed(asked, now)
    participation.declined(session, _locked_part(session, asked), reason, now=now)
    session.flush()


def undecline(session: Session, asked: Asked, *, now: datetime) -> None:
    """The organisation will answer after all. Raises Closed after the deadline. Flushes."""
    refuse_closed(asked, now)
    participation.undeclined(_locked_part(session, asked), now=now)
    session.flush()


def _locked_part(session: Session, asked: Asked) -> Participation:
    return session.exec(
        select(Participation)
        .where(col(Participation.id) == asked.participation.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
