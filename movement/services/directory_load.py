"""Loading the directory: what a file says is put into rows, and every difference is returned.

Loading again changes nothing. What the file doesn't name is left alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlmodel import Session, col, select

from core import audit
from movement.actors import Actor
from movement.directory_data import Place
from movement.directory_file import Society
from movement.models import (
    Admission,
    Group,
    GroupKind,
    GroupMembership,
    Organisation,
    OrganisationKind,
    Region,
)
from movement.services.voices import give_voice

FIELDS = (
    "names", "countries", "region_code", "timezone", "weekend_days", "language", "tile_column",
    "tile_row",
)  # fmt: skip


@dataclass
class Changes:
    """What loading did to one kind of row. `changed`: code, field, before, after."""

    added: list[str] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    unchanged: int = 0

    def compare(self, code: str, row: object, values: Mapping[str, Any]) -> None:
        """Set the columns that differ, and note each."""
        for name, value in values.items():
            before = getattr(row, name)
            if before != value:
                setattr(row, name, value)
                self.note(code, name, before, value)

    def note(self, code: str, name: str, before: Any, after: Any) -> None:
        """Note a difference; of texts in several languages, each language's."""
        if isinstance(before, dict) and isinstance(after, dict):
            for key in sorted({*before, *after}):
                if before.get(key) != after.get(key):
                    self.note(code, f"{name}.{key}", before.get(key), after.get(key))
            return
        self.changed.append({"code": code, "field": name, "before": before, "after": after})

    def count(self, codes: Iterable[str]) -> None:
        """Count those named that were neither added nor changed."""
        touched = {*self.added, *(change["code"] for change in self.changed)}
        self.unchanged = sum(code not in touched for code in codes)

    def as_json(self) -> dict[str, Any]:
        """As the command prints it."""
        return asdict(self)


def load_regions(session: Session, regions: Iterable[Mapping[str, Any]]) -> None:
    """Make sure the regions exist, in the given order. Their names are the package's."""
    for position, region in enumerate(regions):
        row = session.get(Region, region["code"])
        if row is None:
            row = Region(code=region["code"], position=position)
            session.add(row)
        row.names, row.position = region["names"], position
    session.flush()


def load_organisations(
    session: Session,
    societies: list[Society],
    components: list[dict[str, Any]],
    *,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> Changes:
    """Put Societies and components into the directory. Regions must exist. Flushes, and audits."""
    changes = Changes()
    rows = {row.code: row for row in session.scalars(select(Organisation))}
    for society in societies:
        values = {name: getattr(society, name) for name in FIELDS}
        if society.note is not None:
            values["note"] = society.note
        rows[society.code] = _organisation(session, rows, changes, society.code, values)
    for component in components:
        _organisation(session, rows, changes, component["code"], component)
    session.flush()
    for society in societies:
        _membership(session, changes, rows[society.code], society.membership)
    session.flush()
    changes.count([*(s.code for s in societies), *(c["code"] for c in components)])
    _record(session, "directory.organisations-loaded", changes, now=now, by=by, label=label)
    return changes


def _organisation(
    session: Session,
    rows: dict[str, Organisation],
    changes: Changes,
    code: str,
    values: Mapping[str, Any],
) -> Organisation:
    row = rows.get(code)
    if row is None:
        columns = {"kind": OrganisationKind.NATIONAL_SOCIETY, "code": code, **values}
        row = Organisation(**{**columns, "kind": OrganisationKind(columns["kind"])})
        session.add(row)
        changes.added.append(code)
    else:
        changes.compare(code, row, {name: v for name, v in values.items() if name != "kind"})
    return row


def _membership(
    session: Session,
    changes: Changes,
    organisation: Organisation,
    said: tuple[date | None, date | None, str] | None,
) -> None:
    """Put what the file says into the organisation's first spell; a new one gets one."""
    held = select(Admission).where(Admission.organisation_id == organisation.id)
    spells = [] if organisation.code in changes.added else list(session.scalars(held))
    if not spells:
        begin, end, note = said or (None, None, "")
        session.add(
            Admission(organisation_id=organisation.id, from_date=begin, until_date=end, note=note)
        )
    elif said is not None:
        first = min(spells, key=lambda spell: spell.from_date or date.min)
        begin, end, note = said
        changes.compare(
            organisation.code, first, {"from_date": begin, "until_date": end, "note": note}
        )
        session.add(first)


def load_groups(
    session: Session,
    groups: list[tuple[dict[str, Any], list[Place]]],
    *,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> Changes:
    """Put networks and groups into the directory, with those of their members who are in it.

    Each gets a voice, which changes nothing in what is returned.
    """
    changes = Changes()
    organisations = {row.code: row for row in session.scalars(select(Organisation))}
    rows = {row.code: row for row in session.scalars(select(Group))}
    for values, places in groups:
        group = rows.get(values["code"])
        if group is None:
            group = Group(**{**values, "kind": GroupKind(values["kind"])})
            session.add(group)
            session.flush()
            changes.added.append(group.code)
        else:
            changes.compare(group.code, group, {**values, "kind": GroupKind(values["kind"])})
        _places(session, changes, group, places, organisations)
        give_voice(session, group)
    session.flush()
    changes.count([values["code"] for values, _places in groups])
    _record(session, "directory.groups-loaded", changes, now=now, by=by, label=label)
    return changes


def _places(
    session: Session,
    changes: Changes,
    group: Group,
    places: list[Place],
    organisations: Mapping[str, Organisation],
) -> None:
    held = select(GroupMembership).where(col(GroupMembership.group_id) == group.id)
    rows = {(row.organisation_id, row.role): row for row in session.scalars(held)}
    for place in places:
        organisation = organisations.get(place.organisation)
        if organisation is None:
            continue
        name = f"members.{place.organisation}.{place.role}"
        said: dict[str, Any] = {
            "from_date": place.from_date,
            "until_date": place.until_date,
            "note": place.note,
        }
        row = rows.get((organisation.id, place.role))
        if row is None:
            member: dict[str, Any] = {"group_id": group.id, "organisation_id": organisation.id}
            session.add(GroupMembership(**member, role=place.role, **said))
            if group.code not in changes.added:
                changes.note(group.code, name, None, {k: v for k, v in said.items() if v})
            continue
        before = {key: getattr(row, key) for key in said}
        if before != said:
            for key, value in said.items():
                setattr(row, key, value)
            changes.note(group.code, name, before, said)


def _record(
    session: Session, action: str, changes: Changes, *, now: datetime, by: Actor | None, label: str
) -> None:
    """Audit a loading that did something."""
    if not changes.added and not changes.changed:
        return
    details = cast(dict[str, Any], _plain(changes.as_json()))
    audit.record(session, action, about="directory", now=now, by=by, label=label, **details)


def _plain(value: Any) -> Any:
    """The same for a JSON column: dates as text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
