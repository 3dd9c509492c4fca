"""Carrying over: what is pending goes on to the drafts that follow the one it speaks of.

Pending is what is admitted and without an approved decision, or decided to be carried over. It goes
on when a draft is published; what becomes pending later, then. Nobody's own words ever change.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, delete, insert, or_, select
from sqlmodel import Session, col

from consult.changes.carrying import Anchor, Carried, carry
from consult.changes.lineage import Fates, fates
from consult.models import (
    CarryOver,
    Consultation,
    Contribution,
    ContributionState,
    Disposition,
    DispositionState,
    Draft,
    DraftState,
    Outcome,
    ProposalKind,
)
from consult.queries.consultations import document_of, drafts_of
from consult.services.drafts import read_set


def carry_over(session: Session, draft: Draft, only: Collection[UUID] | None = None) -> int:
    """Say of each pending contribution how it fits a published draft; how many there are.

    `only`: of these. Done again, it says the same.
    """
    gone = delete(CarryOver).where(col(CarryOver.draft_id) == draft.id)
    if only is not None:
        gone = gone.where(col(CarryOver.contribution_id).in_(only))
    session.execute(gone)
    chains = _chains(session, draft)
    after = document_of(draft)
    known: dict[tuple[UUID, Anchor], Carried] = {}
    rows = []
    for row in _pending(session, draft, only):
        chain = chains.get(row.draft_id)
        if chain is None:
            continue
        origin, steps = chain
        key = (row.draft_id, anchor_of(row))
        if key not in known:
            known[key] = carry(key[1], document_of(origin), after, steps)
        found = known[key]
        rows.append({
            "contribution_id": row.id, "draft_id": draft.id, "fit": found.fit.value,
            "lineage": found.lineage, "proposal": found.proposal,
        })  # fmt: skip
    if rows:
        session.execute(insert(CarryOver), rows)
    session.flush()
    return len(rows)


def carry_late(session: Session, contributions: Sequence[Contribution]) -> None:
    """Carry what is pending only now to the drafts that were published meanwhile. Flushes.

    Whoever calls holds the consultation, so that no draft is being published at this moment.
    """
    session.flush()
    for identity in {one.consultation_id for one in contributions}:
        some = {one.id: one.draft_id for one in contributions if one.consultation_id == identity}
        earlier = select(col(Draft.number)).where(col(Draft.id).in_(set(some.values())))
        since = session.scalars(earlier.order_by(col(Draft.number)).limit(1)).one()
        later = (
            select(Draft)
            .where(
                col(Draft.consultation_id) == identity,
                col(Draft.state) == DraftState.PUBLISHED,
                col(Draft.number) > since,
            )
            .execution_options(populate_existing=True)
        )
        for draft in session.scalars(later).all():
            carry_over(session, draft, list(some))


def _chains(session: Session, draft: Draft) -> dict[UUID, tuple[Draft, list[Fates]]]:
    """For each draft before: itself, and the fates of the change sets that lead on from it."""
    consultation = session.get_one(Consultation, draft.consultation_id)
    earlier = [one for one in drafts_of(session, consultation) if one.number <= draft.number]
    found: dict[UUID, tuple[Draft, list[Fates]]] = {}
    steps: list[Fates] = []
    for one in reversed(earlier):
        if one.id != draft.id:
            found[one.id] = (one, list(steps))
        steps.insert(0, fates(read_set(session, one)))
    return found


def _pending(session: Session, draft: Draft, only: Collection[UUID] | None) -> Iterable[Row[Any]]:
    approved = and_(
        col(Disposition.contribution_id) == col(Contribution.id),
        col(Disposition.state) == DispositionState.APPROVED,
    )
    chosen = (
        select(
            col(Contribution.id), col(Contribution.draft_id), col(Contribution.lineage),
            col(Contribution.language), col(Contribution.quote), col(Contribution.proposal),
            col(Contribution.proposal_kind),
        )
        .outerjoin(Disposition, approved)
        .where(
            col(Contribution.consultation_id) == draft.consultation_id,
            col(Contribution.state) == ContributionState.ADMITTED,
            or_(col(Disposition.id).is_(None), col(Disposition.outcome) == Outcome.CARRIED_OVER),
        )
    )  # fmt: skip
    if only is not None:
        chosen = chosen.where(col(Contribution.id).in_(only))
    return session.execute(chosen)


def anchor_of(one: Row[Any] | Contribution) -> Anchor:
    """What a contribution speaks of; only other words for a paragraph have to be merged."""
    rewords = one.proposal_kind is ProposalKind.REPLACE
    deletes = one.proposal_kind is ProposalKind.DELETE
    proposal = one.proposal if rewords else None
    return Anchor(one.lineage, one.language, one.quote, proposal, deletes)
