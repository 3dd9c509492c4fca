"""Meetings of a process: begun and corrected, with their sessions and what was agreed.

A page sends back the stamp of what it showed: who comes second sees both versions, and nothing is
overwritten. Concept note, records and agreed text are Markdown of ours (`consult.text.markdown`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from consult.models import Consultation, Meeting, MeetingSession
from consult.services.drafts import Act
from consult.text.document import Document
from consult.text.markdown import read
from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.models import Process
from movement.services.calls import CODE, LONGEST_CODE

MOST_SESSIONS = 60
RESERVED = frozenset({"new"})
"""Codes that stand in addresses of other pages."""


class BadMeeting(DomainError):
    """Something of a meeting can't stand. `field`: which of `Details`, or "code"."""

    status = 422

    def __init__(self, field: str, message: object) -> None:
        super().__init__(message)
        self.field = field


class ChangedElsewhere(Conflict):
    """Somebody saved the same since the page was made. Nothing was overwritten."""


@dataclass(frozen=True)
class Details:
    """What is said of a meeting. Fields as in `consult.models.Meeting`."""

    titles: Mapping[str, str]
    begins_on: date
    ends_on: date
    place: str = ""
    group_id: UUID | None = None
    consultation_id: UUID | None = None
    concept: str = ""
    agreed_text: str = ""


@dataclass(frozen=True)
class Minutes:
    """A session's sub-theme and its record."""

    title: str
    record: str


def stamp(row: SQLModel) -> str:
    """What a page remembers of the row it shows: a digest of all its values."""
    # Read one by one: a row that a rollback has expired is loaded again only so.
    values = json.dumps([str(getattr(row, name)) for name in type(row).model_fields])
    return hashlib.sha256(values.encode()).hexdigest()[:32]


def written(text: str, language: str = "en") -> Document:
    """A text of a meeting as headings and paragraphs. Raises `DomainError`, naming the line."""
    try:
        return read(text, language)
    except ValidationError:
        raise DomainError(
            _l("A paragraph of this text is too long, or its number can't be counted.")
        ) from None


def begin(session: Session, process: Process, code: str, details: Details, act: Act) -> Meeting:
    """A meeting of a process. Raises `BadMeeting`, and `Conflict` for a code in use. Flushes."""
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE or code in RESERVED:
        raise BadMeeting(
            "code", _l("A code holds small letters, digits and hyphens, as in spring-meeting.")
        )
    _check(session, process.id, details)
    made = Meeting(
        code=code, process_id=process.id, demonstration=process.demonstration, **_values(details)
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise Conflict(
            _l("There is a meeting with the code %(code)s already.", code=code)
        ) from None
    audit.record(session, "meeting.begun", about=code, now=act.now, label=act.label)
    return made


def correct(session: Session, meeting: Meeting, details: Details, act: Act, *, seen: str) -> bool:
    """Set all that is said of a meeting; return whether anything differed. Flushes.

    `seen`: the stamp of what the page showed. Raises `ChangedElsewhere`, `BadMeeting`.
    """
    locked(session, meeting, seen)
    _check(session, meeting.process_id, details)
    before = {name: getattr(meeting, name) for name in asdict(details)}
    after = _values(details)
    changed = [name for name in after if before[name] != after[name]]
    for name in changed:
        setattr(meeting, name, after[name])
    if changed:
        audit.record(
            session, "meeting.corrected", about=meeting.code, now=act.now, label=act.label,
            fields=changed,
        )  # fmt: skip
    session.flush()
    return bool(changed)


def _values(details: Details) -> dict[str, Any]:
    return {**asdict(details), "titles": dict(details.titles)}


def _check(session: Session, process_id: UUID, details: Details) -> None:
    if details.ends_on < details.begins_on:
        raise BadMeeting("ends_on", _l("The last day can't come before the first."))
    if details.consultation_id is not None:
        consultation = session.get(Consultation, details.consultation_id)
        if consultation is None or consultation.process_id != process_id:
            raise BadMeeting("consultation_id", _l("Choose a consultation of the same process."))
    for field in ("concept", "agreed_text"):
        readable(field, getattr(details, field))


def readable(field: str, text: str) -> None:
    """Raise `BadMeeting` at this field for a text that can't be read."""
    try:
        written(text)
    except DomainError as wrong:
        raise BadMeeting(field, wrong.message) from None


def locked(session: Session, row: SQLModel, seen: str) -> None:
    """Hold a row until the commit, as the database has it. Raises `ChangedElsewhere`."""
    session.refresh(row, with_for_update=True)
    if stamp(row) != seen:
        raise ChangedElsewhere(
            _l(
                "Somebody else changed this since you opened it. Nothing was overwritten: what "
                "stands now is below, and what you wrote is in the form."
            )
        )


def add_session(session: Session, meeting: Meeting, minutes: Minutes, act: Act) -> MeetingSession:
    """A sub-theme at the end of a meeting's programme, with its record. Flushes."""
    readable("record", minutes.record)
    rows = select(func.max(MeetingSession.position), func.count()).where(
        MeetingSession.meeting_id == meeting.id
    )
    last, number = session.execute(rows).one()
    if number >= MOST_SESSIONS:
        raise DomainError(_l("A meeting has at most %(most)s sessions.", most=MOST_SESSIONS))
    made = MeetingSession(
        meeting_id=meeting.id,
        position=0 if last is None else last + 1,
        title=minutes.title,
        record=minutes.record,
    )
    session.add(made)
    session.flush()
    _note(session, "meeting.session_added", meeting, act, made.title)
    return made


def correct_session(
    session: Session, meeting: Meeting, one: MeetingSession, minutes: Minutes, act: Act, *,
    seen: str,
) -> None:  # fmt: skip
    """Set a session's title and record. Raises `ChangedElsewhere`, `BadMeeting`. Flushes."""
    locked(session, one, seen)
    readable("record", minutes.record)
    one.title, one.record = minutes.title, minutes.record
    session.flush()
    _note(session, "meeting.session_corrected", meeting, act, one.title)


def remove_session(session: Session, meeting: Meeting, one: MeetingSession, act: Act) -> None:
    """Take a session out of the programme. Statements made in it stay with the meeting."""
    title = one.title
    session.delete(one)
    session.flush()
    _note(session, "meeting.session_removed", meeting, act, title)


def _note(session: Session, action: str, meeting: Meeting, act: Act, title: str) -> None:
    audit.record(session, action, about=meeting.code, now=act.now, label=act.label, title=title)
