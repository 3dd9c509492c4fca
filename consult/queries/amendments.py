"""Contributions as those who write the next draft need them: decided on, taken. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlalchemy import select as any_select
from sqlmodel import Session, col

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
    DraftState,
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


_Rows = Select[Contribution, Organisation, Disposition, CarryOver]


def admitted_on(session: Session, base: Draft, only: Collection[UUID]) -> list[Decided]:
    """Those of these contributions that are admitted and speak of a draft, by number.

    Those that were carried over to it speak of it too.
    """
    chosen = _admitted(base).where(col(Contribution.id).in_(only))
    return [_decided(*row) for row in session.execute(chosen)]


@dataclass(frozen=True)
class Listed:
    """That a contribution speaks of a paragraph, and whether it was accepted, wholly or partly."""

    id: UUID
    lineage: UUID
    accepted: bool


def said_on(session: Session, base: Draft, lineages: Collection[UUID]) -> list[Listed]:
    """The admitted contributions that speak now of these paragraphs of a draft, by number.

    Of one paragraph there may be thousands: a page reads of those alone what it shows.
    """
    place = _speaks_of()
    chosen = _admitted(base).with_only_columns(
        col(Contribution.id), place, col(Disposition.outcome)
    )
    rows = session.execute(chosen.where(place.in_(lineages))) if lineages else ()
    return [Listed(one, where, outcome in TAKEN_OVER) for one, where, outcome in rows]


def _admitted(base: Draft) -> _Rows:
    carried = and_(
        col(CarryOver.contribution_id) == col(Contribution.id), col(CarryOver.draft_id) == base.id
    )
    return (
        any_select(Contribution, Organisation, Disposition, CarryOver)
        .join(Organisation, col(Organisation.id) == col(Contribution.organisation_id))
        .outerjoin(Disposition, _approved())
        .outerjoin(CarryOver, carried)
        .where(
            col(Contribution.state) == ContributionState.ADMITTED,
            or_(col(Contribution.draft_id) == base.id, col(CarryOver.draft_id) == base.id),
        )
        .order_by(col(Contribution.number), col(Contribution.id))
    )


def _speaks_of() -> ColumnElement[UUID | None]:
    """The paragraph a contribution speaks of now."""
    return case(
        (col(CarryOver.draft_id).is_(None), col(Contribution.lineage)),
        else_=col(CarryOver.lineage),
    )


def _proposes() -> ColumnElement[str | None]:
    """The words an amendment proposes, made to fit where it was carried over."""
    return func.coalesce(col(CarryOver.proposal), col(Contribution.proposal))


def _approved() -> ColumnElement[bool]:
    return and_(
        col(Disposition.contribution_id) == col(Contribution.id),
        col(Disposition.state) == DispositionState.APPROVED,
    )


def _decided(
    one: Contribution, who: Organisation, what: Disposition | None, carried: CarryOver | None
) -> Decided:
    if carried is None:
        return Decided(one, who, what, Fit.CLEAN, one.lineage, one.proposal)
    proposal = one.proposal if carried.proposal is None else carried.proposal
    return Decided(one, who, what, Fit(carried.fit), carried.lineage, proposal)


def count_left(session: Session, draft: Draft) -> int:
    """How many accepted amendments are not behind the change set of a draft in work."""
    if draft.base_id is None:
        return 0
    base = session.get_one(Draft, draft.base_id)
    chosen = _admitted(base).where(
        col(Disposition.outcome).in_(TAKEN_OVER),
        col(Contribution.kind) == ContributionKind.AMENDMENT,
        col(Contribution.id).not_in(_behind(draft)),
    )
    ids = chosen.order_by(None).with_only_columns(col(Contribution.id)).subquery()
    return session.scalars(any_select(func.count()).select_from(ids)).one()


def carried_to(session: Session, draft: Draft, fit: Fit, *, most: int) -> tuple[int, list[Decided]]:
    """How many contributions were carried over to a draft with this fit, and the first of them."""
    wanted = (col(CarryOver.draft_id) == draft.id, col(CarryOver.fit) == fit.value)
    counted = any_select(func.count()).select_from(CarryOver).where(*wanted)
    chosen = (
        any_select(Contribution, Organisation, Disposition, CarryOver)
        .select_from(CarryOver)
        .join(Contribution, col(Contribution.id) == col(CarryOver.contribution_id))
        .join(Organisation, col(Organisation.id) == col(Contribution.organisation_id))
        .outerjoin(Disposition, _approved())
        .where(*wanted)
        .order_by(col(Contribution.number), col(Contribution.id))
        .limit(most)
    )
    return session.scalars(counted).one(), [_decided(*row) for row in session.execute(chosen)]


def taken_into(session: Session, draft: Draft) -> frozenset[UUID]:
    """The contributions behind the change set of a draft."""
    return frozenset(session.scalars(_behind(draft)))


def abandoned_in(session: Session, draft: Draft) -> frozenset[UUID]:
    """The contributions behind a draft's change set that are not accepted (wholly or partly)."""
    accepted = (
        any_select(col(Contribution.id))
        .join(Disposition, _approved())
        .where(
            col(Contribution.state) == ContributionState.ADMITTED,
            col(Disposition.outcome).in_(TAKEN_OVER),
        )
    )
    behind = _behind(draft).where(col(OperationSource.contribution_id).not_in(accepted))
    return frozenset(session.scalars(behind))


def follows(session: Session, contribution_id: UUID) -> int | None:
    """The number of the first published draft with changes made for a contribution, if any."""
    chosen = (
        any_select(col(Draft.number))
        .join(DraftOperation, col(DraftOperation.draft_id) == col(Draft.id))
        .join(OperationSource, col(OperationSource.operation_id) == col(DraftOperation.id))
        .where(
            col(OperationSource.contribution_id) == contribution_id,
            col(Draft.state) == DraftState.PUBLISHED,
        )
    )
    return session.scalars(chosen.order_by(col(Draft.number)).limit(1)).first()


def _behind(draft: Draft) -> Select[UUID]:
    return (
        any_select(col(OperationSource.contribution_id))
        .join(DraftOperation, col(DraftOperation.id) == col(OperationSource.operation_id))
        .where(col(DraftOperation.draft_id) == draft.id)
    )


def amendments(
    session: Session, base: Draft, *,
    only: Collection[UUID] | None = None, to_take: bool = False,
) -> dict[UUID, Accepted]:  # fmt: skip
    """The admitted amendments of a draft, or carried over to it, that still have their paragraph.

    By contribution and in their numbers' order. `only`: of these ids. `to_take`: those that were
    accepted, wholly or partly. There may be thousands: of each only what taking it needs is read.
    """
    lineage = _speaks_of()
    chosen = _admitted(base).with_only_columns(
        col(Contribution.id), col(Contribution.number), col(Contribution.language),
        col(Contribution.proposal_kind), col(Disposition.outcome),
        col(CarryOver.fit), lineage, _proposes(),
    )  # fmt: skip
    amends = col(Contribution.kind) == ContributionKind.AMENDMENT
    chosen = chosen.where(amends, lineage.is_not(None))
    if only is not None:
        chosen = chosen.where(col(Contribution.id).in_(only))
    if to_take:
        chosen = chosen.where(col(Disposition.outcome).in_(TAKEN_OVER))
    return {
        identity: Accepted(
            Way(identity, place, language, None if kind is ProposalKind.DELETE else text or ""),
            number or 0,
            inserts=kind is ProposalKind.INSERT_AFTER,
            whole=outcome in {None, Outcome.ACCEPTED},
            fits=fit is None or Fit(fit) in {Fit.CLEAN, Fit.FUZZY},
        )
        for identity, number, language, kind, outcome, fit, place, text in session.execute(chosen)
    }
