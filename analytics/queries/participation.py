"""Who takes part in a wave and how far they are, for the grid of tiles and the timeline."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from analytics.queries.waves import WaveData
from movement.deadlines import state_at
from movement.models import CallState, ParticipationState
from movement.queries.participation import participants
from surveys.definition import Texts

LONGEST = 120
"""Days shown one by one; a longer wave shows only those with answers."""


@dataclass(frozen=True)
class Member:
    """A member of the frame. `state`: as the grid of tiles names it; `place`: column and row."""

    organisation_id: UUID
    code: str
    names: Texts
    region: str
    state: str
    place: tuple[int, int] | None


def members_of(session: Session, wave: WaveData, *, now: datetime) -> list[Member]:
    """The members of the frame, by region and code.

    Who has answered is told by the responses themselves, as everywhere. Once the wave is closed,
    who was asked and has not answered counts as silent.
    """
    over = state_at(wave.call, now) is CallState.CLOSED
    answered = {given.organisation_id for given in wave.given}
    found = []
    for one in participants(session, wave.call.id):
        if not one.part.in_frame:
            continue
        organisation = one.organisation
        column, row = organisation.tile_column, organisation.tile_row
        found.append(
            Member(
                organisation_id=organisation.id,
                code=organisation.code,
                names=organisation.names,
                region=one.part.region_code or "",
                state="submitted"
                if organisation.id in answered
                else _state(one.part.state, over=over),
                place=None if column is None or row is None else (column, row),
            )
        )
    return found


def answered_by_day(wave: WaveData) -> list[tuple[date, int]]:
    """How many members answered on each day (UTC), from the opening to the last answer."""
    days = Counter(
        given.submitted_at.date() for given in wave.given if given.in_frame and given.submitted_at
    )
    if not days:
        return []
    opened = wave.call.opened_at
    first = min(*days, opened.date()) if opened else min(days)
    length = (max(days) - first).days + 1
    if length > LONGEST:
        return sorted(days.items())
    every = [first + timedelta(days=number) for number in range(length)]
    return [(day, days[day]) for day in every]


def _state(state: ParticipationState, *, over: bool) -> str:
    if state is ParticipationState.LISTED:
        return "not_invited"
    if state is ParticipationState.IN_PROGRESS:
        return state.value
    return "silent" if over or state is ParticipationState.DECLINED else "invited"
