"""All that was ever decided or proposed on one contribution."""

from uuid import UUID

from sqlalchemy import select as any_select
from sqlmodel import Session, col

from consult.models import Contribution, Disposition


def decisions_of(session: Session, contribution_id: UUID) -> list[tuple[Disposition, int | None]]:
    """The newest first, each with the number of what it calls the contribution a duplicate of."""
    chosen = (
        any_select(Disposition, col(Contribution.number))
        .outerjoin(Contribution, col(Contribution.id) == col(Disposition.duplicate_of_id))
        .where(col(Disposition.contribution_id) == contribution_id)
        .order_by(col(Disposition.proposed_at).desc())
    )
    return [(row[0], row[1]) for row in session.execute(chosen)]
