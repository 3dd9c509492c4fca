"""Beginning a process, and correcting its code and titles."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Process
from movement.services.calls import CODE, LONGEST_CODE

RESERVED = frozenset({"new"})
"""Codes that stand in addresses of other pages."""


def create(
    session: Session, code: str, titles: Mapping[str, str], *, now: datetime, by: Actor
) -> Process:
    """Begin a process. Flushes. Raises `Conflict` for a code in use, `DomainError` for a bad."""
    process = Process(code=_good(code), titles=dict(titles))
    _save(session, process)
    audit.record(session, "process.created", about=process.code, now=now, by=by, after=dict(titles))
    return process


def correct(
    session: Session,
    process: Process,
    code: str,
    titles: Mapping[str, str],
    *,
    now: datetime,
    by: Actor,
) -> bool:
    """Set code and titles; return whether anything differed. Flushes. Raises as `create`."""
    before: dict[str, Any] = {"code": process.code, "titles": dict(process.titles)}
    after: dict[str, Any] = {"code": _good(code), "titles": dict(titles)}
    if before == after:
        return False
    process.code, process.titles = after["code"], after["titles"]
    _save(session, process)
    audit.record(
        session, "process.corrected", about=process.code, now=now, by=by, before=before, after=after
    )
    return True


def _good(code: str) -> str:
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE or code in RESERVED:
        raise DomainError(
            _l(
                "A code holds small letters, digits and hyphens, at most 60, as in "
                "migration-2020. %(code)s does not.",
                code=repr(code),
            )
        )
    return code


def _save(session: Session, process: Process) -> None:
    code = process.code
    try:
        with session.begin_nested():
            session.add(process)
    except IntegrityError:
        raise Conflict(
            _l("There is a process with the code %(code)s already.", code=code)
        ) from None
