"""People, what they may do for whom, and how they signed in. No passwords exist."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from core.db import enum_type


class Role(StrEnum):
    """What an assignment lets a person do (the table stands in `movement.policy`'s tests)."""

    RESPONDENT = "respondent"
    FOCAL_POINT = "focal_point"
    APPROVER = "approver"
    SECRETARIAT = "secretariat"
    CO_CHAIR = "co_chair"
    CONSULTANT = "consultant"
    ADMINISTRATOR = "administrator"


class Person(SQLModel, table=True):
    """Somebody who signs in. `name` may be a function; `removed_at` ends everything at once."""

    __tablename__ = "person"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(unique=True, max_length=320)
    name: str = Field(default="", max_length=200)
    language: str | None = Field(default=None, max_length=10)
    created_at: datetime
    removed_at: datetime | None = None
    demonstration: bool = False


class Assignment(SQLModel, table=True):
    """A role a person holds: for an organisation, for a process, or (both None) for all."""

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_organisation_role", "organisation_id", "role"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    role: Role = Field(sa_type=enum_type(Role))
    organisation_id: UUID | None = Field(
        default=None, foreign_key="organisation.id", ondelete="CASCADE"
    )
    process_id: UUID | None = Field(
        default=None, foreign_key="process.id", index=True, ondelete="CASCADE"
    )
    created_at: datetime
    ended_at: datetime | None = None


class SignInLink(SQLModel, table=True):
    """A mailed one-time link: only the hash of its token is kept."""

    __tablename__ = "sign_in_link"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True, max_length=64)
    next_path: str = Field(default="", max_length=500)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class SignInSession(SQLModel, table=True):
    """A signed-in browser. The cookie holds a token, this row its hash."""

    __tablename__ = "sign_in_session"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    person_id: UUID = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
