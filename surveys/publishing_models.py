"""What is recorded around publishing: reviews, waves that changed their version, comparability."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type
from surveys.changes.comparing import Comparable


class ReviewAct(StrEnum):
    """What was done in the reviewing of a draft."""

    ASKED = "asked"
    APPROVED = "approved"
    SENT_BACK = "sent_back"


class DraftReview(SQLModel, table=True):
    """One step of reviewing a draft. Rows are only ever added; they outlive the draft.

    `edition`: the draft's. `comments`: by question's code; `note`: on the whole.
    """

    __tablename__ = "questionnaire_review"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    survey_id: UUID = Field(foreign_key="survey.id", index=True, ondelete="CASCADE")
    edition: int
    act: ReviewAct = Field(sa_type=enum_type(ReviewAct))
    comments: dict[str, str] = Field(default_factory=dict, sa_type=json_type())
    note: str = ""
    at: datetime
    by: str = Field(max_length=320)


class WaveChange(SQLModel, table=True):
    """A wave's going over from one version to the next. `Wave.version_id` is the present one."""

    __tablename__ = "wave_change"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    wave_id: UUID = Field(foreign_key="wave.call_id", index=True, ondelete="CASCADE")
    before_id: UUID = Field(foreign_key="questionnaire_version.id", ondelete="CASCADE")
    after_id: UUID = Field(foreign_key="questionnaire_version.id", ondelete="CASCADE")
    moved: int
    at: datetime
    by: str = Field(max_length=320)


class Comparability(SQLModel, table=True):
    """What an author said of a question in two versions; analysis takes it and never guesses."""

    __tablename__ = "comparability"
    __table_args__ = (UniqueConstraint("survey_id", "before", "after", "uid"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    survey_id: UUID = Field(foreign_key="survey.id", ondelete="CASCADE")
    before: int
    after: int
    uid: UUID
    said: Comparable = Field(sa_type=enum_type(Comparable))
    at: datetime
    by: str = Field(max_length=320)
