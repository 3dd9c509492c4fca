"""The secretariat's own entries of the questions bank."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type
from surveys.bank.entries import EntryKind


class BankEntry(SQLModel, table=True):
    """An entry as it was saved. `definition`: a `surveys.bank.entries.Entry`. Never changed."""

    __tablename__ = "bank_entry"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: EntryKind = Field(sa_type=enum_type(EntryKind))
    definition: dict[str, Any] = Field(sa_type=json_type())
    taken_from: str = Field(max_length=60)
    saved_at: datetime
    saved_by: str = Field(max_length=320)
