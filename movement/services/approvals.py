"""A second person's approval: asked for by one, given or refused by another, of one exact text.

What is approved is known by its digest alone: once the text changes it has another, and what was
approved no longer stands for it. Whoever submits asks `standing` in the same transaction.
"""

import re
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from core import audit
from core.errors import Conflict, DomainError, Forbidden
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Approval, Call, Role, Verdict
from movement.queries.approvals import approvers_of, find_waiting, standing
from movement.services import approval_mail
from movement.services.messages import Office

__all__ = ["LONGEST", "ask", "decide", "standing"]

DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST = 2000
"""Characters of a note or a reason."""


def ask(
    session: Session,
    call: Call,
    organisation_id: UUID,
    *,
    digest: str,
    by: Actor,
    office: Office,
    now: datetime,
    note: str = "",
) -> Approval:
    """Ask the organisation's approvers to approve what `digest` stands for, and mail them. Flushes.

    Asking again for the same while it waits changes nothing; asking for another text replaces the
    request. Raises `Conflict` where nobody but who asks could approve, `DomainError` for a note
    that is too long.
    """
    if not DIGEST.fullmatch(digest):
        raise ValueError("A digest has 64 hexadecimal digits.")
    _check_length(note)
    waiting = find_waiting(session, call.id, organisation_id)
    if waiting is not None and waiting.digest == digest:
        return waiting
    others = [one for one in approvers_of(session, organisation_id) if one.person_id != by.id]
    if not others:
        raise Conflict(_l("Nobody else can approve this yet: add a second person as approver."))
    if waiting is not None:
        _replace(session, call, waiting, now=now, by=by)
    approval = Approval(
        call_id=call.id, organisation_id=organisation_id, digest=digest, note=note.strip(),
        asked_by_id=by.id, asked_by=by.label, asked_at=now,
    )  # fmt: skip
    _add_unless_waiting(session, approval)
    approval_mail.ask(session, approval, call, others, by=by, office=office, now=now)
    _record(session, "approval.asked", call, approval, now=now, by=by)
    session.flush()
    return approval


def decide(
    session: Session,
    approval: Approval,
    *,
    approved: bool,
    reason: str,
    by: Actor,
    office: Office,
    now: datetime,
) -> None:
    """Approve or refuse, and mail whoever asked. Flushes.

    Raises `Forbidden` for who asked and for who isn't an approver of the organisation,
    `DomainError` for a refusal without a reason, `Conflict` where it was decided or replaced.
    """
    if not by.holds(Role.APPROVER, organisation=approval.organisation_id):
        raise Forbidden(_l("Only an approver of the organisation can decide on this."))
    if by.id == approval.asked_by_id:
        raise Forbidden(_l("You asked for this approval yourself: another person must give it."))
    reason = reason.strip()
    _check_length(reason)
    if not approved and not reason:
        raise DomainError(_l("Say why you do not approve it, so that it can be changed."))
    verdict = Verdict.APPROVED if approved else Verdict.REFUSED
    _settle(session, approval, verdict, now=now, by=by, reason=reason)
    call = session.get_one(Call, approval.call_id)
    approval_mail.answer(session, approval, call, by=by, office=office, now=now)
    _record(session, f"approval.{verdict.value}", call, approval, now=now, by=by)
    session.flush()


def _check_length(text: str) -> None:
    if len(text) > LONGEST:
        raise DomainError(_l("Write at most %(most)s characters.", most=LONGEST))


def _add_unless_waiting(session: Session, approval: Approval) -> None:
    """Two people who ask at the same moment make one request."""
    try:
        with session.begin_nested():
            session.add(approval)
    except IntegrityError:
        raise Conflict(
            _l("Somebody else has just asked for approval. Load the page again.")
        ) from None


def _replace(session: Session, call: Call, approval: Approval, *, now: datetime, by: Actor) -> None:
    _settle(session, approval, Verdict.REPLACED, now=now, by=by, reason="")
    approval_mail.call_back(session, approval)
    _record(session, "approval.replaced", call, approval, now=now, by=by)


def _settle(
    session: Session, approval: Approval, verdict: Verdict, *, now: datetime, by: Actor, reason: str
) -> None:
    """Give the verdict, unless somebody else was quicker. Raises `Conflict`."""
    given = session.execute(
        update(Approval)
        .where(col(Approval.id) == approval.id, col(Approval.verdict).is_(None))
        .values(
            verdict=verdict, decided_by_id=by.id, decided_by=by.label, decided_at=now, reason=reason
        )
        .returning(col(Approval.id))
    )
    if given.one_or_none() is None:
        raise Conflict(_l("This was decided already, or something else was put forward since."))
    session.refresh(approval)


def _record(
    session: Session, action: str, call: Call, approval: Approval, *, now: datetime, by: Actor
) -> None:
    audit.record(
        session, action, about=call.code, now=now, by=by,
        organisation=str(approval.organisation_id), digest=approval.digest,
    )  # fmt: skip
