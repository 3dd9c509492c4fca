"""Correcting the directory by hand. Each change is audited with what stood before."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core import audit
from core.errors import Conflict, DomainError
from core.texts import Lazy
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Admission, Group, GroupMembership, Organisation, OrganisationKind


def correct_organisation(
    session: Session,
    organisation: Organisation,
    values: Mapping[str, Any],
    *,
    now: datetime,
    by: Actor,
) -> bool:
    """Set these columns; return whether any differed. Flushes."""
    return _correct(session, organisation, values, about=organisation.code, now=now, by=by)


def _correct(
    session: Session,
    row: Organisation | Admission,
    values: Mapping[str, Any],
    *,
    about: str,
    now: datetime,
    by: Actor,
) -> bool:
    before = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
    if not before:
        return False
    after = {name: values[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    audit.record(
        session, "directory.corrected", about=about, now=now, by=by,
        before=_plain(before), after=_plain(after),
    )  # fmt: skip
    return True


def add_admission(
    session: Session,
    organisation: Organisation,
    *,
    from_date: date | None,
    until_date: date | None,
    note: str,
    now: datetime,
    by: Actor,
) -> Admission:
    """Add a spell of membership. Flushes.

    Raises `DomainError` for an end before its beginning, and for a network, which is no member.
    """
    check_span(from_date, until_date)
    _refuse_networks(organisation, _l("A network or group is no member of the Movement."))
    spell = Admission(
        organisation_id=organisation.id, from_date=from_date, until_date=until_date, note=note
    )
    session.add(spell)
    session.flush()
    after = _plain({"from_date": from_date, "until_date": until_date, "note": note})
    audit.record(
        session, "directory.membership-added", about=organisation.code, now=now, by=by, after=after
    )
    return spell


def correct_admission(
    session: Session,
    organisation: Organisation,
    spell: Admission,
    *,
    from_date: date | None,
    until_date: date | None,
    note: str,
    now: datetime,
    by: Actor,
) -> bool:
    """Correct a spell's dates and note; return whether any differed. Flushes."""
    check_span(from_date, until_date)
    values = {"from_date": from_date, "until_date": until_date, "note": note}
    return _correct(session, spell, values, about=organisation.code, now=now, by=by)


def remove_admission(
    session: Session, organisation: Organisation, spell: Admission, *, now: datetime, by: Actor
) -> None:
    """Take out a spell that was entered by mistake. Flushes."""
    before = {"from_date": spell.from_date, "until_date": spell.until_date, "note": spell.note}
    session.delete(spell)
    session.flush()
    audit.record(
        session, "directory.membership-removed", about=organisation.code, now=now, by=by,
        before=_plain(before),
    )  # fmt: skip


def add_member(
    session: Session,
    group: Group,
    organisation: Organisation,
    *,
    role: str,
    from_date: date | None,
    now: datetime,
    by: Actor,
) -> GroupMembership:
    """Begin an organisation's place in a group.

    Raises `Conflict` where it has it already, `DomainError` for a network or group.
    """
    _refuse_networks(organisation, _l("A network or group can't be a member of one."))
    place = GroupMembership(
        group_id=group.id, organisation_id=organisation.id, role=role, from_date=from_date
    )
    try:
        with session.begin_nested():
            session.add(place)
    except IntegrityError:
        raise Conflict(_l("It has this place in the group already.")) from None
    audit.record(
        session, "directory.group-member-added", about=group.code, now=now, by=by,
        organisation=organisation.code, role=role, from_date=_plain(from_date),
    )  # fmt: skip
    return place


def end_member(
    session: Session,
    group: Group,
    place: GroupMembership,
    *,
    until_date: date,
    now: datetime,
    by: Actor,
) -> None:
    """End a place in a group, on its last day. Flushes."""
    check_span(place.from_date, until_date)
    before = place.until_date
    place.until_date = until_date
    session.add(place)
    session.flush()
    organisation = session.get_one(Organisation, place.organisation_id)
    audit.record(
        session, "directory.group-member-ended", about=group.code, now=now, by=by,
        organisation=organisation.code, role=place.role,
        before=_plain(before), after=_plain(until_date),
    )  # fmt: skip


def _refuse_networks(organisation: Organisation, sentence: Lazy) -> None:
    if organisation.kind is OrganisationKind.NETWORK:
        raise DomainError(sentence)


def check_span(begin: date | None, end: date | None) -> None:
    """Refuse an end before its beginning."""
    if begin and end and end < begin:
        raise DomainError(_l("The end lies before the beginning; change one of the dates."))


def _plain(value: Any) -> Any:
    """The same for a JSON column: dates as text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, date) else value
