"""Files given as answers: taking them in, and seeing that an answer names one of its own.

A file is kept before the answers that name it are saved, so that it survives whatever else is
wrong on its page. Flushes; callers commit.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as any_select
from sqlmodel import Session, col

from core.content import safe_name, type_of
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from surveys.definition import Media, Question
from surveys.kinds.files import most_bytes
from surveys.models import Evidence, ResponseState
from surveys.queries.responses import Asked
from surveys.services.responses import Author, locked, refuse_closed

MOST_FILES = 200
MOST_IN_ALL = 250_000_000
"""Files, and bytes of them, that one response holds, those of its history included."""


class NotTaken(DomainError):
    """A file was refused. `reason`: its code, which `surveys.kinds.files` puts into words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: the name it was given, and its bytes."""

    name: str
    data: bytes


def keep(
    session: Session, asked: Asked, question: Question, upload: Upload, *, now: datetime, by: Author
) -> dict[str, Any]:
    """Keep a file for a question; return the answer that names it.

    Raises NotTaken for a file that is empty, too large, or of a type that isn't taken; Closed
    after the deadline, Conflict once the response is submitted.
    """
    refuse_closed(asked, now)
    response = locked(session, asked)
    if response.state is ResponseState.SUBMITTED:
        raise Conflict(_l("This response was submitted. Reopen it to change answers."))
    name, mime = _taken(question, upload)
    _refuse_too_many(session, response.id, len(upload.data))
    row = Evidence(
        response_id=response.id,
        question=question.code,
        name=name,
        type=mime,
        size=len(upload.data),
        sha256=hashlib.sha256(upload.data).hexdigest(),
        data=upload.data,
        uploaded_at=now,
        person_id=by.person_id,
        by=by.label,
    )
    session.add(row)
    session.flush()
    return stored(row.id, row.name, row.type, row.size)


def stored(evidence_id: UUID, name: str, mime: str, size: int) -> dict[str, Any]:
    """The answer that names a file."""
    return {"id": str(evidence_id), "name": name, "type": mime, "size": size}


def _taken(question: Question, upload: Upload) -> tuple[str, str]:
    """The name and type a file is kept under; raises NotTaken."""
    if not upload.data:
        raise NotTaken("empty")
    if len(upload.data) > most_bytes(question):
        raise NotTaken("large")
    found = type_of(upload.data)
    if found is None:
        raise NotTaken("type")
    if question.media not in (None, Media.FILE, found.media):
        raise NotTaken("media")
    return safe_name(upload.name, found), found.mime


def _refuse_too_many(session: Session, response_id: UUID, size: int) -> None:
    held = any_select(func.count(), func.coalesce(func.sum(col(Evidence.size)), 0)).where(
        col(Evidence.response_id) == response_id
    )
    count, total = session.execute(held).one()
    if count >= MOST_FILES or total + size > MOST_IN_ALL:
        raise NotTaken("many")


def refuse_foreign(session: Session, response_id: UUID, named: list[tuple[str, Any]]) -> None:
    """Raise DomainError if an answer names a file that isn't the question's own.

    `named`: (question's code, stored value). What an answer says of its file must be what is kept.
    """
    if not named:
        return
    columns = (Evidence.id, Evidence.name, Evidence.type, Evidence.size, Evidence.question)
    rows = session.execute(
        any_select(*map(col, columns)).where(col(Evidence.response_id) == response_id)
    )
    own = {(row[4], str(row[0])): stored(row[0], row[1], row[2], row[3]) for row in rows}
    if any(own.get((code, value["id"])) != value for code, value in named):
        raise DomainError(_l("This page is damaged. Open the section again."))
