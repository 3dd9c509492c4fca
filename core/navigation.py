"""The site's menu: features add entries, each person sees the ones their policies allow."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Flask, current_app, g, request, url_for

from core.access import Policy


@dataclass(frozen=True)
class Entry:
    """A line of the menu. `label` is a lazy text."""

    label: Any
    endpoint: str
    policy: Policy
    position: int


def entry(app: Flask, label: Any, endpoint: str, policy: Policy, *, position: int) -> None:
    """Add a line, shown to whom the policy allows, in the order of `position`."""
    entries: list[Entry] = app.extensions.setdefault("navigation", [])
    entries.append(Entry(label, endpoint, policy, position))
    entries.sort(key=lambda line: line.position)


def navigation() -> list[tuple[str, str, str]]:
    """(address, label, where) for the signed-in person.

    `where`: "page" for the page itself, "true" for the part of the site it belongs to, or "".
    """
    entries: list[Entry] = current_app.extensions.get("navigation", [])
    actor = g.get("actor")
    if actor is None:
        return []
    return [
        (_address(e.endpoint), str(e.label), _where(_address(e.endpoint)))
        for e in entries
        if e.policy(actor)
    ]


def _where(address: str) -> str:
    """Whether the page is the one at this address, or stands below it; all stands below "/"."""
    if request.path == address:
        return "page"
    return "true" if address != "/" and request.path.startswith(f"{address}/") else ""


@cache
def _address(endpoint: str) -> str:
    """A menu's address has no parts, so it is the same on every page."""
    return url_for(endpoint)
