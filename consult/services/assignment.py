"""Who of the secretariat looks after which contribution."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from consult.models import OFFICIAL, Contribution
from consult.queries.officers import find_officer
from consult.services.drafts import Act
from consult.services.steps import enter, locked, note
from core.errors import DomainError
from core.texts import lazy as _l


def assign(
    session: Session, ids: Collection[UUID], officer_id: UUID | None, act: Act
) -> list[Contribution]:
    """Give these contributions to an officer, or (None) to nobody; those that changed, by number.

    Raises `DomainError` for somebody who is not of the secretariat, and for what was never
    submitted.
    """
    officer = find_officer(session, officer_id) if officer_id else None
    if officer_id and officer is None:
        raise DomainError(_l("Choose somebody of the secretariat."))
    found = locked(session, ids)
    if any(one.state not in OFFICIAL for one in found):
        raise DomainError(_l("Only what was submitted can be given to an officer."))
    changed = [one for one in found if one.officer_id != officer_id]
    for one in changed:
        one.officer_id = officer_id
        note(session, one, "assigned", act, text=officer.email if officer else "")
    enter(session, changed, "contribution.assigned", act, officer=str(officer_id or ""))
    session.flush()
    return changed
