"""Where the pages of a call stand: the package that asks something says so, by the call's kind.

Pages here, and mails, link to what is asked without knowing what that is. Registering again
replaces: there is one answer for each kind.
"""

from collections.abc import Callable

from movement.models import Call, CallKind, Organisation

Place = Callable[[Call, Organisation], str]
"""The path, beginning with a slash, where an organisation finds what a call asks of it."""
Overview = Callable[[Call], str]
"""The path of a page about a call that everybody who follows its process may read."""

HOME = "/"
_PLACES: dict[CallKind, Place] = {}
_OVERVIEWS: dict[CallKind, Overview] = {}


def register(kind: CallKind, place: Place) -> None:
    """Say where organisations find what calls of this kind ask of them."""
    _PLACES[kind] = place


def register_overview(kind: CallKind, overview: Overview) -> None:
    """Say where those who follow a process read about calls of this kind."""
    _OVERVIEWS[kind] = overview


def path_for(call: Call, organisation: Organisation) -> str:
    """Where this organisation finds what a call asks; home, where it is listed, if unsaid."""
    place = _PLACES.get(call.kind)
    return place(call, organisation) if place else HOME


def overview_of(call: Call) -> str:
    """The page about a call for whoever follows its process, or "" if there is none."""
    overview = _OVERVIEWS.get(call.kind)
    return overview(call) if overview else ""
