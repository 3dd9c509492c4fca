"""Public questionnaires and what people without accounts answered to them.

A public response has no path to a person: no person, network address, browser or hour, an id drawn
at random, and no order of rows that would tell when it came.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type


class PublicState(StrEnum):
    """Where a public questionnaire is. An open one is closed once its last day is over."""

    OPEN = "open"
    CLOSED = "closed"


class PublicResponseState(StrEnum):
    """Whether somebody is still answering."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"


class Source(StrEnum):
    """How a response came: answered on the web, or in a batch collected elsewhere."""

    WEB = "web"
    CSV = "csv"
    KOBO = "kobo"


class PublicForm(SQLModel, table=True):
    """A questionnaire open to everybody who has its address.

    `call_id`: the wave it goes with, if any. `languages`: offered, in the order shown. `opens_on`,
    `closes_on`: its first and last day, anywhere. `retention_days`: how long a submitted response
    is kept. `label`: for staff, where it was shared.
    """

    __tablename__ = "public_form"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, max_length=60)
    process_id: UUID = Field(foreign_key="process.id", index=True, ondelete="CASCADE")
    call_id: UUID | None = Field(default=None, foreign_key="call.id", ondelete="SET NULL")
    survey_id: UUID = Field(foreign_key="survey.id", index=True, ondelete="CASCADE")
    version_id: UUID = Field(foreign_key="questionnaire_version.id", ondelete="CASCADE")
    languages: list[str] = Field(default_factory=list, sa_type=json_type())
    label: str = Field(default="", max_length=200)
    state: PublicState = Field(default=PublicState.OPEN, sa_type=enum_type(PublicState))
    opens_on: date
    closes_on: date
    retention_days: int
    opened_at: datetime
    closed_at: datetime | None = None


class PublicResponse(SQLModel, table=True):
    """What one person answered. `saved_on`: the day of the last change, never the hour.

    `answers`, `unread`, `confirmed`: as in a Society's response. `code_hash`: of the code to go on
    with, gone once submitted. `row_hash`: keyed, of the row of a batch, so that no row comes twice.
    SQLite keeps it without row numbers, which would tell the order of arrival.
    """

    __tablename__ = "public_response"
    __table_args__ = (
        UniqueConstraint("form_id", "code_hash"),
        UniqueConstraint("form_id", "row_hash"),
        Index("ix_public_response_state", "form_id", "state", "saved_on"),
        {"sqlite_with_rowid": False},
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    form_id: UUID = Field(foreign_key="public_form.id", ondelete="CASCADE")
    version_id: UUID = Field(foreign_key="questionnaire_version.id", ondelete="CASCADE")
    language: str = Field(max_length=35)
    source: Source = Field(default=Source.WEB, sa_type=enum_type(Source))
    state: PublicResponseState = Field(
        default=PublicResponseState.IN_PROGRESS, sa_type=enum_type(PublicResponseState)
    )
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=json_type())
    unread: dict[str, Any] = Field(default_factory=dict, sa_type=json_type())
    confirmed: dict[str, Any] = Field(default_factory=dict, sa_type=json_type())
    code_hash: str | None = Field(default=None, max_length=64)
    row_hash: str | None = Field(default=None, max_length=64)
    saved_on: date
