"""What follows an adopted text: pledges made to it, and reports on what was done."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from consult.models.drafts import Texts
from core.db import enum_type, json_type


class PledgeState(StrEnum):
    """In progress: its makers' own. Published: in the register. Withdrawn: there, marked so."""

    IN_PROGRESS = "in_progress"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Pledge(SQLModel, table=True):
    """A voluntary promise linked to paragraphs of an adopted text.

    `number`: counts within the consultation once published. `open_to_others`: others may sign.
    `lineages`: the paragraphs, as in the adopted draft. `focal_function`: whom to ask, a function.
    """

    __tablename__ = "pledge"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id", ondelete="CASCADE")
    draft_id: UUID = Field(foreign_key="consultation_draft.id", ondelete="CASCADE")
    number: int | None = None
    state: PledgeState = Field(default=PledgeState.IN_PROGRESS, sa_type=enum_type(PledgeState))
    titles: Texts = Field(default_factory=dict, sa_type=json_type())
    texts: Texts = Field(default_factory=dict, sa_type=json_type())
    language: str = Field(default="en", max_length=10)
    lineages: list[str] = Field(default_factory=list, sa_type=json_type())
    focal_function: str = Field(default="", max_length=300)
    from_date: date
    until_date: date | None = None
    open_to_others: bool = False
    edition: int = 0
    created_at: datetime
    published_at: datetime | None = None


class PledgeParty(SQLModel, table=True):
    """Who makes or signed a pledge: an organisation, or an outside party without an account.

    `signed_at` None: asked, and not decided. `lead`: began it.
    """

    __tablename__ = "pledge_party"
    __table_args__ = (
        UniqueConstraint("pledge_id", "organisation_id"),
        UniqueConstraint("pledge_id", "outside_party_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    pledge_id: UUID = Field(foreign_key="pledge.id", index=True, ondelete="CASCADE")
    organisation_id: UUID | None = Field(
        default=None, foreign_key="organisation.id", index=True, ondelete="CASCADE"
    )
    outside_party_id: UUID | None = Field(
        default=None, foreign_key="outside_party.id", ondelete="CASCADE"
    )
    lead: bool = False
    signed_at: datetime | None = None
    signed_by: str = Field(default="", max_length=320)
    left_at: datetime | None = None


class PledgeProgress(SQLModel, table=True):
    """A report on how a pledge is coming along."""

    __tablename__ = "pledge_progress"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    pledge_id: UUID = Field(foreign_key="pledge.id", index=True, ondelete="CASCADE")
    organisation_id: UUID | None = Field(
        default=None, foreign_key="organisation.id", ondelete="CASCADE"
    )
    language: str = Field(default="en", max_length=10)
    text: str
    status: str = Field(max_length=40)
    at: datetime
    by_label: str = Field(default="", max_length=320)


class ReportState(StrEnum):
    """Whether an implementation report is still its organisation's own."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"


class ImplementationReport(SQLModel, table=True):
    """What an organisation did about a paragraph of an adopted text, in one round of reporting."""

    __tablename__ = "implementation_report"
    __table_args__ = (
        UniqueConstraint("call_id", "organisation_id", "lineage"),
        Index("ix_implementation_report_draft", "draft_id", "lineage"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", ondelete="CASCADE")
    draft_id: UUID = Field(foreign_key="consultation_draft.id", ondelete="CASCADE")
    lineage: UUID
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    state: ReportState = Field(default=ReportState.IN_PROGRESS, sa_type=enum_type(ReportState))
    status: str = Field(default="", max_length=40)
    language: str = Field(default="en", max_length=10)
    measures: str = ""
    difficulties: str = ""
    next_steps: str = ""
    edition: int = 0
    updated_at: datetime
    submitted_at: datetime | None = None
    by_label: str = Field(default="", max_length=320)
    history: list[dict[str, Any]] = Field(default_factory=list, sa_type=json_type())


class ReportEvidence(SQLModel, table=True):
    """A file or an address that shows what a report says."""

    __tablename__ = "report_evidence"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    report_id: UUID = Field(foreign_key="implementation_report.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=300)
    address: str = Field(default="", max_length=500)
    name: str = Field(default="", max_length=200)
    content_type: str = Field(default="", max_length=100)
    size: int = 0
    digest: str = Field(default="", max_length=64)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    added_at: datetime


class ReportingRound(SQLModel, table=True):
    """One asking for implementation reports on an adopted text: the call it is."""

    __tablename__ = "reporting_round"

    call_id: UUID = Field(primary_key=True, foreign_key="call.id", ondelete="CASCADE")
    draft_id: UUID = Field(foreign_key="consultation_draft.id", index=True, ondelete="CASCADE")
