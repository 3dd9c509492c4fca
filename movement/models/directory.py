"""The Movement's directory: its components, their regions, networks and groups, with dates.

Nothing here is a constant of the program: membership changes, so N of a wave is counted from the
admissions that hold on its frame date.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from core.db import enum_type, json_type

Texts = dict[str, str]


class OrganisationKind(StrEnum):
    """Who can speak: the components of the Movement, and (no component) a network or group.

    Only National Societies count in N.
    """

    NATIONAL_SOCIETY = "national_society"
    FEDERATION = "federation"
    COMMITTEE = "committee"
    NETWORK = "network"


class GroupKind(StrEnum):
    """What sort of body a group is."""

    NETWORK = "network"
    GOVERNANCE = "governance"
    WORKING_GROUP = "working_group"
    RESEARCH = "research"


class Region(SQLModel, table=True):
    """One of the regions by which results are shown, in the order of `position`."""

    __tablename__ = "region"

    code: str = Field(primary_key=True, max_length=40)
    names: Texts = Field(default_factory=dict, sa_type=json_type())
    position: int


class PartyKind(StrEnum):
    """What sort of body a party outside the Movement is."""

    STATE = "state"
    PARTNER = "partner"
    OTHER = "other"


class Organisation(SQLModel, table=True):
    """A voice: a component of the Movement, or a network or group speaking as one.

    `code`: the country's ISO3, IFRC or ICRC, or a group's code in capitals, as in APMN. A network
    has no region here: the group's says whom it gathers, and a voice is counted in none.

    `weekend_days`: ISO weekdays (Monday 1 … Sunday 7) on which its office rests; `language`: the
    one it corresponds in, None if unknown; `tile_*`: its place in the grid of tiles.
    """

    __tablename__ = "organisation"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    kind: OrganisationKind = Field(sa_type=enum_type(OrganisationKind))
    names: Texts = Field(default_factory=dict, sa_type=json_type())
    countries: Texts = Field(default_factory=dict, sa_type=json_type())
    region_code: str | None = Field(
        default=None, foreign_key="region.code", max_length=40, index=True
    )
    timezone: str = Field(max_length=60)
    weekend_days: list[int] = Field(default_factory=list, sa_type=json_type())
    language: str | None = Field(default=None, max_length=10)
    tile_column: int | None = None
    tile_row: int | None = None
    note: str = ""


class Admission(SQLModel, table=True):
    """A spell of membership.

    `from_date` None: longer than the records go back. `until_date`: the last day, None: it lasts.
    """

    __tablename__ = "admission"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True, ondelete="CASCADE")
    from_date: date | None = None
    until_date: date | None = None
    note: str = ""


class Group(SQLModel, table=True):
    """A network or group. `members_complete` False: more belong than are listed, and pages say so.

    `member_count`: how many a source gives, with `member_count_as_of` its date in words.
    `organisation_id`: its voice, the organisation by which it is asked and answers.
    """

    __tablename__ = "network_or_group"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    kind: GroupKind = Field(sa_type=enum_type(GroupKind))
    names: Texts = Field(default_factory=dict, sa_type=json_type())
    short_name: str = Field(default="", max_length=80)
    region_code: str | None = Field(default=None, foreign_key="region.code", max_length=40)
    members_complete: bool = False
    member_count: int | None = None
    member_count_as_of: str = Field(default="", max_length=200)
    note: str = ""
    sources: list[str] = Field(default_factory=list, sa_type=json_type())
    organisation_id: UUID | None = Field(
        default=None, foreign_key="organisation.id", unique=True, ondelete="SET NULL"
    )


class GroupMembership(SQLModel, table=True):
    """An organisation's place in a group: member, observer, co-chair, host or founder."""

    __tablename__ = "group_membership"
    __table_args__ = (UniqueConstraint("group_id", "organisation_id", "role"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    group_id: UUID = Field(foreign_key="network_or_group.id", index=True, ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True, ondelete="CASCADE")
    role: str = Field(default="member", max_length=40)
    from_date: date | None = None
    until_date: date | None = None
    note: str = ""


class OutsideParty(SQLModel, table=True):
    """A State or partner that is named, as in a joint pledge, and has no accounts."""

    __tablename__ = "outside_party"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(unique=True, max_length=200)
    kind: PartyKind = Field(sa_type=enum_type(PartyKind))
    note: str = ""
