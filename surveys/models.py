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
    """A survey, run in waves.

    `second_pair`: a draft is published only once somebody else than its last author approved it.
    `archived_at`: out of the lists and no longer changed since then.
    """

    __tablename__ = "survey"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, max_length=60)
    process_id: UUID = Field(foreign_key="process.id", index=True, ondelete="CASCADE")
    titles: Texts = Field(default_factory=dict, sa_type=json_type())
    second_pair: bool = False
    archived_at: datetime | None = None


class QuestionnaireVersion(SQLModel, table=True):
    """A published questionnaire. Never changed; a mend is a new version.

    `number`: 1 and up as published. Below 0: a draft as it was when a test run of it began; it is
    asked by that test run only, and deleted with it.
    """

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
    each section was saved, so that a stale page is noticed. `confirmed`: unusual
    answers somebody said are right, by key (`surveys.logic.Place.key`). `rotation`: the
    organisation's own starting point of unordered lists. `known_id`: the version its people know,
    while they have not yet seen what is new in the one they answer now.
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
    confirmed: dict[str, Any] = Field(default_factory=dict, sa_type=json_type())
    rotation: int = 0
    known_id: UUID | None = None
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


class Evidence(SQLModel, table=True):
    """A file given as an answer, with its bytes. Never changed; gone with its response.

    One that an answer no longer names is history: the response's changes still name it. `type`: by
    its content. `sha256`: of the bytes, in hexadecimal.
    """

    __tablename__ = "evidence"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    response_id: UUID = Field(foreign_key="response.id", index=True, ondelete="CASCADE")
    question: str = Field(max_length=120)
    name: str = Field(max_length=120)
    type: str = Field(max_length=120)
    size: int
    sha256: str = Field(max_length=64)
    data: bytes
    uploaded_at: datetime
    person_id: UUID | None = None
    by: str = Field(max_length=320)


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


class DraftState(StrEnum):
    """Where a questionnaire that isn't published yet is."""

    EDITING = "editing"
    IN_REVIEW = "in_review"
    APPROVED = "approved"


class QuestionnaireDraft(SQLModel, table=True):
    """The questionnaire a survey's authors are working on: at most one for each survey.

    `edition`: how often it was changed, so that a stale page is noticed. `based_on_id`: the
    published version it started from, None for a first one. It ends with publishing.
    """

    __tablename__ = "questionnaire_draft"

    survey_id: UUID = Field(primary_key=True, foreign_key="survey.id", ondelete="CASCADE")
    definition: dict[str, Any] = Field(sa_type=json_type())
    edition: int = 0
    state: DraftState = Field(default=DraftState.EDITING, sa_type=enum_type(DraftState))
    based_on_id: UUID | None = Field(
        default=None, foreign_key="questionnaire_version.id", ondelete="SET NULL"
    )
    changed_at: datetime
    changed_by: str = Field(max_length=320)


class DraftStep(SQLModel, table=True):
    """One change of a draft, with the document as it was before: what undoing gives back.

    `action`: which change, as `surveys.editing` names it; `about`: the code of what was changed.
    """

    __tablename__ = "questionnaire_draft_step"

    id: int | None = Field(default=None, primary_key=True)
    survey_id: UUID = Field(
        foreign_key="questionnaire_draft.survey_id", index=True, ondelete="CASCADE"
    )
    edition: int
    action: str = Field(max_length=60)
    about: str = Field(default="", max_length=200)
    before: dict[str, Any] = Field(sa_type=json_type())
    at: datetime
    by: str = Field(max_length=320)
