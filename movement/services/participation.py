"""An organisation's way through a call. The only place that changes a participation's state.

The states exclude each other: listed, invited, opened, in progress, submitted, declined. Each
change keeps the moment it happened; none is undone by a later, lesser one (opening the page again
after submitting changes nothing).
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from core import outbox
from core.errors import Conflict
from core.texts import lazy as _l
from movement.models import MessageKind, Participation, ParticipationState

BEFORE_OPENING = (ParticipationState.LISTED, ParticipationState.INVITED)
BEFORE_STARTING = (*BEFORE_OPENING, ParticipationState.OPENED, ParticipationState.DECLINED)


def find(session: Session, call_id: UUID, organisation_id: UUID) -> Participation | None:
    """The organisation's part in the call, or None if it has none."""
    return session.scalars(
        select(Participation).where(
            Participation.call_id == call_id, Participation.organisation_id == organisation_id
        )
    ).one_or_none()


def held(session: Session, part: Participation) -> Participation:
    """The part as it is now; nobody else changes it until the commit."""
    return session.get_one(Participation, part.id, with_for_update=True, populate_existing=True)


def opened(part: Participation, *, now: datetime) -> None:
    """Somebody of the organisation looked at what is asked.

    Others may be submitting at that moment: `held` comes first.
    """
    part.opened_at = part.opened_at or now
    if part.state in BEFORE_OPENING:
        part.state = ParticipationState.OPENED


def started(part: Participation, *, now: datetime) -> None:
    """A first answer was saved. An organisation that had declined has thereby changed its mind."""
    part.started_at = part.started_at or now
    if part.state in BEFORE_STARTING:
        part.state = ParticipationState.IN_PROGRESS
        _no_longer_declined(part)


def submitted(session: Session, part: Participation, *, now: datetime) -> None:
    """The response was submitted: reminders still waiting in the outbox are cancelled."""
    part.started_at = part.started_at or now
    part.submitted_at = now
    part.state = ParticipationState.SUBMITTED
    _no_longer_declined(part)
    outbox.cancel(session, about_id=part.id, purpose=MessageKind.REMINDER)


def reopened(part: Participation, *, now: datetime) -> None:
    """The response was taken up again: it is in progress, and counts as not submitted."""
    part.started_at = part.started_at or now
    if part.state is ParticipationState.SUBMITTED:
        part.state = ParticipationState.IN_PROGRESS
        part.submitted_at = None


def declined(session: Session, part: Participation, reason: str, *, now: datetime) -> None:
    """The organisation won't answer: no more reminders. Raises `Conflict` once submitted."""
    if part.state is ParticipationState.SUBMITTED:
        raise Conflict(_l("The answer is submitted already. Reopen it before declining."))
    part.state = ParticipationState.DECLINED
    part.declined_at, part.decline_reason = now, reason
    outbox.cancel(session, about_id=part.id, purpose=MessageKind.REMINDER)


def undeclined(part: Participation, *, now: datetime) -> None:
    """The organisation will answer after all: it has the page open, or had begun."""
    if part.state is not ParticipationState.DECLINED:
        return
    part.opened_at = part.opened_at or now
    started = part.started_at is not None
    part.state = ParticipationState.IN_PROGRESS if started else ParticipationState.OPENED
    _no_longer_declined(part)


def invited(part: Participation, *, now: datetime) -> None:
    """The organisation was asked to answer. The first time counts."""
    part.invited_at = part.invited_at or now
    if part.state is ParticipationState.LISTED:
        part.state = ParticipationState.INVITED


def _no_longer_declined(part: Participation) -> None:
    part.declined_at, part.decline_reason = None, ""
