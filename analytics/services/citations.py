"""Citing evidence to a paragraph, kept by value, and taking it away with a trace."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from analytics.models import Citation, CitationFile, CitationKind, Texts
from consult.models import Consultation, Draft, DraftState
from consult.queries.consultations import document_of
from core import audit
from core.content import safe_name, type_of
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import Actor

MOST_BYTES = 10_000_000
LONGEST_ADDRESS = 500
_ADDRESS = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?(/[^\s<>\x22]*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A paragraph of a published draft."""

    draft: Draft
    lineage: UUID


@dataclass(frozen=True)
class Finding:
    """What a survey found, as it was at one moment. Fields as in `Citation`."""

    wave_code: str
    question: str
    titles: Texts
    sentences: Texts
    figures: dict[str, Any]
    n: int | None
    size: int | None


@dataclass(frozen=True)
class Document:
    """A document: by its address on the web, as a file, or both."""

    titles: Texts
    sentences: Texts = field(default_factory=dict)
    address: str = ""
    file_name: str = ""
    data: bytes = b""


class BadDocument(DomainError):
    """A document can't be cited so. `name`: the field to mend."""

    status = 422

    def __init__(self, name: str, message: object) -> None:
        super().__init__(message)
        self.name = name


def digest_of(values: dict[str, Any]) -> str:
    """SHA-256 of values as canonical JSON: what tells a changed citation from the one kept."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def cite_finding(
    session: Session, place: Place, finding: Finding, *, now: datetime, by: Actor
) -> Citation:
    """Keep a finding beside a paragraph. Flushes.

    Raises `DomainError` for a finding without figures, and for a paragraph not in the draft.
    """
    if not any(finding.sentences.values()) or not finding.figures.get("rows"):
        raise DomainError(
            _l("Too few answered: these figures can't be shared with all who read the text.")
        )
    values = asdict(finding)
    made = _made(place, CitationKind.FINDING, values, now, by)
    return _kept(session, place, made, now, by)


def cite_document(
    session: Session, place: Place, document: Document, *, now: datetime, by: Actor
) -> Citation:
    """Cite a document to a paragraph. Flushes. Raises `BadDocument` at the field to mend."""
    _check(document)
    file = _file(document)
    values: dict[str, Any] = {
        "titles": document.titles, "sentences": document.sentences, "address": document.address,
    }  # fmt: skip
    told = values | {"file": file.get("digest", "")}
    made = _made(place, CitationKind.DOCUMENT, values, now, by)
    made.digest = digest_of(told)
    kept = _kept(session, place, made, now, by)
    if file:
        session.add(CitationFile(citation_id=kept.id, **file))
        session.flush()
    return kept


def remove(session: Session, citation: Citation, *, now: datetime, by: Actor) -> None:
    """Take evidence away. The audit trail keeps what it said and its digest."""
    consultation = session.get_one(Consultation, citation.consultation_id)
    audit.record(
        session, "evidence.removed", about=consultation.code, now=now, by=by,
        kind=citation.kind.value, lineage=str(citation.lineage), titles=citation.titles,
        sentences=citation.sentences, digest=citation.digest,
    )  # fmt: skip
    session.delete(citation)
    session.flush()


def _made(
    place: Place, kind: CitationKind, values: dict[str, Any], now: datetime, by: Actor
) -> Citation:
    return Citation(
        consultation_id=place.draft.consultation_id, draft_id=place.draft.id,
        lineage=place.lineage, kind=kind, digest=digest_of(values), created_at=now,
        by_label=by.label, **values,
    )  # fmt: skip


def _kept(session: Session, place: Place, made: Citation, now: datetime, by: Actor) -> Citation:
    if place.draft.state is not DraftState.PUBLISHED:
        raise Conflict(_l("Evidence is cited to published drafts."))
    if document_of(place.draft).find(place.lineage) is None:
        raise DomainError(_l("This paragraph is not in the draft."))
    session.add(made)
    consultation = session.get_one(Consultation, place.draft.consultation_id)
    audit.record(
        session, "evidence.cited", about=consultation.code, now=now, by=by, kind=made.kind.value,
        draft=place.draft.number, lineage=str(place.lineage), digest=made.digest,
    )  # fmt: skip
    session.flush()
    return made


def _check(document: Document) -> None:
    if not any(document.titles.values()):
        raise BadDocument("title", _l("Write the document's title."))
    if document.address and (
        len(document.address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(document.address)
    ):
        raise BadDocument("address", _l("Write an address that begins with https://"))
    if not document.address and not document.data:
        raise BadDocument("address", _l("Give an address, or add the file."))


def _file(document: Document) -> dict[str, Any]:
    """The columns of the document's file, none without one; its type is told by its content."""
    if not document.data:
        return {}
    found = type_of(document.data) if len(document.data) <= MOST_BYTES else None
    if found is None:
        raise BadDocument(
            "file",
            _l(
                "This file isn't taken. Use at most 10 MB of PDF, pictures, Word, Excel, "
                "PowerPoint or OpenDocument without macros, or plain text."
            ),
        )
    return {
        "name": safe_name(document.file_name, found), "content_type": found.mime,
        "size": len(document.data), "digest": hashlib.sha256(document.data).hexdigest(),
        "content": document.data,
    }  # fmt: skip
