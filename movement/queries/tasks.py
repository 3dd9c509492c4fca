"""What rounds ask of organisations, as the home page lists it. Surveys list their own waves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select as any_select
from sqlmodel import Session, col

from movement.deadlines import days_left, is_open
from movement.models import Approval, Call, CallKind, Organisation, Participation
from movement.queries.approvals import waiting_for


@dataclass(frozen=True)
class Task:
    """A round that has invited an organisation. `waiting`: what a second person may approve."""

    call: Call
    organisation: Organisation
    part: Participation
    open: bool
    days_left: int
    waiting: Approval | None


def tasks_of(session: Session, organisation_ids: Collection[UUID], *, now: datetime) -> list[Task]:
    """The rounds that invited these organisations: the open first, by days left; no test runs."""
    if not organisation_ids:
        return []
    asked = (
        any_select(Call, Organisation, Participation)
        .select_from(Participation)
        .join(Call, col(Call.id) == col(Participation.call_id))
        .join(Organisation, col(Organisation.id) == col(Participation.organisation_id))
        .where(
            col(Participation.organisation_id).in_(organisation_ids),
            col(Participation.invited_at).is_not(None),
            col(Call.kind) != CallKind.SURVEY,
            col(Call.archived_at).is_(None),
            col(Call.test).is_(False),
        )
        .order_by(col(Call.code), col(Organisation.code))
    )
    waiting = {
        (one.call_id, one.organisation_id): one for one in waiting_for(session, organisation_ids)
    }
    found = [
        Task(
            call=call,
            organisation=organisation,
            part=part,
            open=is_open(call, organisation.timezone, now),
            days_left=days_left(call.closes_on, organisation.timezone, now),
            waiting=waiting.get((call.id, organisation.id)),
        )
        for call, organisation, part in session.execute(asked)
    ]
    return sorted(found, key=lambda task: (not task.open, task.days_left))
