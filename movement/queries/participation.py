"""Who takes part in a call, how far they are, and whom to write to.

What the states mean in counts: `invited` is how many were ever invited; opened, in progress,
submitted and declined are those now in that state, so no organisation is in two of them. Only the
frame is counted: the Federation and the Committee take part and are never in N.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from movement.deadlines import state_at
from movement.models import (
    Assignment,
    Call,
    Organisation,
    Participation,
    ParticipationState,
    Person,
    Region,
    Role,
)
from movement.queries.directory import regions

COUNTED = (
    ParticipationState.OPENED,
    ParticipationState.IN_PROGRESS,
    ParticipationState.SUBMITTED,
    ParticipationState.DECLINED,
)
FINISHED = (ParticipationState.SUBMITTED, ParticipationState.DECLINED)
_CONTACT_ROLES = (Role.FOCAL_POINT, Role.APPROVER)


@dataclass(frozen=True, eq=False)  # told apart by what it is, not by its rows
class Participant:
    """An organisation with its part in a call."""

    part: Participation
    organisation: Organisation


@dataclass(frozen=True)
class Contact:
    """Somebody to write to for an organisation. `language`: their own, None if not chosen."""

    person_id: UUID
    organisation_id: UUID
    email: str
    name: str
    language: str | None


def participants(
    session: Session,
    call_id: UUID,
    *,
    region: str = "",
    state: ParticipationState | None = None,
    outstanding: bool = False,
) -> list[Participant]:
    """Who takes part, by region and code; `outstanding`: invited, and not finished."""
    chosen = (
        select(Participation, Organisation)
        .join(Organisation)
        .outerjoin(Region, col(Region.code) == col(Participation.region_code))
        .where(Participation.call_id == call_id)
        .order_by(col(Participation.in_frame).desc(), col(Region.position), Organisation.code)
    )
    if region:
        chosen = chosen.where(Participation.region_code == region)
    if state:
        chosen = chosen.where(Participation.state == state)
    if outstanding:
        chosen = chosen.where(
            col(Participation.invited_at).is_not(None), col(Participation.state).not_in(FINISHED)
        )
    return [Participant(part, organisation) for part, organisation in session.execute(chosen)]


def contacts_of(session: Session, organisation_ids: Collection[UUID]) -> dict[UUID, list[Contact]]:
    """Whom to write to, by organisation: its focal points, else its approvers; by address."""
    held = (
        select(Assignment, Person)
        .join(Person)
        .where(
            col(Assignment.organisation_id).in_(organisation_ids),
            col(Assignment.role).in_(_CONTACT_ROLES),
            col(Assignment.ended_at).is_(None),
            col(Person.removed_at).is_(None),
        )
        .order_by(Person.email)
    )
    found: dict[UUID, dict[Role, dict[UUID, Contact]]] = {}
    for held_role, person in session.execute(held):
        at = held_role.organisation_id
        of_role = found.setdefault(at, {}).setdefault(held_role.role, {})
        of_role[person.id] = Contact(person.id, at, person.email, person.name, person.language)
    return {
        organisation_id: list((roles.get(Role.FOCAL_POINT) or roles[Role.APPROVER]).values())
        for organisation_id, roles in found.items()
    }


def contact_list(
    session: Session, chosen: Collection[Participant]
) -> list[tuple[Participant, list[Contact]]]:
    """Each with its contacts, which may be none."""
    found = contacts_of(session, [one.organisation.id for one in chosen])
    return [(one, found.get(one.organisation.id, [])) for one in chosen]


def counts(session: Session, call_id: UUID) -> list[dict[str, Any]]:
    """A row per region, in the regions' order: its code, N, invited, and the states' numbers."""
    part = Participation
    rows = session.execute(
        any_select(
            col(part.region_code), col(part.state), func.count(), func.count(col(part.invited_at))
        )
        .where(col(part.call_id) == call_id, col(part.in_frame).is_(True))
        .group_by(col(part.region_code), col(part.state))
    )
    by_region: dict[str | None, dict[str, Any]] = {
        region.code: {"region": region.code, "N": 0, "invited": 0, **dict.fromkeys(COUNTED, 0)}
        for region in regions(session)
    }
    for region_code, state, number, invited in rows:
        row = by_region[region_code]
        row["N"] += number
        row["invited"] += invited
        if state in COUNTED:
            row[state] += number
    return [{str(key): value for key, value in row.items()} for row in by_region.values()]


def status(session: Session, call: Call, *, now: datetime) -> dict[str, Any]:
    """How a call stands, as `flask surveys status` prints it."""
    by_region = counts(session, call.id)
    return {
        "code": call.code,
        "state": state_at(call, now).value,
        "closes": call.closes_on.isoformat(),
        "N": sum(row["N"] for row in by_region),
        "invited": sum(row["invited"] for row in by_region),
        "submitted": sum(row["submitted"] for row in by_region),
        "regions": by_region,
    }
