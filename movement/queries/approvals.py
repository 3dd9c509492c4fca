"""Requests for a second person's approval, and whoever may give it."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Approval, Assignment, Person, Role, Verdict
from movement.queries.participation import Contact


def get_approval(session: Session, approval_id: UUID) -> Approval:
    """The request with this id; raises `NotFound`."""
    approval = session.get(Approval, approval_id)
    if approval is None:
        raise NotFound(_l("There is no such request for approval."))
    return approval


def find_waiting(session: Session, call_id: UUID, organisation_id: UUID) -> Approval | None:
    """The organisation's request that has no verdict yet, or None; there is one at most."""
    return session.scalars(
        _of(call_id, organisation_id).where(col(Approval.verdict).is_(None))
    ).one_or_none()


def approvals_of(session: Session, call_id: UUID, organisation_id: UUID) -> list[Approval]:
    """All requests of an organisation in a call, the newest first."""
    rows = _of(call_id, organisation_id).order_by(col(Approval.asked_at).desc())
    return list(session.scalars(rows))


def waiting_for(session: Session, organisation_ids: Collection[UUID]) -> list[Approval]:
    """The requests of these organisations that have no verdict yet, the oldest first."""
    rows = select(Approval).where(
        col(Approval.organisation_id).in_(organisation_ids), col(Approval.verdict).is_(None)
    )
    return list(session.scalars(rows.order_by(col(Approval.asked_at))))


def standing(
    session: Session, call_id: UUID, organisation_id: UUID, digest: str
) -> Approval | None:
    """The approval of exactly what this digest stands for, unless it was refused since, or None.

    Of an approval and a refusal at the same moment the refusal counts.
    """
    rows = _of(call_id, organisation_id).where(Approval.digest == digest)
    newest: dict[Verdict | None, Approval] = {}
    for row in session.scalars(rows.order_by(col(Approval.decided_at))):
        newest[row.verdict] = row
    approved, refused = newest.get(Verdict.APPROVED), newest.get(Verdict.REFUSED)
    if approved is None or refused is None:
        return approved
    given_at, taken_back_at = approved.decided_at, refused.decided_at
    return approved if given_at and taken_back_at and given_at > taken_back_at else None


def approvers_of(session: Session, organisation_id: UUID) -> list[Contact]:
    """Who may approve for an organisation, by address."""
    held = (
        select(Person)
        .join(Assignment)
        .where(
            Assignment.organisation_id == organisation_id,
            Assignment.role == Role.APPROVER,
            col(Assignment.ended_at).is_(None),
            col(Person.removed_at).is_(None),
        )
        .order_by(Person.email)
        .distinct()
    )
    return [contact_of(one, organisation_id) for one in session.scalars(held)]


def contact_of(person: Person, organisation_id: UUID) -> Contact:
    """A person as somebody to write to for an organisation."""
    return Contact(person.id, organisation_id, person.email, person.name, person.language)


def _of(call_id: UUID, organisation_id: UUID) -> SelectOfScalar[Approval]:
    return select(Approval).where(
        Approval.call_id == call_id, Approval.organisation_id == organisation_id
    )
