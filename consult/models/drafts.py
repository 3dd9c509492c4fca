"""Consultations, their drafts and what leads from one draft to the next."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type

Texts = dict[str, str]


class DraftState(StrEnum):
    """A draft in work changes; a published one never does."""

    IN_WORK = "in_work"
    PUBLISHED = "published"


class Consultation(SQLModel, table=True):
    """The making of one text, draft by draft. `archived_at`: read and no longer changed."""

    __tablename__ = "consultation"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, max_length=60)
    process_id: UUID = Field(foreign_key="process.id", index=True, ondelete="CASCADE")
    titles: Texts = Field(default_factory=dict, sa_type=json_type())
    demonstration: bool = False
    created_at: datetime
    archived_at: datetime | None = None


class Draft(SQLModel, table=True):
    """One version of a text. `number`: 0 for the zero draft, then 1 and up.

    `document`: a `consult.text.document.Document`; `digest`: its own, kept when published, so that
    changed bytes are noticed. `base_id`: the draft before, None for the first. `edition`: counts
    the changes while in work, so that a stale page is noticed.
    """

    __tablename__ = "consultation_draft"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id", ondelete="CASCADE")
    number: int
    state: DraftState = Field(default=DraftState.IN_WORK, sa_type=enum_type(DraftState))
    document: dict[str, Any] = Field(sa_type=json_type())
    digest: str = Field(default="", max_length=64)
    base_id: UUID | None = Field(default=None, foreign_key="consultation_draft.id")
    edition: int = 0
    source: str = Field(default="", max_length=300)
    created_at: datetime
    published_at: datetime | None = None
    published_by: str = Field(default="", max_length=320)


class DraftOperation(SQLModel, table=True):
    """One operation of the change set that makes a draft of its base, in the order of `position`.

    `operation`: a `consult.changes.operations.Operation`; its id is the row's. `by_label`: who
    made it.
    """

    __tablename__ = "draft_operation"
    __table_args__ = (UniqueConstraint("draft_id", "position"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    draft_id: UUID = Field(foreign_key="consultation_draft.id", index=True, ondelete="CASCADE")
    position: int
    operation: dict[str, Any] = Field(sa_type=json_type())
    by_label: str = Field(default="", max_length=320)
    at: datetime


class OperationSource(SQLModel, table=True):
    """A contribution that is behind an operation; the same as in the operation's own JSON."""

    __tablename__ = "operation_source"

    operation_id: UUID = Field(
        primary_key=True, foreign_key="draft_operation.id", ondelete="CASCADE"
    )
    contribution_id: UUID = Field(
        primary_key=True, foreign_key="contribution.id", index=True, ondelete="CASCADE"
    )


class Visibility(StrEnum):
    """When those who take part see others' submitted contributions."""

    AFTER_SUBMISSION = "after_submission"
    AFTER_CLOSING = "after_closing"
    NEVER = "never"


class Round(SQLModel, table=True):
    """One asking for contributions on a published draft: the call it is, and its rules.

    `names_shown`: others' contributions carry their organisation's name. `closed_at`: every
    admitted contribution is decided on and the round ended; not the deadline, which is the call's.
    `approval_required` stands on the call. `account_public`: its account may be read by all.
    """

    __tablename__ = "consultation_round"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    call_id: UUID = Field(primary_key=True, foreign_key="call.id", ondelete="CASCADE")
    consultation_id: UUID = Field(foreign_key="consultation.id", ondelete="CASCADE")
    draft_id: UUID = Field(foreign_key="consultation_draft.id", index=True, ondelete="CASCADE")
    number: int
    visibility: Visibility = Field(default=Visibility.AFTER_CLOSING, sa_type=enum_type(Visibility))
    names_shown: bool = True
    closed_at: datetime | None = None
    closed_by: str = Field(default="", max_length=320)
    account_public: bool = False


class Agreement(SQLModel, table=True):
    """What a member of a group says to a draft before its adoption: consent, or an objection."""

    __tablename__ = "draft_agreement"
    __table_args__ = (UniqueConstraint("draft_id", "group_id", "organisation_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    draft_id: UUID = Field(foreign_key="consultation_draft.id", ondelete="CASCADE")
    group_id: UUID = Field(foreign_key="network_or_group.id", ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", ondelete="CASCADE")
    consents: bool
    reason: str = ""
    at: datetime
    by_label: str = Field(default="", max_length=320)


class AgreementRequest(SQLModel, table=True):
    """A group was asked whether it agrees to a draft, so that its members' words are awaited."""

    __tablename__ = "agreement_request"
    __table_args__ = (UniqueConstraint("draft_id", "group_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    draft_id: UUID = Field(foreign_key="consultation_draft.id", ondelete="CASCADE")
    group_id: UUID = Field(foreign_key="network_or_group.id", ondelete="CASCADE")
    asked_at: datetime
    asked_by: str = Field(default="", max_length=320)


class Adoption(SQLModel, table=True):
    """A draft adopted as the final text: by which body, when, under which reference."""

    __tablename__ = "draft_adoption"

    draft_id: UUID = Field(
        primary_key=True, foreign_key="consultation_draft.id", ondelete="CASCADE"
    )
    body: str = Field(max_length=300)
    adopted_on: date
    reference: str = Field(default="", max_length=200)
    recorded_at: datetime
    recorded_by: str = Field(default="", max_length=320)


class Duty(SQLModel, table=True):
    """To whom a paragraph of an adopted text is addressed, and by when a report on it is due."""

    __tablename__ = "paragraph_duty"
    __table_args__ = (UniqueConstraint("draft_id", "lineage"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    draft_id: UUID = Field(foreign_key="consultation_draft.id", ondelete="CASCADE")
    lineage: UUID
    addressees: list[str] = Field(default_factory=list, sa_type=json_type())
    report_due: date | None = None
