"""Duplicates of one another, gathered around the one that is decided on."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select as any_select
from sqlmodel import Session, col

from consult.models import Contribution, ContributionState, Disposition, DispositionState
from consult.queries.dispositions import Line, lines_of


@dataclass(frozen=True)
class Cluster:
    """A contribution with its duplicates, direct or through others, by number."""

    head: Line
    duplicates: list[Line]


def heads_in(session: Session, call_id: UUID) -> dict[UUID, UUID]:
    """Of each duplicate in a round the one it is a duplicate of: as approved, else as proposed."""
    chosen = (
        any_select(col(Disposition.contribution_id), col(Disposition.duplicate_of_id))
        .join(Contribution, col(Contribution.id) == col(Disposition.contribution_id))
        .where(
            col(Contribution.call_id) == call_id,
            col(Contribution.state) == ContributionState.ADMITTED,
            col(Disposition.state) != DispositionState.REPLACED,
            col(Disposition.duplicate_of_id).is_not(None),
        )
        .order_by(col(Disposition.state).desc())
    )
    return {row[0]: row[1] for row in session.execute(chosen)}


def clusters_of(session: Session, call_id: UUID, *, most: int = 100) -> list[Cluster]:
    """The clusters of a round, the largest first; at most so many."""
    heads = heads_in(session, call_id)
    gathered: dict[UUID, list[UUID]] = {}
    for one in heads:
        gathered.setdefault(head_of(one, heads), []).append(one)
    chosen = sorted(gathered.items(), key=lambda item: -len(item[1]))[:most]
    ids = [identity for head, others in chosen for identity in (head, *others)]
    lines = {line.contribution.id: line for line in lines_of(session, ids)}
    return [
        Cluster(lines[head], sorted((lines[one] for one in others), key=_number))
        for head, others in chosen
        if head in lines
    ]


def _number(line: Line) -> int:
    return line.contribution.number or 0


def head_of(identity: UUID, heads: dict[UUID, UUID]) -> UUID:
    """The one that is decided on in its place, through any number of steps; itself if none.

    `heads`: of each duplicate the one it is a duplicate of. Ends also where they form a circle.
    """
    seen = {identity}
    while (above := heads.get(identity)) is not None and above not in seen:
        seen.add(above)
        identity = above
    return identity
