"""The archive: a survey and its waves out of the lists, to be read and no longer changed."""

from datetime import datetime

from sqlmodel import Session, col, select

from core import audit
from core.errors import Conflict
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Call
from surveys.models import Survey, Wave
from surveys.queries.publishing import live_calls


def archive(session: Session, survey: Survey, *, now: datetime, by: Actor) -> None:
    """Archive a survey with its waves; raises `Conflict` while one of them is open. Flushes."""
    if live_calls(session, survey, now=now):
        raise Conflict(_l("A wave of this survey is still open. Close it before archiving."))
    if survey.archived_at is None:
        _set(session, survey, now)
        audit.record(session, "survey.archived", about=survey.code, now=now, by=by)
        session.flush()


def take_out(session: Session, survey: Survey, *, now: datetime, by: Actor) -> None:
    """Take a survey and its waves out of the archive. Flushes."""
    if survey.archived_at is not None:
        _set(session, survey, None)
        audit.record(session, "survey.taken_out", about=survey.code, now=now, by=by)
        session.flush()


def _set(session: Session, survey: Survey, at: datetime | None) -> None:
    survey.archived_at = at
    calls = select(Call).join(Wave, col(Wave.call_id) == Call.id)
    for call in session.scalars(calls.where(Wave.survey_id == survey.id)):
        call.archived_at = at
