"""Publishing a draft with all that hangs on it: what is pending goes on to the new draft."""

from collections.abc import Iterable
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
    Outcome,
    ProposalKind,
)
from consult.queries.consultations import document_of, drafts_of
from consult.services.composing import unsettled_in
from consult.services.drafts import Act, publish, read_set
from core.errors import DomainError
from core.texts import lazy as _l


def publish_draft(session: Session, draft: Draft, act: Act) -> int:
    """Freeze a draft for ever, and carry what is pending over to it; how many were carried.

    Raises what `drafts.publish` raises, and `DomainError` where the change set follows amendments
    that conflict, without a text of the drafter's own.
    """
    conflicts = unsettled_in(session, draft)
    if conflicts:
        raise DomainError(
            _l(
                "In %(count)s paragraphs accepted amendments conflict. Write the text yourself, "
                "with a note that says how you settled it; then publish.",
                count=len(conflicts),
            )
        )
    publish(session, draft, act)
    return carry_over(session, draft)


def carry_over(session: Session, draft: Draft) -> int:
    """Say of each pending contribution how it fits a published draft; how many there are.

    Pending: admitted and without an approved decision, or decided to be carried over. Their own
    words never change. Done again, it says the same.
    """
    session.execute(delete(CarryOver).where(col(CarryOver.draft_id) == draft.id))
    chains = _chains(session, draft)
    after = document_of(draft)
    known: dict[tuple[UUID, Anchor], Carried] = {}
    rows = []
    for row in _pending(session, draft):
        chain = chains.get(row.draft_id)
        if chain is None:
            continue
        origin, steps = chain
        key = (row.draft_id, _anchor(row))
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


def _pending(session: Session, draft: Draft) -> Iterable[Row[Any]]:
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
    return session.execute(chosen)


def _anchor(row: Row[Any]) -> Anchor:
    """What a contribution speaks of; only other words for a paragraph have to be merged."""
    rewords = row.proposal_kind is ProposalKind.REPLACE
    return Anchor(row.lineage, row.language, row.quote, row.proposal if rewords else None)
