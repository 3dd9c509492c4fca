"""Exports as jobs: the row is the job, and the only truth about it.

A worker claims the row; everything it records afterwards holds only while the claim is its own, so
running a job twice, or killing it anywhere, does no harm. It refuses to know files.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from analytics.models import Export, ExportFormat, ExportState
from core import audit
from core.errors import Conflict
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Call

LEASE = timedelta(minutes=10)
KEPT = timedelta(days=7)
UNDER_WAY = (ExportState.QUEUED, ExportState.RUNNING)
AT_ONCE = 5


class TakenOver(Exception):
    """The claim lapsed and another worker holds the job."""


def ask(
    session: Session,
    call: Call,
    kind: ExportFormat,
    *,
    language: str,
    consented_only: bool,
    now: datetime,
    by: Actor,
) -> Export:
    """Queue an export. The same one still under way is given back: pressing twice makes one.

    Raises `Conflict` when the person has several under way.
    """
    mine = session.scalars(
        select(Export).where(Export.person_id == by.id, col(Export.state).in_(UNDER_WAY))
    ).all()
    for export in mine:
        asked = (export.call_id, export.format, export.language, export.consented_only)
        if asked == (call.id, kind, language, consented_only):
            return export
    if len(mine) >= AT_ONCE:
        raise Conflict(_l("Several of your exports are being made. Wait until they are ready."))
    export = Export(
        call_id=call.id, format=kind, language=language, consented_only=consented_only,
        person_id=by.id, asked_at=now,
    )  # fmt: skip
    session.add(export)
    details: dict[str, Any] = {"format": kind.value, "consented_only": consented_only}
    audit.record(session, "export.asked", about=call.code, now=now, by=by, **details)
    session.flush()
    return export


def fetched(session: Session, export: Export, call: Call, *, now: datetime, by: Actor) -> None:
    """Note that the file was downloaded."""
    details = {"format": export.format.value, "export": str(export.id)}
    audit.record(session, "export.downloaded", about=call.code, now=now, by=by, **details)
    session.flush()


def claim(session: Session, export_id: UUID, *, now: datetime) -> Export | None:
    """Take a queued export, or one whose worker died; None if another worker holds it."""
    taken = (
        update(Export)
        .where(col(Export.id) == export_id, _free(now))
        .values(state=ExportState.RUNNING, claimed_at=now, done=0, total=0)
        .returning(Export)
        .execution_options(populate_existing=True)
    )
    return session.scalars(taken).one_or_none()


def waiting(session: Session, *, now: datetime) -> list[UUID]:
    """The exports to be made: queued, or left by a worker that died; the oldest first."""
    return list(session.scalars(select(Export.id).where(_free(now)).order_by(col(Export.asked_at))))


def progressed(session: Session, export: Export, *, done: int, total: int) -> None:
    """Record how many rows are written; raises `TakenOver`."""
    _record(session, export, done=done, total=total)


def finish(session: Session, export: Export, filename: str, *, now: datetime) -> None:
    """Record the finished file; raises `TakenOver`."""
    _record(session, export, state=ExportState.READY, filename=filename, finished_at=now)


def fail(session: Session, export: Export, sentence: str, *, now: datetime) -> None:
    """Record why there is no file; raises `TakenOver`."""
    _record(session, export, state=ExportState.FAILED, error=sentence, finished_at=now)


def purge(session: Session, *, now: datetime) -> list[str]:
    """Remove the rows of exports that are old; return their files' names."""
    old = (
        delete(Export)
        .where(col(Export.asked_at) < now - KEPT, col(Export.state).not_in(UNDER_WAY))
        .returning(col(Export.filename))
    )
    return [filename for filename in session.scalars(old) if filename]


def _free(now: datetime) -> Any:
    lapsed = (col(Export.state) == ExportState.RUNNING) & (col(Export.claimed_at) < now - LEASE)
    return or_(col(Export.state) == ExportState.QUEUED, lapsed)


def _record(session: Session, export: Export, **values: Any) -> None:
    mine = (
        update(Export)
        .where(
            col(Export.id) == export.id,
            col(Export.state) == ExportState.RUNNING,
            col(Export.claimed_at) == export.claimed_at,
        )
        .values(**values)
        .returning(col(Export.id))
        .execution_options(synchronize_session=False)
    )
    if session.scalars(mine).one_or_none() is None:
        raise TakenOver
