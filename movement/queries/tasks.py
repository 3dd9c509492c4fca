"""What rounds ask of organisations, as the home page lists it. Surveys list their own waves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select as any_select
from sqlmodel import Session, col

from core.texts import Lazy
from movement.awaiting import awaited
from movement.deadlines import days_left, is_open
from movement.models import Approval, Call, CallKind, Organisation, Participation
from movement.queries.approvals import waiting_for


@dataclass(frozen=True)
class Task:
    """A round that an organisation was invited to, has begun to answer, or is waited for in.

    `waiting`: what a second person may approve. `awaits`: what else the round waits for from it.
    """

    call: Call
    organisation: Organisation
    part: Participation
    open: bool
    days_left: int
    waiting: Approval | None
    awaits: tuple[Lazy, ...]


def tasks_of(session: Session, organisation_ids: Collection[UUID], *, now: datetime) -> list[Task]:
    """The rounds that ask these organisations: the open first, by days left; no test runs."""
    if not organisation_ids:
        return []
    asked = (
        any_select(Call, Organisation, Participation)
        .select_from(Participation)
        .join(Call, col(Call.id) == col(Participation.call_id))
        .join(Organisation, col(Organisation.id) == col(Participation.organisation_id))
        .where(
            col(Participation.organisation_id).in_(organisation_ids),
            col(Call.kind) != CallKind.SURVEY,
            col(Call.archived_at).is_(None),
            col(Call.test).is_(False),
        )
        .order_by(col(Call.code), col(Organisation.code))
    )
    waiting = {
        (one.call_id, one.organisation_id): one for one in waiting_for(session, organisation_ids)
    }
    found = []
    for call, organisation, part in session.execute(asked):
        still_open = is_open(call, organisation.timezone, now)
        awaits = awaited(session, call, organisation) if still_open else ()
        if not (part.invited_at or part.started_at or part.submitted_at or awaits):
            continue
        found.append(
            Task(
                call=call,
                organisation=organisation,
                part=part,
                open=still_open,
                days_left=days_left(call.closes_on, organisation.timezone, now),
                waiting=waiting.get((call.id, organisation.id)),
                awaits=awaits,
            )
        )
    return sorted(found, key=lambda task: (not task.open, task.days_left))
