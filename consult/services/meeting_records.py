"""What a meeting leaves behind: its documents, and statements with consent."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, select

from consult.models import Meeting, MeetingDocument, Statement
from consult.services.drafts import Act
from consult.services.meetings import locked
from core import audit
from core.content import safe_name, type_of
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

MOST_BYTES = 10_000_000
MOST_DOCUMENTS = 60


@dataclass(frozen=True)
class Spoken:
    """A statement as it is recorded. Fields as in `consult.models.Statement`.

    `renewed`: the organisation agreed to other words than those it had agreed to before.
    """

    organisation_id: UUID
    text: str
    language: str
    consent: bool
    session_id: UUID | None = None
    renewed: bool = False


def add_document(
    session: Session, meeting: Meeting, name: str, data: bytes, act: Act, *, title: str = ""
) -> MeetingDocument:
    """Keep a file with a meeting; its type is told by its content. Flushes. Raises `DomainError`.

    `title` "": the file's name stands for it.
    """
    found = type_of(data) if 0 < len(data) <= MOST_BYTES else None
    if found is None:
        raise DomainError(_refusal(data))
    counted = select(func.count()).where(MeetingDocument.meeting_id == meeting.id)
    if (session.scalar(counted) or 0) >= MOST_DOCUMENTS:
        raise DomainError(_l("A meeting holds at most %(most)s documents.", most=MOST_DOCUMENTS))
    kept = safe_name(name, found)
    made = MeetingDocument(
        meeting_id=meeting.id, title=title or kept, name=kept, content_type=found.mime,
        size=len(data), digest=hashlib.sha256(data).hexdigest(), content=data, added_at=act.now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _note(session, "meeting.document_added", meeting, act, {"name": kept, "digest": made.digest})
    return made


def _refusal(data: bytes) -> Lazy:
    if not data:
        return _l("Choose a file that isn't empty.")
    if len(data) > MOST_BYTES:
        return _l("This file is larger than 10 MB. Make it smaller, then add it again.")
    return _l(
        "This type of file isn't taken. Use PDF, pictures, Word, Excel, PowerPoint or "
        "OpenDocument files without macros, or plain text."
    )


def remove_document(
    session: Session, meeting: Meeting, document: MeetingDocument, act: Act
) -> None:
    """Take a document away; the record of it stays in the audit trail."""
    told = {"name": document.name, "digest": document.digest}
    session.delete(document)
    session.flush()
    _note(session, "meeting.document_removed", meeting, act, told)


def record_statement(session: Session, meeting: Meeting, said: Spoken, act: Act) -> Statement:
    """Record what an organisation said. Flushes. Raises `DomainError` for no words."""
    _refuse_empty(said)
    made = Statement(
        meeting_id=meeting.id, session_id=said.session_id, organisation_id=said.organisation_id,
        text=said.text, language=said.language, consent=said.consent, recorded_at=act.now,
        recorded_by=act.label,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _note(session, "meeting.statement_recorded", meeting, act, {"consent": said.consent})
    return made


def correct_statement(
    session: Session, meeting: Meeting, one: Statement, said: Spoken, act: Act, *, seen: str
) -> None:
    """Correct a record. Raises `ChangedElsewhere` if the page's stamp `seen` is old. Flushes.

    Consent is to an organisation's own words: it ends with them, unless it was `renewed`.
    """
    locked(session, one, seen)
    _refuse_empty(said)
    kept = not one.consent or said.renewed or _same(one, said)
    one.consent = said.consent and kept
    one.organisation_id, one.session_id = said.organisation_id, said.session_id
    one.text, one.language = said.text, said.language
    one.recorded_at, one.recorded_by = act.now, act.label
    session.flush()
    _note(session, "meeting.statement_corrected", meeting, act, {"consent": one.consent})


def _same(one: Statement, said: Spoken) -> bool:
    """Whether it is the same organisation that says the same words, whatever their spaces."""
    same_words = one.text.split() == said.text.split()
    return same_words and one.organisation_id == said.organisation_id


def give_consent(
    session: Session, meeting: Meeting, one: Statement, act: Act, *, seen: str
) -> None:
    """Consent to showing a statement as the page with the stamp `seen` had it.

    Nothing happens where it is given already. Raises `ChangedElsewhere` for other words.
    """
    session.refresh(one, with_for_update=True)
    if not one.consent:
        locked(session, one, seen)
        _decide(session, meeting, one, act, consents=True)


def take_consent_back(session: Session, meeting: Meeting, one: Statement, act: Act) -> None:
    """Let nobody else read a statement, whatever its words are by now."""
    session.refresh(one, with_for_update=True)
    if one.consent:
        _decide(session, meeting, one, act, consents=False)


def _decide(
    session: Session, meeting: Meeting, one: Statement, act: Act, *, consents: bool
) -> None:
    one.consent = consents
    session.flush()
    _note(session, "meeting.consent", meeting, act, {"statement": str(one.id), "consent": consents})


def remove_statement(session: Session, meeting: Meeting, one: Statement, act: Act) -> None:
    """Take a statement out of the record."""
    told = {"statement": str(one.id), "organisation": str(one.organisation_id)}
    session.delete(one)
    session.flush()
    _note(session, "meeting.statement_removed", meeting, act, told)


def _refuse_empty(said: Spoken) -> None:
    if not said.text:
        raise DomainError(_l("Write what was said."))


def _note(
    session: Session, action: str, meeting: Meeting, act: Act, told: Mapping[str, Any]
) -> None:
    audit.record(session, action, about=meeting.code, now=act.now, label=act.label, **told)
