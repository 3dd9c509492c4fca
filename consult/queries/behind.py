"""What is told of the contributions behind operations: who asked, and what was approved on it.

A change set may rest on thousands of them; of each only what a sentence needs is read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from consult.models import OFFICIAL, Contribution, Disposition, DispositionState
from consult.queries.compiled import Decided, sponsors_of
from movement.models import Organisation
from movement.words import name_of


@dataclass(frozen=True)
class Behind:
    """A contribution behind an operation.

    `contributor`: with its confirmed co-sponsors; `decided`: what was approved, if it was.
    """

    number: int
    call_id: UUID
    contributor: str
    language: str
    decided: Decided | None


def contributions_behind(
    session: Session, language: str, sources: Collection[UUID]
) -> dict[UUID, Behind]:
    """The contributions with these ids as far as they were submitted; names in a language."""
    this = col(Contribution.id)
    chosen = (
        any_select(
            this, col(Contribution.number), col(Contribution.call_id),
            col(Contribution.organisation_id), col(Contribution.language),
            col(Disposition.outcome), col(Disposition.reasons),
        )
        .outerjoin(
            Disposition,
            (col(Disposition.contribution_id) == this)
            & (col(Disposition.state) == DispositionState.APPROVED),
        )
        .where(this.in_(sources), col(Contribution.state).in_(OFFICIAL))
    )  # fmt: skip
    rows = list(session.execute(chosen))
    spoke = select(Organisation).where(
        col(Organisation.id).in_({row.organisation_id for row in rows})
    )
    names = {one.id: name_of(one, language) for one in session.scalars(spoke)}
    confirmed = sponsors_of(session, language, col(Contribution.id).in_(sources))
    found = {}
    for identity, number, call, organisation, own, outcome, reasons in rows:
        contributor = "; ".join([names[organisation], *confirmed.get(identity, ())])
        decided = Decided(outcome, reasons, None, approved=True) if outcome else None
        found[identity] = Behind(number or 0, call, contributor, own, decided)
    return found
