"""Duplicates: one contribution decided on in place of others. They form trees, never a circle.

Edges are the dispositions that stand, approved or proposed: whoever approves a proposal later can't
close a circle by it.
"""

from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from consult.models import (
    Contribution,
    ContributionState,
    Disposition,
    DispositionState,
    Outcome,
)
from consult.services.drafts import hold_consultation
from core.errors import DomainError
from core.texts import lazy as _l


class Circle(DomainError):
    """A contribution would, by way of others, be a duplicate of itself."""


def check_head(
    session: Session, contribution: Contribution, head_id: UUID | None, *, lock: bool = True
) -> Contribution:
    """The contribution that another is to be a duplicate of.

    Holds the consultation's duplicates until the commit, so that no two officers can make a circle
    between them. Raises `DomainError` for what is not admitted in this consultation, `Circle`.
    """
    if lock:
        hold_consultation(session, contribution.consultation_id)
    head = session.get(Contribution, head_id, populate_existing=True) if head_id else None
    if (
        head is None
        or head.consultation_id != contribution.consultation_id
        or head.state is not ContributionState.ADMITTED
    ):
        raise DomainError(
            _l("Say of which contribution it is a duplicate: the number of an admitted one.")
        )
    if head.id == contribution.id or reaches(session, head.id, contribution.id):
        raise Circle(
            _l(
                "Contribution %(one)s can't be a duplicate of %(other)s: %(other)s is itself, "
                "directly or by way of others, a duplicate of %(one)s.",
                one=contribution.number, other=head.number,
            )
        )  # fmt: skip
    return head


def adrift() -> SelectOfScalar[UUID]:
    """A select of the approved duplicates that lead to one without an approved disposition."""
    head, heads_own = aliased(Contribution), aliased(Disposition)
    decided = (
        select(heads_own.id)
        .where(
            col(heads_own.contribution_id) == col(head.id),
            col(heads_own.state) == DispositionState.APPROVED,
        )
        .exists()
    )
    return (
        select(Contribution.id)
        .join(Disposition, col(Disposition.contribution_id) == col(Contribution.id))
        .outerjoin(head, col(head.id) == col(Disposition.duplicate_of_id))
        .where(
            Contribution.state == ContributionState.ADMITTED,
            Disposition.state == DispositionState.APPROVED,
            Disposition.outcome == Outcome.DUPLICATE,
            col(head.id).is_(None) | (col(head.state) != ContributionState.ADMITTED) | ~decided,
        )
    )


def reaches(session: Session, start: UUID, goal: UUID) -> bool:
    """Whether one contribution is, in any number of steps, a duplicate of another."""
    seen: set[UUID] = set()
    edge = {start}
    while edge:
        if goal in edge:
            return True
        seen |= edge
        edge = _heads(session, edge) - seen
    return False


def _heads(session: Session, ids: set[UUID]) -> set[UUID]:
    chosen = select(col(Disposition.duplicate_of_id)).where(
        col(Disposition.contribution_id).in_(ids),
        col(Disposition.state) != DispositionState.REPLACED,
        col(Disposition.duplicate_of_id).is_not(None),
    )
    return {one for one in session.scalars(chosen) if one is not None}
