"""Contributions as those who write the next draft need them: decided on, taken. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, and_, col, or_, select

from consult.changes.carrying import Fit
from consult.changes.composing import Way
from consult.changes.taking import Accepted
from consult.models import (
    CarryOver,
    Contribution,
    ContributionKind,
    ContributionState,
    Disposition,
    DispositionState,
    Draft,
    DraftOperation,
    OperationSource,
    Outcome,
    ProposalKind,
)
from movement.models import Organisation

TAKEN_OVER = (Outcome.ACCEPTED, Outcome.PARTLY)


@dataclass(frozen=True)
class Decided:
    """A contribution with its approved decision, where there is one, and who gave it.

    `fit`, `lineage`, `proposal`: how it stands to the draft that was asked about.
    """

    contribution: Contribution
    organisation: Organisation
    disposition: Disposition | None
    fit: Fit
    lineage: UUID | None
    proposal: str | None

    @property
    def taken_over(self) -> bool:
        """Whether it was accepted, wholly or partly."""
        return self.disposition is not None and self.disposition.outcome in TAKEN_OVER

    @property
    def amends(self) -> bool:
        """Whether it proposes words, or that a paragraph goes."""
        return self.contribution.kind is ContributionKind.AMENDMENT

    @property
    def accepted(self) -> Accepted | None:
        """As an accepted amendment; None if it proposes nothing or of a paragraph that is gone."""
        one = self.contribution
        if not self.amends or self.lineage is None:
            return None
        text = None if one.proposal_kind is ProposalKind.DELETE else self.proposal or ""
        return Accepted(
            Way(one.id, self.lineage, one.language, text),
            one.number or 0,
            inserts=one.proposal_kind is ProposalKind.INSERT_AFTER,
            whole=self.disposition is None or self.disposition.outcome is Outcome.ACCEPTED,
            fits=self.fit in {Fit.CLEAN, Fit.FUZZY},
        )


def admitted_on(
    session: Session, base: Draft, *, only: Collection[UUID] | None = None
) -> list[Decided]:
    """The admitted contributions that speak of a draft, or were carried over to it, by number.

    `only`: of these ids.
    """
    decided = and_(
        col(Disposition.contribution_id) == col(Contribution.id),
        col(Disposition.state) == DispositionState.APPROVED,
    )
    carried = and_(
        col(CarryOver.contribution_id) == col(Contribution.id), col(CarryOver.draft_id) == base.id
    )
    chosen = (
        select(Contribution, Organisation, Disposition, CarryOver)
        .join(Organisation, col(Organisation.id) == col(Contribution.organisation_id))
        .outerjoin(Disposition, decided)
        .outerjoin(CarryOver, carried)
        .where(
            Contribution.state == ContributionState.ADMITTED,
            or_(col(Contribution.draft_id) == base.id, col(CarryOver.draft_id) == base.id),
        )
        .order_by(col(Contribution.number), col(Contribution.id))
    )
    if only is not None:
        chosen = chosen.where(col(Contribution.id).in_(only))
    return [_decided(*row) for row in session.execute(chosen)]


def _decided(
    one: Contribution, who: Organisation, what: Disposition | None, carried: CarryOver | None
) -> Decided:
    if carried is None:
        return Decided(one, who, what, Fit.CLEAN, one.lineage, one.proposal)
    proposal = one.proposal if carried.proposal is None else carried.proposal
    return Decided(one, who, what, Fit(carried.fit), carried.lineage, proposal)


def accepted_on(session: Session, base: Draft) -> list[Decided]:
    """Those of the admitted contributions on a draft that were accepted, wholly or partly."""
    return [one for one in admitted_on(session, base) if one.taken_over]


def taken_into(session: Session, draft: Draft) -> frozenset[UUID]:
    """The contributions behind the change set of a draft."""
    chosen = (
        select(OperationSource.contribution_id)
        .join(DraftOperation, col(DraftOperation.id) == col(OperationSource.operation_id))
        .where(DraftOperation.draft_id == draft.id)
    )
    return frozenset(session.scalars(chosen))


def amendments(decided: Collection[Decided]) -> Mapping[UUID, Accepted]:
    """The amendments among them, by contribution."""
    return {one.contribution.id: way for one in decided if (way := one.accepted) is not None}
