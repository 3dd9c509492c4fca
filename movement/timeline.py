"""A process on one line of time: what packages say happens in it, and where it stands on the line.

Providers are registered by the packages whose events they are; nothing here knows what an event is
of. Places on the line are counted in days, inclusive of first and last.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.texts import Lazy
from movement.models import Process

LENGTH = 1000
"""How long the line is, in units of a drawing."""
LEAST = 12
"""The shortest bar that can still be seen."""


@dataclass(frozen=True)
class Event:
    """Something of a process. `kind`: the word for it; `titles` by language.

    `ends` None: one day. `state`: a word, with `tone` as `components/tag.html` takes it. `path`:
    its page for staff; `overview`: for everybody who follows the process; "" for none.
    """

    kind: Lazy
    titles: Mapping[str, str]
    begins: date
    ends: date | None
    state: Lazy | None = None
    tone: str = "idle"
    path: str = ""
    overview: str = ""

    @property
    def last(self) -> date:
        """Its last day; never before its first."""
        return max(self.begins, self.ends or self.begins)


Provider = Callable[[Session, Process], Iterable[Event]]
_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a package's events stand on every timeline. Doing it again changes nothing."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def events_of(session: Session, process: Process) -> list[Event]:
    """All that happens in a process, as it begins."""
    found = [event for provider in _PROVIDERS for event in provider(session, process)]
    return sorted(found, key=lambda event: (event.begins, event.last))


@dataclass(frozen=True)
class Bar:
    """An event's place on the line: where it begins and how long it is, of `LENGTH` units."""

    event: Event
    x: int
    width: int


@dataclass(frozen=True)
class Line:
    """A timeline. `today`: its place, or None outside of the line."""

    first: date
    last: date
    bars: tuple[Bar, ...]
    today: int | None


def line_of(events: Iterable[Event], today: date) -> Line | None:
    """The events on one line from the first day to the last of any of them; None for no events."""
    rows = tuple(events)
    if not rows:
        return None
    first, last = min(one.begins for one in rows), max(one.last for one in rows)
    days = (last - first).days + 1

    def place(day: date) -> int:
        return round((day - first).days * LENGTH / days)

    def bar(event: Event) -> Bar:
        length = (event.last - event.begins).days + 1
        width = min(LENGTH, max(LEAST, round(length * LENGTH / days)))
        return Bar(event, min(place(event.begins), LENGTH - width), width)

    inside = first <= today <= last
    return Line(first, last, tuple(bar(one) for one in rows), place(today) if inside else None)
