"""The audit trail: who did what that others may ask about, in the transaction of the act."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlmodel import Session

from core.models import AuditEntry


class Named(Protocol):
    """Whoever acts: a signed-in person."""

    @property
    def id(self) -> UUID: ...
    @property
    def label(self) -> str: ...


def record(
    session: Session,
    action: str,
    *,
    about: str,
    now: datetime,
    by: Named | None = None,
    label: str = "",
    **details: Any,
) -> None:
    """Add an entry. `by` is the person, or `label` names who acted from the command line."""
    session.add(
        AuditEntry(
            at=now,
            action=action,
            person_id=by.id if by else None,
            by=by.label if by else label,
            about=about,
            details=details,
        )
    )
