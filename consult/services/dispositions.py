"""Dispositions: what is decided on a contribution, with a reason; proposed, approved, replaced.

What was decided is never rewritten: another decision replaces it, and the first stays as history.
Whether somebody may propose or approve is the policy's business.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from consult.models import (
    Contribution,
    ContributionState,
    Disposition,
    DispositionState,
    Outcome,
)
from consult.queries.amendments import TAKEN_OVER, follows
from consult.services.carrying import carry_late
from consult.services.drafts import Act
from consult.services.duplicates import adrift, check_head
from consult.services.steps import (
    DecidedElsewhere,
    Standing,
    enter,
    is_closed,
    locked,
    note,
    refuse_stale,
    standing_of,
)
from core.characters import REFUSED
from core.errors import Conflict, DomainError
from core.texts import lazy as _l

LONGEST_REASON = 4_000
PROPOSED, APPROVED = DispositionState.PROPOSED, DispositionState.APPROVED


@dataclass(frozen=True)
class Decision:
    """An outcome with its reasons by language. `duplicate_of`: for that outcome, of which one."""

    outcome: Outcome
    reasons: Mapping[str, str] = field(default_factory=dict)
    duplicate_of: UUID | None = None

    def checked(self) -> "Decision":
        """The same without empty reasons. Raises `DomainError` where a reason is missing."""
        reasons = {lang: text.strip() for lang, text in self.reasons.items() if text.strip()}
        if self.outcome is not Outcome.ACCEPTED and not reasons:
            raise DomainError(_l("Give the reason: only what is accepted needs none."))
        for text in reasons.values():
            _check(text)
        head = self.duplicate_of if self.outcome is Outcome.DUPLICATE else None
        return Decision(self.outcome, reasons, head)


def _check(reason: str) -> None:
    """Refuse what no reason can be, whichever way it comes: a form, or a cell of a file."""
    if len(reason) > LONGEST_REASON:
        raise DomainError(
            _l("The reason is too long: at most %(most)s characters.", most=LONGEST_REASON)
        )
    if REFUSED.search(reason):
        raise DomainError(_l("The reason holds invisible control characters. Take them out."))


def propose(
    session: Session, contribution_id: UUID, decision: Decision, act: Act, *,
    seen: str | None = None,
) -> Disposition:  # fmt: skip
    """Propose what to decide on an admitted contribution; an earlier proposal becomes history.

    `seen`: the stamp (`steps.stamp`) of the page it was decided on; None where nothing was shown.
    Raises `DomainError` for a missing reason or a duplicate of nothing, `Circle`,
    `DecidedElsewhere` if it was changed since or is not admitted, `Conflict` in a closed round.
    """
    one, standing = _taken(session, contribution_id, seen)
    _refuse_settled(session, one, standing)
    made = _put(session, one, standing, decision, act)
    enter(session, [one], "disposition.proposed", act, outcome=made.outcome.value)
    return made


def approve(
    session: Session, contribution_id: UUID, act: Act, *, seen: str | None = None
) -> Disposition:
    """Approve what is proposed. What was approved before becomes history.

    Raises `Conflict` where nothing is proposed, and what `propose` raises.
    """
    one, standing = _taken(session, contribution_id, seen)
    _refuse_settled(session, one, standing, anew=PROPOSED in standing)
    made = _approved(session, one, standing, act)
    enter(session, [one], "disposition.approved", act, outcome=made.outcome.value)
    return made


def decide(
    session: Session, contribution_id: UUID, decision: Decision, act: Act, *,
    seen: str | None = None,
) -> Disposition:  # fmt: skip
    """Propose and approve at once. Raises what these raise."""
    one, standing = _taken(session, contribution_id, seen)
    _refuse_settled(session, one, standing)
    standing = {**standing, PROPOSED: _put(session, one, standing, decision, act)}
    made = _approved(session, one, standing, act)
    enter(session, [one], "disposition.approved", act, outcome=made.outcome.value)
    return made


def reopen(
    session: Session, contribution_id: UUID, act: Act, *, seen: str | None = None, why: str = ""
) -> Contribution:
    """Take back what was approved and proposed: the contribution is pending again.

    Raises `Conflict` where nothing stands and in a closed round, `DecidedElsewhere`.
    """
    one, standing = _taken(session, contribution_id, seen)
    if not standing:
        raise Conflict(_l("Nothing is decided on contribution %(number)s.", number=one.number))
    _refuse_settled(session, one, standing, anew=False)
    _refuse_followed(session, one, standing)
    for row in standing.values():
        row.state = DispositionState.REPLACED
    note(session, one, "reopened", act, text=why.strip(), before=_said(standing))
    enter(session, [one], "disposition.reopened", act)
    carry_late(session, [one])
    return one


def add_reason(
    session: Session, contribution_id: UUID, language: str, text: str, act: Act, *,
    seen: str | None = None,
) -> Disposition:  # fmt: skip
    """Give the reason of what stands in another language; the one there in it is replaced.

    Raises `Conflict` where nothing is decided, and in a closed round for a language that is there:
    what its author was told stands. `DomainError` for an empty text.
    """
    one, standing = _taken(session, contribution_id, seen)
    row = standing.get(APPROVED) or standing.get(PROPOSED)
    if row is None:
        raise Conflict(_l("Nothing is decided on contribution %(number)s.", number=one.number))
    if not text.strip():
        raise DomainError(_l("Write the reason."))
    _check(text)
    if language in row.reasons:
        _refuse_settled(session, one, standing, anew=False)
    before = dict(row.reasons)
    row.reasons = {**row.reasons, language: text.strip()}
    note(session, one, "reason_translated", act, text=language, before={"reasons": before})
    enter(session, [one], "disposition.reason-translated", act, language=language)
    session.flush()
    return row


def dispose_all(
    session: Session, ids: Collection[UUID], decision: Decision, act: Act, *,
    approved: bool, seen: Mapping[UUID, str] | None = None,
) -> list[Contribution]:  # fmt: skip
    """Propose (or decide) the same on several contributions, all or none; those, by number.

    `seen`: each one's stamp. Raises what `propose` raises, for the first that can't be.
    """
    found = locked(session, ids)
    step = decide if approved else propose
    for one in found:
        step(session, one.id, decision, act, seen=seen.get(one.id) if seen is not None else None)
    return found


def approve_all(
    session: Session, ids: Collection[UUID], act: Act, *, seen: Mapping[UUID, str] | None = None
) -> list[Contribution]:
    """Approve what is proposed on each, all or none; those, by number. Raises as `approve`."""
    found = locked(session, ids)
    for one in found:
        approve(session, one.id, act, seen=seen.get(one.id) if seen is not None else None)
    return found


def untranslated(contribution: Contribution, disposition: Disposition) -> bool:
    """Whether its author can't read the reason yet: it is in other languages only."""
    return bool(disposition.reasons) and contribution.language not in disposition.reasons


def _taken(session: Session, identity: UUID, seen: str | None) -> tuple[Contribution, Standing]:
    """The contribution, locked, and what stands on it."""
    (one,) = locked(session, [identity])
    standing = standing_of(session, [identity])[identity]
    refuse_stale(one, standing, seen)
    if one.state is not ContributionState.ADMITTED:
        raise DecidedElsewhere(
            _l(
                "Contribution %(number)s is not admitted, so nothing is decided on it.",
                number=one.number,
            )
        )
    return one, standing


def _refuse_settled(
    session: Session, one: Contribution, standing: Standing, *, anew: bool = True
) -> None:
    """In a closed round only what was carried over is decided anew; nothing is taken back.

    So is a duplicate of one that a later round left without a decision.
    """
    if not is_closed(session, one):
        return
    approved = standing.get(APPROVED)
    carried = approved is not None and approved.outcome is Outcome.CARRIED_OVER
    alone = session.scalars(adrift().where(col(Contribution.id) == one.id)).first()
    if not anew or not (carried or alone):
        raise Conflict(
            _l(
                "The round of contribution %(number)s is closed: what was decided in it stands.",
                number=one.number,
            )
        )


def _refuse_followed(session: Session, one: Contribution, standing: Standing) -> None:
    """What is accepted and stands in a published draft stays accepted: that draft can't change."""
    approved = standing.get(APPROVED)
    draft = follows(session, one.id) if approved and approved.outcome in TAKEN_OVER else None
    if draft is not None:
        raise Conflict(
            _l(
                "Draft %(draft)s follows contribution %(number)s and is published, so the "
                "contribution stays accepted, wholly or partly.",
                draft=draft, number=one.number,
            )
        )  # fmt: skip


def _put(
    session: Session, one: Contribution, standing: Standing, decision: Decision, act: Act
) -> Disposition:
    """Store a proposal in the place of an earlier one."""
    decision = decision.checked()
    if decision.outcome is Outcome.DUPLICATE:
        check_head(session, one, decision.duplicate_of)
    before = standing.get(PROPOSED)
    if before is not None:
        before.state = DispositionState.REPLACED
        session.flush()
    made = Disposition(
        contribution_id=one.id, outcome=decision.outcome, reasons=dict(decision.reasons),
        duplicate_of_id=decision.duplicate_of, proposed_at=act.now, proposed_by=act.label,
    )  # fmt: skip
    session.add(made)
    note(session, one, "proposed", act, text=decision.outcome.value, before=_said(standing))
    session.flush()
    return made


def _approved(session: Session, one: Contribution, standing: Standing, act: Act) -> Disposition:
    """Make the proposal the one approved disposition."""
    row = standing.get(PROPOSED)
    if row is None:
        raise Conflict(_l("Nothing is proposed on contribution %(number)s yet.", number=one.number))
    if row.outcome is Outcome.DUPLICATE:
        check_head(session, one, row.duplicate_of_id)
    before = standing.get(APPROVED)
    if row.outcome not in TAKEN_OVER:
        _refuse_followed(session, one, standing)
    if before is not None:
        before.state = DispositionState.REPLACED
        session.flush()
    row.state, row.approved_at, row.approved_by = APPROVED, act.now, act.label
    said = _said({APPROVED: before} if before else {})
    note(session, one, "approved", act, text=row.outcome.value, before=said)
    session.flush()
    if row.outcome is Outcome.CARRIED_OVER:
        carry_late(session, [one])
    return row


def _said(standing: Standing) -> dict[str, Any] | None:
    """What stood before, for the history."""
    return {
        state.value: {"outcome": row.outcome.value, "reasons": dict(row.reasons)}
        for state, row in standing.items()
    } or None
