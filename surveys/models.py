"""Surveys, published versions of their questionnaires, waves, responses and their history."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type
from surveys.definition import Texts


class ResponseState(StrEnum):
    """Where a response is."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"


class Channel(StrEnum):
    """By which way an answer came."""

    WEB = "web"
    ON_BEHALF = "on_behalf"


class Survey(SQLModel, table=True):
    """A survey, run in waves."""

    __tablename__ = "survey"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, max_length=60)
    process_id: UUID = Field(foreign_key="process.id", index=True, ondelete="CASCADE")
    titles: Texts = Field(default_factory=dict, sa_type=json_type())


class QuestionnaireVersion(SQLModel, table=True):
    """A published questionnaire. Never changed; a mend is a new version."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    survey_id: UUID = Field(foreign_key="survey.id", ondelete="CASCADE")
    number: int
    definition: dict[str, Any] = Field(sa_type=json_type())
    digest: str = Field(max_length=64)
    source: str = Field(default="", max_length=300)
    published_at: datetime


class Wave(SQLModel, table=True):
    """One running of a survey: the call it is, and the version it asks."""

    __tablename__ = "wave"

    call_id: UUID = Field(primary_key=True, foreign_key="call.id", ondelete="CASCADE")
    survey_id: UUID = Field(foreign_key="survey.id", index=True, ondelete="CASCADE")
    version_id: UUID = Field(foreign_key="questionnaire_version.id", ondelete="CASCADE")


class Response(SQLModel, table=True):
    """All one organisation answers in a wave.

    `answers`: stored values by question code. `unread`: what was typed but can't be read as an
    answer (letters for a number), by question code, so that it is never lost. `editions`: how often
    each section was saved, so that a stale page is noticed. `rotation`: the organisation's own
    starting point of unordered lists.
    """

    __tablename__ = "response"
    __table_args__ = (UniqueConstraint("wave_id", "organisation_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    wave_id: UUID = Field(foreign_key="wave.call_id", ondelete="CASCADE")
    version_id: UUID = Field(foreign_key="questionnaire_version.id", ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    region_code: str | None = Field(default=None, max_length=40)
    state: ResponseState = Field(
        default=ResponseState.IN_PROGRESS, sa_type=enum_type(ResponseState)
    )
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=json_type())
    unread: dict[str, Any] = Field(default_factory=dict, sa_type=json_type())
    editions: dict[str, int] = Field(default_factory=dict, sa_type=json_type())
    rotation: int = 0
    started_at: datetime
    saved_at: datetime
    submitted_at: datetime | None = None


class AnswerChange(SQLModel, table=True):
    """One change of one answer: who, when, from what to what. Rows are only ever added."""

    __tablename__ = "answer_change"

    id: int | None = Field(default=None, primary_key=True)
    response_id: UUID = Field(foreign_key="response.id", index=True, ondelete="CASCADE")
    question: str = Field(max_length=120)
    at: datetime
    person_id: UUID | None = None
    by: str = Field(max_length=320)
    channel: Channel = Field(default=Channel.WEB, sa_type=enum_type(Channel))
    reason: str = ""
    before: Any | None = Field(default=None, sa_type=json_type())
    after: Any | None = Field(default=None, sa_type=json_type())


class Submission(SQLModel, table=True):
    """One submitting of a response: what its receipt says, with a copy of the answers.

    `key` comes from the submitting page: sending the page twice makes one submission.
    """

    __tablename__ = "submission"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    response_id: UUID = Field(foreign_key="response.id", index=True, ondelete="CASCADE")
    key: str = Field(unique=True, max_length=100)
    reference: str = Field(unique=True, max_length=40)
    at: datetime
    person_id: UUID | None = None
    by: str = Field(max_length=320)
    channel: Channel = Field(default=Channel.WEB, sa_type=enum_type(Channel))
    reason: str = ""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=json_type())
    digest: str = Field(max_length=64)
