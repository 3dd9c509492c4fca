"""Calls, what stands ready for them, and who belongs to a frame."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import (
    Admission,
    Call,
    CallKind,
    CallMessage,
    CallState,
    MessageKind,
    Organisation,
    OrganisationKind,
    ReminderStep,
)


def find_call(session: Session, code: str) -> Call | None:
    """The call with this code, or None."""
    return session.scalars(select(Call).where(Call.code == code)).one_or_none()


def get_call(session: Session, code: str) -> Call:
    """The call with this code; raises `NotFound`."""
    call = find_call(session, code)
    if call is None:
        raise NotFound(_l("There is no wave or round with the code %(code)s.", code=code))
    return call


def calls(session: Session, *, archived: bool = False) -> list[Call]:
    """Every call but test runs, the latest closing first: those worked with, or the archived."""
    chosen = select(Call).where(
        col(Call.test).is_(False), col(Call.archived_at).is_not(None) == archived
    )
    return list(session.scalars(chosen.order_by(col(Call.closes_on).desc(), Call.code)))


def open_calls(session: Session, *, kind: CallKind | None = None) -> list[Call]:
    """The calls (of one kind) opened and not yet closed, by code; test runs are none."""
    chosen = select(Call).where(Call.state == CallState.OPEN, col(Call.test).is_(False))
    if kind:
        chosen = chosen.where(Call.kind == kind)
    return list(session.scalars(chosen.order_by(Call.code)))


def members_on(session: Session, day: date) -> list[Organisation]:
    """The National Societies that were members on a day (first and last day included), by code."""
    held = (
        select(Admission.organisation_id)
        .where(or_(col(Admission.from_date).is_(None), col(Admission.from_date) <= day))
        .where(or_(col(Admission.until_date).is_(None), col(Admission.until_date) >= day))
    )
    members = (
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.NATIONAL_SOCIETY)
        .where(col(Organisation.id).in_(held))
        .order_by(Organisation.code)
    )
    return list(session.scalars(members))


def steps_of(session: Session, call_id: UUID) -> list[int]:
    """The days before the closing date on which reminders go out, the earliest reminder first."""
    steps = (
        select(ReminderStep.days_before)
        .where(ReminderStep.call_id == call_id)
        .order_by(col(ReminderStep.days_before).desc())
    )
    return list(session.scalars(steps))


def messages_of(session: Session, call_id: UUID) -> dict[tuple[MessageKind, str], CallMessage]:
    """The texts of a call's mails by kind and language."""
    rows = session.scalars(select(CallMessage).where(CallMessage.call_id == call_id))
    return {(row.kind, row.language): row for row in rows}
