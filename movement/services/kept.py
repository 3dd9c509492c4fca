"""What a person typed into a page after their session had ended, kept to be given back.

A kept form is given back to its own person only, within a day, and is deleted after it.
"""

import json
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.models import KeptForm
from core.texts import lazy as _l
from movement.models import Person, SignInSession
from movement.services.signin import digest

LIFE = timedelta(days=1)
LARGEST = 200_000
LONGEST_PATH = 500


def person_of_session(session: Session, token: str) -> UUID | None:
    """Whose session this token named, though it has ended; None for an unknown token."""
    known = (
        select(SignInSession.person_id)
        .join(Person)
        .where(SignInSession.token_hash == digest(token), col(Person.removed_at).is_(None))
    )
    return session.scalars(known).one_or_none()


def keep(
    session: Session, person_id: UUID, path: str, fields: dict[str, list[str]], *, now: datetime
) -> bool:
    """Keep a form for a person; False if it is too large. Forgets all those past their day."""
    session.execute(delete(KeptForm).where(col(KeptForm.kept_at) < now - LIFE))
    if len(json.dumps(fields)) > LARGEST or len(path) > LONGEST_PATH:
        return False
    session.add(KeptForm(person_id=person_id, path=path, fields=fields, kept_at=now))
    session.flush()
    return True


def waiting(session: Session, person_id: UUID, *, now: datetime) -> list[KeptForm]:
    """A person's forms kept since their latest session began, oldest first.

    Asked before the next session begins, so that each form is offered at one sign-in.
    """
    later = select(SignInSession.id).where(
        SignInSession.person_id == person_id,
        col(SignInSession.created_at) >= col(KeptForm.kept_at),
    )
    kept = select(KeptForm).where(
        KeptForm.person_id == person_id, col(KeptForm.kept_at) > now - LIFE, ~later.exists()
    )
    return list(session.scalars(kept.order_by(col(KeptForm.kept_at))))


def get_kept(session: Session, kept_id: UUID, person_id: UUID, *, now: datetime) -> KeptForm:
    """A kept form of this person; raises `NotFound` for another's and after its day."""
    kept = session.get(KeptForm, kept_id)
    if kept is None or kept.person_id != person_id or kept.kept_at < now - LIFE:
        raise NotFound(_l("There is no such page."))
    return kept


def kept_of(session: Session, person_id: UUID, *, now: datetime) -> list[KeptForm]:
    """All that is kept for a person, newest first."""
    kept = select(KeptForm).where(
        KeptForm.person_id == person_id, col(KeptForm.kept_at) > now - LIFE
    )
    return list(session.scalars(kept.order_by(col(KeptForm.kept_at).desc())))
