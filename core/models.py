"""Rows that belong to no feature: the mail outbox and the audit trail."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type


class MailState(StrEnum):
    """How far one mail is."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Mail(SQLModel, table=True):
    """One mail to one address: the outbox's row, and the only truth about it.

    `key` is unique, so asking twice for the same mail makes one. `message_id` is fixed when the row
    is made: a second delivery of the same row is recognisable as such. `subject_id` names what the
    mail is about (a participation, say) without the outbox knowing what that is.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_due", "state", "not_before"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    key: str = Field(unique=True, max_length=300)
    purpose: str = Field(max_length=40, index=True)
    to_address: str = Field(max_length=320)
    language: str = Field(max_length=10)
    subject: str
    body: str
    about_id: UUID | None = Field(default=None, index=True)
    message_id: str = Field(max_length=200)
    state: MailState = Field(default=MailState.QUEUED, sa_type=enum_type(MailState))
    attempts: int = 0
    not_before: datetime
    created_at: datetime
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    error: str | None = None


class AuditEntry(SQLModel, table=True):
    """What somebody did that others may ask about later. Rows are only ever added."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    action: str = Field(max_length=80, index=True)
    person_id: UUID | None = Field(default=None, index=True)
    by: str = Field(default="", max_length=320)
    about: str = Field(default="", max_length=200, index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=json_type())


class KeptForm(SQLModel, table=True):
    """What a person typed into a page whose session had ended; given back after signing in."""

    __tablename__ = "kept_form"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(index=True)
    path: str = Field(max_length=500)
    fields: dict[str, list[str]] = Field(default_factory=dict, sa_type=json_type())
    kept_at: datetime
