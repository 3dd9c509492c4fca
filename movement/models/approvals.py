"""A second person's word on what an organisation is about to submit.

What is approved is known here by its digest only; what it says is the asking package's business.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from core.db import enum_type


class Verdict(StrEnum):
    """What became of a request. `replaced`: another text was put forward before an answer."""

    APPROVED = "approved"
    REFUSED = "refused"
    REPLACED = "replaced"


class Approval(SQLModel, table=True):
    """A request to approve what `digest` (SHA-256, 64 hex digits) stands for, and the answer.

    `asked_by`, `decided_by`: how records name them. An organisation has at most one request of a
    call without a verdict.
    """

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_call_organisation", "call_id", "organisation_id"),
        Index(
            "uq_approval_waiting", "call_id", "organisation_id", unique=True,
            sqlite_where=text("verdict IS NULL"), postgresql_where=text("verdict IS NULL"),
        ),
    )  # fmt: skip

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id")
    digest: str = Field(max_length=64)
    asked_by_id: UUID
    asked_by: str = Field(max_length=320)
    asked_at: datetime
    note: str = ""
    decided_by_id: UUID | None = None
    decided_by: str = Field(default="", max_length=320)
    decided_at: datetime | None = None
    verdict: Verdict | None = Field(default=None, sa_type=enum_type(Verdict))
    reason: str = ""
