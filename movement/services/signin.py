"""Signing in: one-time links and the sessions they start.

Tokens are 32 random bytes, and only their SHA-256 is stored. A link works once, for 15 minutes. A
session ends 14 days after it began, however much it is used, or when somebody ends it.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from movement.models import Person, SignInLink, SignInSession

LINK_LIFE = timedelta(minutes=15)
SESSION_LIFE = timedelta(days=14)
TOKEN_BYTES = 32


def fresh_token() -> str:
    """A new secret for a link or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def links_since(session: Session, person_id: UUID, since: datetime) -> int:
    """How many links were made for a person after a moment."""
    made = select(func.count()).where(
        SignInLink.person_id == person_id, col(SignInLink.created_at) > since
    )
    return session.scalar(made) or 0


def end_links(session: Session, person_id: UUID, *, now: datetime) -> None:
    """End a person's links that were not used."""
    open_links = (col(SignInLink.person_id) == person_id) & col(SignInLink.used_at).is_(None)
    session.execute(update(SignInLink).where(open_links).values(used_at=now))


def make_link(session: Session, person_id: UUID, *, next_path: str, now: datetime) -> str:
    """End the person's older links and return a new one's token. `next_path`: where it leads."""
    end_links(session, person_id, now=now)
    token = fresh_token()
    session.add(
        SignInLink(
            person_id=person_id,
            token_hash=digest(token),
            next_path=next_path[:500],
            created_at=now,
            expires_at=now + LINK_LIFE,
        )
    )
    session.flush()
    return token


def find_link(session: Session, token: str, *, now: datetime) -> SignInLink | None:
    """The link of this token if it can still be used; looking at it doesn't use it."""
    found = (
        select(SignInLink)
        .join(Person)
        .where(
            SignInLink.token_hash == digest(token),
            col(SignInLink.used_at).is_(None),
            col(SignInLink.expires_at) > now,
            col(Person.removed_at).is_(None),
        )
    )
    return session.scalars(found).one_or_none()


def use_link(session: Session, token: str, *, now: datetime) -> SignInLink | None:
    """Use up a link in one statement, so that of two at once only one gets it; None otherwise."""
    present = select(Person.id).where(col(Person.removed_at).is_(None))
    used = (
        update(SignInLink)
        .where(
            col(SignInLink.token_hash) == digest(token),
            col(SignInLink.used_at).is_(None),
            col(SignInLink.expires_at) > now,
            col(SignInLink.person_id).in_(present),
        )
        .values(used_at=now)
        .returning(SignInLink)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return session.scalars(used).one_or_none()


def start_session(session: Session, person_id: UUID, *, now: datetime) -> str:
    """Begin a session and return its token, which only the browser's cookie holds."""
    token = fresh_token()
    session.add(
        SignInSession(
            person_id=person_id,
            token_hash=digest(token),
            created_at=now,
            expires_at=now + SESSION_LIFE,
        )
    )
    session.flush()
    return token


def end_session(session: Session, token: str, *, now: datetime) -> None:
    """End the session of this token, if there is one."""
    if not token:
        return
    running = (col(SignInSession.token_hash) == digest(token)) & (
        col(SignInSession.ended_at).is_(None)
    )
    session.execute(update(SignInSession).where(running).values(ended_at=now))


def end_sessions_of(session: Session, person_id: UUID, *, now: datetime) -> None:
    """End all of a person's sessions and links."""
    sessions = (col(SignInSession.person_id) == person_id) & col(SignInSession.ended_at).is_(None)
    session.execute(update(SignInSession).where(sessions).values(ended_at=now))
    end_links(session, person_id, now=now)
