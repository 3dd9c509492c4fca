"""After submitting: taking back what was submitted, and writing anew what was returned.

An organisation may withdraw until its contribution is decided on or its round ends, also after the
deadline: nobody has to stand behind words they no longer mean. It may rewrite what was returned
until its deadline, in a row of its own, which nobody else sees before it is submitted.
"""

from sqlmodel import Session, col, select

from consult.models import Contribution, ContributionState, Disposition, DispositionState
from consult.queries.voices import Voice
from consult.services.contributions import By, hold, noted, record, refuse_over
from consult.services.drafts import hold_consultation
from consult.services.saying import Said
from consult.services.steps import is_closed
from core import audit
from core.errors import Conflict
from core.texts import lazy as _l

WITHDRAWABLE = (
    ContributionState.SUBMITTED,
    ContributionState.ADMITTED,
    ContributionState.RETURNED,
)


def decided(session: Session, one: Contribution) -> bool:
    """Whether a decision on it is approved."""
    approved = select(Disposition.id).where(
        Disposition.contribution_id == one.id, Disposition.state == DispositionState.APPROVED
    )
    return session.scalars(approved).first() is not None


def withdraw(session: Session, voice: Voice, one: Contribution, by: By, *, reason: str) -> None:
    """Take a submitted contribution back. It keeps its number. Flushes.

    Raises `Conflict`, `DomainError` for a reason that is too long.
    """
    hold_consultation(session, one.consultation_id)
    hold(session, one)
    if one.state not in WITHDRAWABLE:
        raise Conflict(_l("Only what is submitted and not yet withdrawn can be withdrawn."))
    if is_closed(session, one) or decided(session, one):
        raise Conflict(_l("This is decided on already, so it can't be withdrawn any more."))
    one.state, one.withdrawn_at = ContributionState.WITHDRAWN, by.now
    one.is_current, one.updated_at = False, by.now
    record(session, one, "withdrawn", by, note=noted(reason))
    for revision in session.scalars(
        select(Contribution).where(Contribution.revises_id == one.id)
    ).all():
        session.delete(revision)
    audit.record(
        session, "contribution.withdrawn", about=f"{voice.call.code}/{voice.organisation.code}",
        now=by.now, label=by.label, number=one.number,
    )  # fmt: skip
    session.flush()


def revise(session: Session, voice: Voice, returned: Contribution, by: By) -> Contribution:
    """The row in which a returned contribution is written anew, begun with its words. Flushes.

    Raises `Over`, and `Conflict` for one that was not returned.
    """
    refuse_over(voice, by.now)
    hold_consultation(session, returned.consultation_id)
    hold(session, returned)
    if returned.state is not ContributionState.RETURNED:
        raise Conflict(_l("Only what was returned can be written anew."))
    known = session.scalars(
        select(Contribution).where(col(Contribution.revises_id) == returned.id)
    ).one_or_none()
    if known is not None:
        known.state = ContributionState.IN_PROGRESS
        session.flush()
        return known
    made = Contribution(
        consultation_id=returned.consultation_id, call_id=returned.call_id,
        draft_id=returned.draft_id, organisation_id=returned.organisation_id,
        revises_id=returned.id, author_id=None if by.on_behalf else by.person_id,
        author_label="" if by.on_behalf else by.label,
        recorded_by=by.label if by.on_behalf else "", source=by.source, source_note=by.note[:500],
        created_at=by.now, updated_at=by.now, **Said.of(returned).fields(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, made, "begun", by)
    session.flush()
    return made
