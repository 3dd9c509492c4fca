"""States and partners that are named without having accounts: added and corrected by staff."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core import audit
from core.errors import Conflict
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import OutsideParty, PartyKind


def add(
    session: Session, name: str, kind: PartyKind, note: str, *, now: datetime, by: Actor
) -> OutsideParty:
    """Name a party. Flushes. Raises `Conflict` for a name that is there already."""
    party = OutsideParty(name=name, kind=kind, note=note)
    _save(session, party)
    audit.record(session, "party.added", about=name, now=now, by=by, kind=kind.value, note=note)
    return party


def correct(
    session: Session,
    party: OutsideParty,
    name: str,
    kind: PartyKind,
    note: str,
    *,
    now: datetime,
    by: Actor,
) -> bool:
    """Set a party's name, kind and note; return whether any differed. Flushes. Raises as `add`."""
    before = {"name": party.name, "kind": party.kind.value, "note": party.note}
    after = {"name": name, "kind": kind.value, "note": note}
    if before == after:
        return False
    party.name, party.kind, party.note = name, kind, note
    _save(session, party)
    audit.record(session, "party.corrected", about=name, now=now, by=by, before=before, after=after)
    return True


def _save(session: Session, party: OutsideParty) -> None:
    name = party.name
    try:
        with session.begin_nested():
            session.add(party)
    except IntegrityError:
        raise Conflict(_l("%(name)s is listed already.", name=name)) from None
