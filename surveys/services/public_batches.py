"""Bringing batches in: all of a file or nothing, and no row twice. Callers commit."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from core import audit
from core.errors import DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from surveys.batches import Batch, BatchRow
from surveys.public_models import PublicForm, PublicResponse, PublicResponseState, Source

AT_ONCE = 500


class Unconfirmed(DomainError):
    """Some of the file can't be kept, and nobody said to leave it out."""

    status = 422


@dataclass(frozen=True)
class BroughtIn:
    """How many rows a batch added, and how many were there already."""

    added: int
    already: int


def bring_in(
    session: Session,
    form: PublicForm,
    batch: Batch,
    *,
    partly: bool,
    key: bytes,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> BroughtIn:
    """Add the batch's rows as submitted responses of today. Flushes.

    `partly`: whether to leave out what is wrong; else `Unconfirmed` is raised if anything is. A row
    is recognised by a keyed hash of its mark, which without the installation's key leads nowhere.
    """
    if batch.wrong and not partly:
        raise Unconfirmed(_l("Nothing was imported, because part of the file can't be."))
    marks = {_hash(key, form, row.mark): row for row in batch.rows}
    known = _known(session, form, list(marks))
    source = Source.KOBO if batch.kobo else Source.CSV
    fresh = [(mark, row) for mark, row in marks.items() if mark not in known]
    session.add_all(_response(form, mark, row, source, now.date()) for mark, row in fresh)
    done = BroughtIn(len(fresh), len(batch.rows) - len(fresh))
    audit.record(
        session,
        "public.imported",
        about=form.code,
        now=now,
        by=by,
        label=label,
        source=source.value,
        added=done.added,
        already=done.already,
        refused=batch.refused,
    )
    session.flush()
    return done


def _response(
    form: PublicForm, mark: str, row: BatchRow, source: Source, day: date
) -> PublicResponse:
    return PublicResponse(
        form_id=form.id,
        version_id=form.version_id,
        language=row.language if row.language in form.languages else form.languages[0],
        source=source,
        state=PublicResponseState.SUBMITTED,
        answers=row.answers,
        row_hash=mark,
        saved_on=day,
    )


def _hash(key: bytes, form: PublicForm, mark: str) -> str:
    return hmac.digest(key, f"batch/{form.id}/{mark}".encode(), "sha256").hex()


def _known(session: Session, form: PublicForm, marks: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(marks), AT_ONCE):
        some = marks[start : start + AT_ONCE]
        rows = session.exec(
            select(PublicResponse.row_hash).where(
                PublicResponse.form_id == form.id, col(PublicResponse.row_hash).in_(some)
            )
        )
        found.update(row for row in rows if row)
    return found
