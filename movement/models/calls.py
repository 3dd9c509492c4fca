"""A call: one asking of many organisations by a deadline, as a wave of a survey is.

What is asked is another package's business; who is asked, how far they are, what they are mailed
and when it ends is the same for all, and stands here.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type
from movement.models.directory import Texts


class CallKind(StrEnum):
    """What sort of asking a call is: its mails and pages speak accordingly."""

    SURVEY = "survey"
    CONSULTATION = "consultation"
    REPORTING = "reporting"


class CallState(StrEnum):
    """Where a call is. An open one is closed for whom the closing day is over."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class ParticipationState(StrEnum):
    """How far an organisation is with a call."""

    LISTED = "listed"
    INVITED = "invited"
    OPENED = "opened"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    DECLINED = "declined"


class MessageKind(StrEnum):
    """The messages a call's authors write."""

    INVITATION = "invitation"
    REMINDER = "reminder"


class Process(SQLModel, table=True):
    """What calls belong to, such as the making of one strategy."""

    __tablename__ = "process"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, max_length=60)
    titles: Texts = Field(default_factory=dict, sa_type=json_type())
    demonstration: bool = False


class Call(SQLModel, table=True):
    """One asking. `closes_on`: the last day, in each organisation's own time zone.

    `test`: a trial with chosen organisations; what they answer counts nowhere. `archived_at`: out
    of the lists and no longer changed since then. `approval_required`: an organisation submits only
    what a second person of it has approved (`movement.models.Approval`).
    """

    __tablename__ = "call"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, max_length=60)
    process_id: UUID = Field(foreign_key="process.id", index=True, ondelete="CASCADE")
    kind: CallKind = Field(default=CallKind.SURVEY, sa_type=enum_type(CallKind))
    titles: Texts = Field(default_factory=dict, sa_type=json_type())
    state: CallState = Field(default=CallState.PLANNED, sa_type=enum_type(CallState))
    frame_date: date
    closes_on: date
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    released_at: datetime | None = None
    demonstration: bool = False
    test: bool = False
    archived_at: datetime | None = None
    approval_required: bool = False


class Participation(SQLModel, table=True):
    """An organisation's part in a call. `region_code`: its region on the frame date, kept.

    `in_frame`: a National Society that was a member on the frame date, so counted in N.
    """

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("call_id", "organisation_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    region_code: str | None = Field(default=None, max_length=40)
    in_frame: bool = True
    state: ParticipationState = Field(
        default=ParticipationState.LISTED, sa_type=enum_type(ParticipationState)
    )
    invited_at: datetime | None = None
    opened_at: datetime | None = None
    started_at: datetime | None = None
    submitted_at: datetime | None = None
    declined_at: datetime | None = None
    decline_reason: str = ""


class CallMessage(SQLModel, table=True):
    """The text of an invitation or reminder in one language, with placeholders in braces."""

    __tablename__ = "call_message"
    __table_args__ = (UniqueConstraint("call_id", "kind", "language"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", ondelete="CASCADE")
    kind: MessageKind = Field(sa_type=enum_type(MessageKind))
    language: str = Field(max_length=10)
    subject: str = Field(max_length=200)
    body: str


class ReminderStep(SQLModel, table=True):
    """A planned reminder: so many days before the closing date."""

    __tablename__ = "reminder_step"
    __table_args__ = (UniqueConstraint("call_id", "days_before"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", ondelete="CASCADE")
    days_before: int
