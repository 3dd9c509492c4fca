"""What was heard in a round: positions, amendments and speakers, counted by the database.

What stands counts: submitted or admitted, not replaced by a later position. No words are read.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import case, func
from sqlalchemy import select as any_select
from sqlmodel import Session, col

from consult.models import STANDING, Contribution, Stance
from movement.models import Participation

T = TypeVar("T")
Region = str | None
"""The region of a member of the round's frame; None for other voices."""
_REGION = case((col(Participation.in_frame), col(Participation.region_code)), else_=None)


@dataclass(frozen=True)
class Heard:
    """Numbers of a round, by paragraph (None: the whole text) and region.

    `spoke`, `took`: by region, how many members said anything, and took a position.
    """

    positions: Mapping[UUID | None, Mapping[Region, Counter[Stance]]]
    amendments: Mapping[UUID | None, Counter[Region]]
    spoke: Mapping[str, int]
    took: Mapping[str, int]

    def of_members(self) -> "Heard":
        """The same of members of the frame alone."""
        positions = {key: _members(found) for key, found in self.positions.items()}
        amendments = {key: Counter(_members(found)) for key, found in self.amendments.items()}
        positions = {key: found for key, found in positions.items() if found}
        return Heard(positions, amendments, self.spoke, self.took)


def _members(found: Mapping[Region, T]) -> dict[Region, T]:
    return {region: value for region, value in found.items() if region}


def standing_in(call_id: UUID, *columns: Any) -> Any:
    """A select of what stands in the round of this call, beside who said it took part as what."""
    return (
        any_select(*columns)
        .select_from(Contribution)
        .outerjoin(
            Participation,
            (col(Participation.call_id) == col(Contribution.call_id))
            & (col(Participation.organisation_id) == col(Contribution.organisation_id)),
        )
        .where(
            col(Contribution.call_id) == call_id,
            col(Contribution.state).in_(STANDING),
            col(Contribution.is_current),
        )
    )


def members_heard(session: Session, call_id: UUID) -> int:
    """How many members of the frame said anything that stands in the round of this call."""
    speakers = func.count(col(Contribution.organisation_id).distinct())
    counted = standing_in(call_id, speakers).where(col(Participation.in_frame))
    return int(session.scalar(counted) or 0)


def heard_in(session: Session, call_id: UUID) -> Heard:
    """What was heard in the round of this call."""
    positions: dict[UUID | None, dict[Region, Counter[Stance]]] = defaultdict(dict)
    amendments: dict[UUID | None, Counter[Region]] = defaultdict(Counter)
    amends = col(Contribution.proposal_kind).is_not(None)
    by = (col(Contribution.lineage), _REGION, col(Contribution.stance), amends)
    for lineage, region, stance, is_amendment, number in session.execute(
        standing_in(call_id, *by, func.count()).group_by(*by)
    ):
        if stance is not None:
            positions[lineage].setdefault(region, Counter())[stance] += number
        if is_amendment:
            amendments[lineage][region] += number
    who = col(Contribution.organisation_id)
    took = case((col(Contribution.stance).is_not(None), who), else_=None)
    chosen = standing_in(call_id, _REGION, func.count(who.distinct()), func.count(took.distinct()))
    speakers = {row[0]: row[1:] for row in session.execute(chosen.group_by(_REGION)) if row[0]}
    return Heard(
        positions,
        amendments,
        {region: numbers[0] for region, numbers in speakers.items()},
        {region: numbers[1] for region, numbers in speakers.items()},
    )
