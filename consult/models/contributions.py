"""What organisations say to a draft, on its way from a colleague's words to the official voice."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type


class ContributionKind(StrEnum):
    """A comment says something, an amendment proposes words, a position says yes or no."""

    COMMENT = "comment"
    AMENDMENT = "amendment"
    POSITION = "position"


class Category(StrEnum):
    """What sort of comment it is."""

    GENERAL = "general"
    TECHNICAL = "technical"
    EDITORIAL = "editorial"


class Scope(StrEnum):
    """What it speaks of."""

    WHOLE = "whole"
    SECTION = "section"
    PARAGRAPH = "paragraph"
    SELECTION = "selection"


class ProposalKind(StrEnum):
    """What an amendment does: other words for a paragraph, a new one after it, or none of it."""

    REPLACE = "replace"
    INSERT_AFTER = "insert_after"
    DELETE = "delete"


class Stance(StrEnum):
    """A position. The last two need a reason."""

    SUPPORT = "support"
    CAN_LIVE_WITH = "can_live_with"
    CONCERN = "concern"
    OBJECT = "object"


class ContributionState(StrEnum):
    """Below "submitted" nobody else sees it. Awaiting admission is called `submitted`."""

    IN_PROGRESS = "in_progress"
    DROPPED = "dropped"
    SUBMITTED = "submitted"
    ADMITTED = "admitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


OFFICIAL = (
    ContributionState.SUBMITTED,
    ContributionState.ADMITTED,
    ContributionState.RETURNED,
    ContributionState.WITHDRAWN,
)
"""The states of what was submitted. Their numbers always add up to those submitted."""
STANDING = (ContributionState.SUBMITTED, ContributionState.ADMITTED)
"""The states of what counts: neither returned nor withdrawn."""


class Source(StrEnum):
    """By which way it came."""

    WEB = "web"
    MAIL = "mail"
    MEETING = "meeting"
    WORD = "word"
    COMMAND = "command"


_STANDING = text("kind = 'position' AND is_current AND state IN ('submitted', 'admitted')")


class Contribution(SQLModel, table=True):
    """One thing said by one organisation (a Society, a component, a network) in a round.

    `number`: counts within the consultation from its submission, None before; with it staff and
    files name it. `draft_id` and `lineage`: the paragraph version it speaks of, lineage None for
    the whole text. `quote`: plain words of that paragraph in `language`, from `quote_start` (a
    code point). `text`: a comment, or the reason of an amendment or position. `proposal`: the
    paragraph's whole proposed text, or the new paragraph's. `current`: counts now; a position that
    a later one of the same organisation replaces doesn't. `edition`: counts saves. `revises_id`:
    the returned contribution that this one will be the new wording of, once it is submitted.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        Index("ix_contribution_round_state", "call_id", "state"),
        Index("ix_contribution_draft_lineage", "draft_id", "lineage"),
        Index(
            "uq_contribution_official_position",
            "call_id", "organisation_id", "lineage",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )  # fmt: skip

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id", ondelete="CASCADE")
    call_id: UUID = Field(foreign_key="call.id", ondelete="CASCADE")
    number: int | None = None
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    author_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    author_label: str = Field(default="", max_length=320)
    kind: ContributionKind = Field(sa_type=enum_type(ContributionKind))
    category: Category = Field(default=Category.GENERAL, sa_type=enum_type(Category))
    scope: Scope = Field(default=Scope.PARAGRAPH, sa_type=enum_type(Scope))
    draft_id: UUID = Field(foreign_key="consultation_draft.id", ondelete="CASCADE")
    lineage: UUID | None = None
    language: str = Field(max_length=10)
    quote: str = ""
    quote_start: int | None = None
    text: str = ""
    proposal_kind: ProposalKind | None = Field(default=None, sa_type=enum_type(ProposalKind))
    proposal: str | None = None
    stance: Stance | None = Field(default=None, sa_type=enum_type(Stance))
    state: ContributionState = Field(
        default=ContributionState.IN_PROGRESS, sa_type=enum_type(ContributionState)
    )
    is_current: bool = True
    source: Source = Field(default=Source.WEB, sa_type=enum_type(Source))
    source_note: str = Field(default="", max_length=500)
    recorded_by: str = Field(default="", max_length=320)
    meeting_id: UUID | None = Field(default=None, foreign_key="meeting.id", ondelete="SET NULL")
    submission_id: UUID | None = Field(
        default=None, foreign_key="contribution_submission.id", ondelete="SET NULL"
    )
    officer_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    revises_id: UUID | None = Field(default=None, unique=True, index=True)
    edition: int = 0
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None
    admitted_at: datetime | None = None
    returned_at: datetime | None = None
    return_reason: str = ""
    withdrawn_at: datetime | None = None


class ContributionEvent(SQLModel, table=True):
    """What happened to a contribution: each save, step and return, with what stood before."""

    __tablename__ = "contribution_event"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    contribution_id: UUID = Field(foreign_key="contribution.id", index=True, ondelete="CASCADE")
    at: datetime
    by_label: str = Field(default="", max_length=320)
    act: str = Field(max_length=40)
    note: str = ""
    before: dict[str, Any] | None = Field(default=None, sa_type=json_type())


class Endorsement(SQLModel, table=True):
    """A colleague's word on what another wrote, inside one organisation, before submitting."""

    __tablename__ = "contribution_endorsement"

    contribution_id: UUID = Field(
        primary_key=True, foreign_key="contribution.id", ondelete="CASCADE"
    )
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    endorses: bool = True
    note: str = ""
    at: datetime


class SponsorState(StrEnum):
    """Whether an organisation stands behind a joint contribution."""

    INVITED = "invited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LEFT = "left"


class Sponsor(SQLModel, table=True):
    """An organisation asked to stand behind another's contribution."""

    __tablename__ = "contribution_sponsor"

    contribution_id: UUID = Field(
        primary_key=True, foreign_key="contribution.id", ondelete="CASCADE"
    )
    organisation_id: UUID = Field(primary_key=True, foreign_key="organisation.id", index=True)
    state: SponsorState = Field(default=SponsorState.INVITED, sa_type=enum_type(SponsorState))
    invited_at: datetime
    decided_at: datetime | None = None
    decided_by: str = Field(default="", max_length=320)


class ContributionSubmission(SQLModel, table=True):
    """An organisation's official voice, given once or in several parts before the deadline.

    `content`: what was submitted, as it was; `checksum`: SHA-256 of it.
    """

    __tablename__ = "contribution_submission"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    reference: str = Field(unique=True, max_length=20)
    at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    by_label: str = Field(default="", max_length=320)
    approved_by: str = Field(default="", max_length=320)
    content: list[dict[str, Any]] = Field(sa_type=json_type())
    checksum: str = Field(max_length=64)
