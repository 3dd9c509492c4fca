"""Processes and their calls, and the outside parties that are named in them."""

from uuid import UUID

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call, OutsideParty, Process


def processes(session: Session) -> list[Process]:
    """Every process, by code."""
    return list(session.scalars(select(Process).order_by(Process.code)))


def get_process(session: Session, code: str) -> Process:
    """The process with this code; raises `NotFound`."""
    process = session.scalars(select(Process).where(Process.code == code)).one_or_none()
    if process is None:
        raise NotFound(_l("There is no process with the code %(code)s.", code=code))
    return process


def calls_in(session: Session, process_id: UUID) -> list[Call]:
    """The calls of a process, archived ones too, test runs not, by closing date."""
    chosen = select(Call).where(Call.process_id == process_id, col(Call.test).is_(False))
    return list(session.scalars(chosen.order_by(col(Call.closes_on), Call.code)))


def parties(session: Session) -> list[OutsideParty]:
    """The outside parties, by kind and name."""
    return list(
        session.scalars(select(OutsideParty).order_by(OutsideParty.kind, OutsideParty.name))
    )


def get_party(session: Session, party_id: UUID) -> OutsideParty:
    """The party with this id; raises `NotFound`."""
    party = session.get(OutsideParty, party_id)
    if party is None:
        raise NotFound(_l("There is no such party."))
    return party
