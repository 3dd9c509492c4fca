"""What became of an organisation's words: the decision, the reason, the final wording."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from consult.changes.lineage import Fates, blocks_now, fates
from consult.changes.operations import OPERATION, made
from consult.models import (
    OFFICIAL,
    Contribution,
    Disposition,
    DispositionState,
    Draft,
    DraftOperation,
    OperationSource,
)
from consult.queries.consultations import document_of, drafts_of, operations_of, published
from consult.queries.voices import Voice
from consult.text.document import Block


@dataclass(frozen=True)
class Became:
    """One contribution and what became of it.

    `decision`: the approved one, or None before the round has ended. `after`: the draft published
    last, where that is a later one; `blocks`: of it, what its paragraph is now and what was made
    of the contribution. `same_as`: the number of the contribution decided on instead.
    """

    one: Contribution
    decision: Disposition | None = None
    same_as: int | None = None
    after: Draft | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def gone(self) -> bool:
        """Whether its paragraph is not in the later draft any more."""
        return self.after is not None and self.one.lineage is not None and not self.blocks


def became_of(session: Session, voice: Voice) -> list[Became]:
    """All that an organisation submitted in a round, by number, with what became of it.

    Decisions stand there once the round has ended: before, they can still be replaced.
    """
    chosen = select(Contribution).where(
        Contribution.call_id == voice.call.id,
        Contribution.organisation_id == voice.organisation.id,
        col(Contribution.state).in_(OFFICIAL),
    )
    rows = list(session.scalars(chosen.order_by(col(Contribution.number))))
    ended = voice.round.closed_at is not None
    decisions = _decisions(session, [one.id for one in rows]) if ended else {}
    heads = _numbers(session, [d.duplicate_of_id for d in decisions.values() if d.duplicate_of_id])
    after, chain = _later(session, voice)
    new = _made_of(session, [one.id for one in rows]) if after else {}
    return [
        Became(
            one,
            decision := decisions.get(one.id),
            heads.get(decision.duplicate_of_id) if decision and decision.duplicate_of_id else None,
            after,
            blocks_now(_places(one, new), chain, document_of(after)) if after else [],
        )
        for one in rows
    ]


def _decisions(session: Session, ids: Collection[UUID]) -> dict[UUID, Disposition]:
    chosen = select(Disposition).where(
        col(Disposition.contribution_id).in_(ids), Disposition.state == DispositionState.APPROVED
    )
    return {one.contribution_id: one for one in session.scalars(chosen)}


def _numbers(session: Session, ids: Collection[UUID]) -> dict[UUID, int | None]:
    rows = session.execute(
        any_select(col(Contribution.id), col(Contribution.number)).where(
            col(Contribution.id).in_(ids)
        )
    )
    return {identity: number for identity, number in rows}  # noqa: C416 -- rows are no pairs to mypy


def _later(session: Session, voice: Voice) -> tuple[Draft | None, list[Fates]]:
    """The newest published draft after the round's, with what became of paragraphs on the way."""
    drafts = published(drafts_of(session, voice.consultation))
    later = [draft for draft in drafts if draft.number > voice.draft.number]
    if not later:
        return None, []
    sets = [[OPERATION.validate_python(row.operation) for row in operations_of(session, draft)]
            for draft in later]  # fmt: skip
    return later[-1], [fates(operations) for operations in sets]


def _made_of(session: Session, ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The paragraphs that operations made because of these contributions."""
    rows = session.execute(
        any_select(col(OperationSource.contribution_id), col(DraftOperation.operation))
        .join(DraftOperation, col(DraftOperation.id) == col(OperationSource.operation_id))
        .where(col(OperationSource.contribution_id).in_(ids))
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for identity, operation in rows:
        found[identity] += [one.lineage for one in made(OPERATION.validate_python(operation))]
    return found


def _places(one: Contribution, new: Mapping[UUID, list[UUID]]) -> list[UUID]:
    """The paragraph that a contribution speaks of, and those made because of it."""
    return [*([one.lineage] if one.lineage else ()), *new.get(one.id, ())]
