"""The export jobs: each row is the job and the only truth about it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from core.db import enum_type


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
