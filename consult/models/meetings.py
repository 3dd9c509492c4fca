"""Meetings of networks, groups and commissions, and what they bring to a text."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from consult.models.drafts import Texts
from core.db import json_type


class Meeting(SQLModel, table=True):
    """A meeting within a process. `concept` and `agreed_text`: Markdown of ours."""

    __tablename__ = "meeting"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, max_length=60)
    process_id: UUID = Field(foreign_key="process.id", index=True, ondelete="CASCADE")
    consultation_id: UUID | None = Field(
        default=None, foreign_key="consultation.id", index=True, ondelete="SET NULL"
    )
    group_id: UUID | None = Field(
        default=None, foreign_key="network_or_group.id", ondelete="SET NULL"
    )
    titles: Texts = Field(default_factory=dict, sa_type=json_type())
    place: str = Field(default="", max_length=200)
    begins_on: date
    ends_on: date
    concept: str = ""
    agreed_text: str = ""
    demonstration: bool = False


class MeetingSession(SQLModel, table=True):
    """A sub-theme of a meeting, and the record of its session."""

    __tablename__ = "meeting_session"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
    position: int
    title: str = Field(max_length=300)
    record: str = ""


class MeetingDocument(SQLModel, table=True):
    """A file that belongs to a meeting. It only ever leaves as an attachment."""

    __tablename__ = "meeting_document"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=300)
    name: str = Field(max_length=200)
    content_type: str = Field(max_length=100)
    size: int
    digest: str = Field(max_length=64)
    content: bytes = Field(sa_type=LargeBinary)
    added_at: datetime


class Statement(SQLModel, table=True):
    """What an organisation said at a meeting. Shown to others only with its consent."""

    __tablename__ = "meeting_statement"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
    session_id: UUID | None = Field(
        default=None, foreign_key="meeting_session.id", ondelete="SET NULL"
    )
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    text: str
    language: str = Field(default="en", max_length=10)
    consent: bool = False
    recorded_at: datetime
    recorded_by: str = Field(default="", max_length=320)
