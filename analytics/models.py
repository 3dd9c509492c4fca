"""Export jobs, whose rows are the only truth about them; and evidence cited to paragraphs."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type

Texts = dict[str, str]


class ExportFormat(StrEnum):
    """The files an export can be."""

    XLSX = "xlsx"
    CSV = "csv"


class ExportState(StrEnum):
    """How far an export is."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class Export(SQLModel, table=True):
    """One asked-for file. `done` of `total` rows are written; `filename` is set once ready."""

    __tablename__ = "export"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    format: ExportFormat = Field(sa_type=enum_type(ExportFormat))
    language: str = Field(default="en", max_length=10)
    consented_only: bool = False
    state: ExportState = Field(default=ExportState.QUEUED, sa_type=enum_type(ExportState))
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    asked_at: datetime
    claimed_at: datetime | None = None
    finished_at: datetime | None = None
    done: int = 0
    total: int = 0
    filename: str = Field(default="", max_length=200)
    error: str = ""


class CitationKind(StrEnum):
    """What is cited: a finding of a survey, or a document."""

    FINDING = "finding"
    DOCUMENT = "document"


class Citation(SQLModel, table=True):
    """Evidence cited to a paragraph, kept by value: what it says never changes with its source.

    `draft_id`, `lineage`: the paragraph it was cited to; later drafts show it where that paragraph
    went. `sentences` by language: what a finding says, or why a document is cited. `figures`: a
    finding's table by language, as `headings` and `rows`. `n` of `size`: how many answered, of how
    many. `digest`: SHA-256 of all that. `wave_code`, `question`: where a finding is from, by name;
    the survey may be gone. `titles`: the question's or the document's; `address`: https, or "".
    """

    __tablename__ = "citation"
    __table_args__ = (Index("ix_citation_consultation_lineage", "consultation_id", "lineage"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id", ondelete="CASCADE")
    draft_id: UUID = Field(foreign_key="consultation_draft.id", ondelete="CASCADE")
    lineage: UUID
    kind: CitationKind = Field(sa_type=enum_type(CitationKind))
    titles: Texts = Field(default_factory=dict, sa_type=json_type())
    sentences: Texts = Field(default_factory=dict, sa_type=json_type())
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=json_type())
    n: int | None = None
    size: int | None = None
    wave_code: str = Field(default="", max_length=60)
    question: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=500)
    digest: str = Field(max_length=64)
    created_at: datetime
    by_label: str = Field(default="", max_length=320)


class CitationFile(SQLModel, table=True):
    """The file of a cited document. It only ever leaves as an attachment."""

    __tablename__ = "citation_file"

    citation_id: UUID = Field(primary_key=True, foreign_key="citation.id", ondelete="CASCADE")
    name: str = Field(max_length=200)
    content_type: str = Field(max_length=100)
    size: int
    digest: str = Field(max_length=64)
    content: bytes = Field(sa_type=LargeBinary)
