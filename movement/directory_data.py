"""The directory that comes with the package: regions, components, Societies, networks, groups."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.settings import ROOT
from movement.directory_file import Society, read_societies

DATA = ROOT / "movement" / "data"


@dataclass(frozen=True)
class Place:
    """An organisation's place in a group."""

    organisation: str
    role: str
    from_date: date | None
    until_date: date | None
    note: str


def societies() -> list[Society]:
    """The National Societies of the package's file."""
    return read_societies((DATA / "national_societies.csv").read_bytes())


def regions() -> list[dict[str, Any]]:
    """The regions in the order in which they are shown: code and names."""
    return list(_movement()["regions"])


def components() -> list[dict[str, Any]]:
    """The IFRC and the ICRC, as columns of the organisation's table."""
    return list(_movement()["components"])


def groups() -> list[tuple[dict[str, Any], list[Place]]]:
    """The networks and groups: columns of the group's table, and who belongs."""
    found = json.loads((DATA / "groups.json").read_text(encoding="utf-8"))
    return [(_columns(group), [_place(member) for member in group["members"]]) for group in found]


def _movement() -> dict[str, Any]:
    return dict(json.loads((DATA / "movement.json").read_text(encoding="utf-8")))


def _columns(group: dict[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in group.items() if name not in ("members", "region")}
    return {**columns, "region_code": group["region"]}


def _place(member: dict[str, str]) -> Place:
    begin, end = member.get("from_date"), member.get("until_date")
    return Place(
        organisation=member["organisation"],
        role=member["role"],
        from_date=date.fromisoformat(begin) if begin else None,
        until_date=date.fromisoformat(end) if end else None,
        note=member.get("note", ""),
    )
