"""The directory: organisations, when they were members, regions, networks and groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import (
    Admission,
    Group,
    GroupMembership,
    Organisation,
    OrganisationKind,
    Region,
)


@dataclass(frozen=True)
class Listed:
    """A line of the directory. `member`: whether it was a member on the day asked about."""

    organisation: Organisation
    member: bool


def find_organisation(session: Session, code: str) -> Organisation | None:
    """The organisation with this code, or None."""
    return session.scalars(select(Organisation).where(Organisation.code == code)).one_or_none()


def get_organisation(session: Session, code: str) -> Organisation:
    """The organisation with this code; raises `NotFound`."""
    organisation = find_organisation(session, code)
    if organisation is None:
        raise NotFound(_l("There is no organisation with the code %(code)s.", code=code))
    return organisation


def is_loaded(session: Session) -> bool:
    """Whether there is any organisation."""
    return session.scalars(select(Organisation.id).limit(1)).first() is not None


def organisations_by_id(session: Session, ids: Iterable[UUID]) -> list[Organisation]:
    """These organisations, by code."""
    chosen = select(Organisation).where(col(Organisation.id).in_(list(ids)))
    return list(session.scalars(chosen.order_by(Organisation.code)))


def regions(session: Session) -> list[Region]:
    """The regions in the order in which they are shown."""
    return list(session.scalars(select(Region).order_by(col(Region.position))))


def listing(session: Session, *, on: date, text: str = "", region: str = "") -> list[Listed]:
    """The directory by English name, narrowed to a region, and to a code or part of a name.

    Networks and groups are no part of it: `groups` lists them.
    """
    chosen = select(Organisation).where(Organisation.kind != OrganisationKind.NETWORK)
    if region:
        chosen = chosen.where(Organisation.region_code == region)
    members = _member_ids(session, on)
    rows = [row for row in session.scalars(chosen) if _matches(row, text.casefold().strip())]
    rows.sort(key=lambda row: row.countries.get("en") or row.names.get("en", row.code))
    return [Listed(row, row.id in members) for row in rows]


def _matches(organisation: Organisation, text: str) -> bool:
    words = (organisation.code, *organisation.names.values(), *organisation.countries.values())
    return any(text in word.casefold() for word in words)


def _member_ids(session: Session, on: date) -> set[UUID]:
    spells = session.scalars(select(Admission))
    return {s.organisation_id for s in spells if holds_on(s.from_date, s.until_date, on)}


def holds_on(begin: date | None, end: date | None, day: date) -> bool:
    """Whether a spell holds on a day: its first and last day count, None has no bound."""
    return (begin is None or begin <= day) and (end is None or day <= end)


def counts_by_region(session: Session, *, on: date) -> dict[str, int]:
    """How many National Societies were members on a day, by region code; regions of none too."""
    members = _member_ids(session, on)
    counts = {region.code: 0 for region in regions(session)}
    societies = select(Organisation).where(Organisation.kind == OrganisationKind.NATIONAL_SOCIETY)
    for society in session.scalars(societies):
        if society.id in members and society.region_code:
            counts[society.region_code] += 1
    return counts


def admissions_of(session: Session, organisation_id: UUID) -> list[Admission]:
    """An organisation's spells of membership, the first first."""
    spells = session.scalars(select(Admission).where(Admission.organisation_id == organisation_id))
    return sorted(spells, key=lambda spell: spell.from_date or date.min)


def get_admission(session: Session, organisation_id: UUID, admission_id: UUID) -> Admission:
    """A spell of this organisation; raises `NotFound`."""
    spell = session.get(Admission, admission_id)
    if spell is None or spell.organisation_id != organisation_id:
        raise NotFound(_l("There is no such membership."))
    return spell


def groups(session: Session) -> list[tuple[Group, int]]:
    """Networks and groups by code, with how many organisations are listed in each."""
    listed = func.count(func.distinct(GroupMembership.organisation_id))
    counted = (
        select(Group, listed)
        .outerjoin(GroupMembership)
        .group_by(col(Group.id))
        .order_by(col(Group.code))
    )
    return [(group, count) for group, count in session.execute(counted)]


def get_group(session: Session, code: str) -> Group:
    """The group with this code; raises `NotFound`."""
    group = session.scalars(select(Group).where(Group.code == code)).one_or_none()
    if group is None:
        raise NotFound(_l("There is no group with the code %(code)s.", code=code))
    return group


def find_group_of(session: Session, organisation_id: UUID) -> Group | None:
    """The network or group whose voice this organisation is, or None."""
    held = select(Group).where(Group.organisation_id == organisation_id)
    return session.scalars(held).one_or_none()


def voices(session: Session) -> list[Organisation]:
    """Who can speak besides the National Societies: IFRC and ICRC, then networks and groups."""
    chosen = select(Organisation).where(Organisation.kind != OrganisationKind.NATIONAL_SOCIETY)
    rows = session.scalars(chosen.order_by(Organisation.code))
    return sorted(rows, key=lambda row: row.kind is OrganisationKind.NETWORK)


def members_of(session: Session, group_id: UUID) -> list[tuple[GroupMembership, Organisation]]:
    """Places in a group with their organisations, by the organisation's code."""
    held = (
        select(GroupMembership, Organisation)
        .join(Organisation)
        .where(GroupMembership.group_id == group_id)
        .order_by(col(Organisation.code), col(GroupMembership.role))
    )
    return [(row[0], row[1]) for row in session.execute(held)]


def get_membership(session: Session, group_id: UUID, membership_id: UUID) -> GroupMembership:
    """A place in this group; raises `NotFound`."""
    place = session.get(GroupMembership, membership_id)
    if place is None or place.group_id != group_id:
        raise NotFound(_l("There is no such membership."))
    return place


def groups_of(session: Session, organisation_id: UUID) -> list[tuple[GroupMembership, Group]]:
    """An organisation's places in groups, by the group's code."""
    held = (
        select(GroupMembership, Group)
        .join(Group)
        .where(GroupMembership.organisation_id == organisation_id)
        .order_by(col(Group.code))
    )
    return [(row[0], row[1]) for row in session.execute(held)]
