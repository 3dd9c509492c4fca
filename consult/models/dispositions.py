"""What becomes of contributions: decisions, the codes they are sorted by, their next draft."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type


class Outcome(StrEnum):
    """What was decided on a contribution. All but the first need a reason."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"
    NOTED = "noted"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"
    CARRIED_OVER = "carried_over"


class DispositionState(StrEnum):
    """Proposed by one, approved by another or the same officer; replaced ones are history."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REPLACED = "replaced"


class Disposition(SQLModel, table=True):
    """A decision on an admitted contribution. At most one is approved, at most one proposed.

    `reasons`: by language, in the contributor's or translated. `duplicate_of_id`: the one that is
    decided on instead; duplicates form no circle.
    """

    __tablename__ = "disposition"
    __table_args__ = (
        Index(
            "uq_disposition_standing", "contribution_id", "state", unique=True,
            sqlite_where=text("state <> 'replaced'"),
            postgresql_where=text("state <> 'replaced'"),
        ),
    )  # fmt: skip

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    contribution_id: UUID = Field(foreign_key="contribution.id", index=True, ondelete="CASCADE")
    state: DispositionState = Field(
        default=DispositionState.PROPOSED, sa_type=enum_type(DispositionState)
    )
    outcome: Outcome = Field(sa_type=enum_type(Outcome))
    reasons: dict[str, str] = Field(default_factory=dict, sa_type=json_type())
    duplicate_of_id: UUID | None = Field(
        default=None, foreign_key="contribution.id", ondelete="SET NULL"
    )
    proposed_at: datetime
    proposed_by: str = Field(default="", max_length=320)
    approved_at: datetime | None = None
    approved_by: str = Field(default="", max_length=320)


class CodeKind(StrEnum):
    """Themes of the consultation, and points of related frameworks."""

    THEME = "theme"
    FRAMEWORK = "framework"


class ConsultationCode(SQLModel, table=True):
    """A theme, or a point of a related framework, by which contributions are sorted."""

    __tablename__ = "consultation_code"
    __table_args__ = (UniqueConstraint("consultation_id", "code"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id", ondelete="CASCADE")
    kind: CodeKind = Field(sa_type=enum_type(CodeKind))
    code: str = Field(max_length=60)
    titles: dict[str, str] = Field(default_factory=dict, sa_type=json_type())
    framework: str = Field(default="", max_length=200)
    position: int = 0


class ContributionCode(SQLModel, table=True):
    """A contribution sorted under a code."""

    __tablename__ = "contribution_code"

    contribution_id: UUID = Field(
        primary_key=True, foreign_key="contribution.id", ondelete="CASCADE"
    )
    code_id: UUID = Field(
        primary_key=True, foreign_key="consultation_code.id", index=True, ondelete="CASCADE"
    )


class CarryOver(SQLModel, table=True):
    """How a contribution still pending fits a later draft. Its own words never change.

    `fit`: a `consult.changes.carrying.Fit`; `proposal`: an amendment made to fit.
    """

    __tablename__ = "contribution_carry_over"

    contribution_id: UUID = Field(
        primary_key=True, foreign_key="contribution.id", ondelete="CASCADE"
    )
    draft_id: UUID = Field(
        primary_key=True, foreign_key="consultation_draft.id", index=True, ondelete="CASCADE"
    )
    fit: str = Field(max_length=20)
    lineage: UUID | None = None
    proposal: str | None = None
