"""Removing public responses whose time is over. Callers commit."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select

from core import audit
from surveys.public_models import PublicForm, PublicResponse, PublicResponseState

ABANDONED_DAYS = 30
"""How long a response that is never submitted waits for its code."""


def purge(session: Session, *, now: datetime, label: str) -> dict[str, int]:
    """Remove submitted responses past their form's period, and others after a month at most.

    Returns {"expired", "abandoned"}. The trail says how many each form lost, and no more. Flushes.
    """
    gone = {"expired": 0, "abandoned": 0}
    for form in session.exec(select(PublicForm).order_by(PublicForm.code)):
        expired = _remove(session, form, PublicResponseState.SUBMITTED, form.retention_days, now)
        waits = min(ABANDONED_DAYS, form.retention_days)
        abandoned = _remove(session, form, PublicResponseState.IN_PROGRESS, waits, now)
        if expired or abandoned:
            audit.record(
                session,
                "public.purged",
                about=form.code,
                now=now,
                label=label,
                expired=expired,
                abandoned=abandoned,
            )
        gone["expired"] += expired
        gone["abandoned"] += abandoned
    session.flush()
    return gone


def _remove(
    session: Session, form: PublicForm, state: PublicResponseState, days: int, now: datetime
) -> int:
    last: ColumnElement[bool] = col(PublicResponse.saved_on) < now.date() - timedelta(days=days)
    removed: Any = session.execute(
        delete(PublicResponse).where(
            col(PublicResponse.form_id) == form.id, col(PublicResponse.state) == state, last
        )
    )
    return int(removed.rowcount)
