"""Who sends a request: the cookie's session, its person and what they hold, in one query.

It runs on every request, so it reads columns and makes no entities. Without a cookie it asks the
database nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g, request
from sqlalchemy import and_, bindparam, select
from sqlmodel import Session, col
from werkzeug.wrappers import Response

from core.clock import now
from core.db import get_session
from core.settings import Settings
from movement.actors import Actor, Grant
from movement.models import Assignment, Organisation, Person, SignInSession
from movement.services.signin import SESSION_LIFE, digest

UNIDENTIFIED = frozenset({"static", "health"})
_COLUMNS = (
    col(Person.id), col(Person.name), col(Person.email), col(Person.language),
    col(SignInSession.id), col(Assignment.role), col(Assignment.organisation_id),
    col(Assignment.process_id), col(Organisation.language),
)  # fmt: skip
_ACTOR = (
    select(*_COLUMNS)
    .select_from(SignInSession)
    .join(Person, col(Person.id) == col(SignInSession.person_id))
    .outerjoin(
        Assignment,
        and_(col(Assignment.person_id) == col(Person.id), col(Assignment.ended_at).is_(None)),
    )
    .outerjoin(Organisation, col(Organisation.id) == col(Assignment.organisation_id))
    .where(
        col(SignInSession.token_hash) == bindparam("token_hash"),
        col(SignInSession.ended_at).is_(None),
        col(SignInSession.expires_at) > bindparam("now"),
        col(Person.removed_at).is_(None),
    )
    .order_by(col(Assignment.created_at))
)


def find_actor(session: Session, token: str, *, now: datetime) -> Actor | None:
    """Whoever's running session this token names; None for any other token."""
    values = {"token_hash": digest(token), "now": now}
    rows = session.connection().execute(_ACTOR, values).all()
    return _actor([tuple(row) for row in rows]) if rows else None


def _actor(rows: Sequence[Sequence[Any]]) -> Actor:
    """One row per assignment held, at least one row; the earliest Society's language counts."""
    person_id, name, email, language, session_id = rows[0][:5]
    societies = (row[8] for row in rows if row[8])
    return Actor(
        id=person_id,
        name=name,
        email=email,
        language=language or next(societies, None),
        session_id=session_id,
        grants=tuple(Grant(row[5], row[6], row[7]) for row in rows if row[5] is not None),
    )


def cookie_name(settings: Settings) -> str:
    """The name of the sign-in cookie; the prefix binds it to this host and to TLS."""
    return "__Host-plenary" if settings.secure else "plenary"


def cookie_token() -> str:
    """The token the request's cookie holds, or ""."""
    return request.cookies.get(cookie_name(current_app.config["SETTINGS"]), "")


def give_cookie(response: Response, token: str) -> None:
    """Let the browser carry a session, out of reach of scripts and other sites."""
    settings: Settings = current_app.config["SETTINGS"]
    response.set_cookie(
        cookie_name(settings), token, path="/", httponly=True, samesite="Lax",
        secure=settings.secure, max_age=int(SESSION_LIFE.total_seconds()),
    )  # fmt: skip


def take_cookie(response: Response) -> None:
    """Let the browser forget its session."""
    settings: Settings = current_app.config["SETTINGS"]
    response.delete_cookie(
        cookie_name(settings), path="/", httponly=True, samesite="Lax", secure=settings.secure
    )


def identify() -> None:
    """Set `g.actor`. None first, so that pages about a missing database can be shown."""
    g.actor = None
    if request.endpoint in UNIDENTIFIED:
        return
    token = cookie_token()
    if token:
        g.actor = find_actor(get_session(), token, now=now())


def init_app(app: Flask) -> None:
    """Identify before anything else can refuse: refusals are pages, and pages name people."""
    app.before_request_funcs.setdefault(None, []).insert(0, identify)
