"""On which days and at which moments reminders go out. Functions of dates, zones and weeks only.

A step, so many days before the closing date, is sent at 09:00 of the organisation's own day. If
that is one of its rest days, the next working day before the closing date takes its place, else the
last working day before. A step that could not go out on time (the server was down) follows in the
organisation's next working hours, 09:00 to 15:00; of several such steps only the latest.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, ENDS = time(9), time(15)
WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """An organisation's time zone and its rest days, as ISO weekdays (Monday 1 … Sunday 7)."""

    timezone: str
    rest: frozenset[int]

    def local(self, moment: datetime) -> datetime:
        """The moment on the organisation's clock."""
        return moment.astimezone(ZoneInfo(self.timezone))

    def works(self, day: date) -> bool:
        """Whether the office works that day; one said to rest all week is taken not to rest."""
        return day.isoweekday() not in self.rest or len(self.rest) >= WEEK

    def opening(self, day: date) -> datetime:
        """The moment the office opens on a day, in UTC."""
        return datetime.combine(day, OPENS, ZoneInfo(self.timezone)).astimezone(UTC)

    def at_work(self, moment: datetime) -> bool:
        """Whether somebody is likely to read mail at this moment."""
        local = self.local(moment)
        return self.works(local.date()) and OPENS <= local.time() < ENDS


@dataclass(frozen=True)
class Planned:
    """A reminder to come or gone by: its days before the closing date, its moment in UTC."""

    step: int
    send_at: datetime


def calendar(timezone: str, rest: Collection[int]) -> Calendar:
    """The calendar of an organisation."""
    return Calendar(timezone, frozenset(rest))


def _day_of(step: int, closes_on: date, week: Calendar) -> date:
    wished = closes_on - step * _DAY
    day = wished
    while not week.works(day):
        day += _DAY
    if day == wished or day < closes_on:
        return day
    day = wished
    while not week.works(day):
        day -= _DAY
    return day


def planned(closes_on: date, steps: Iterable[int], week: Calendar) -> list[Planned]:
    """The reminders of a plan in the order they go out."""
    found = [Planned(step, week.opening(_day_of(step, closes_on, week))) for step in steps]
    return sorted(found, key=lambda one: (one.send_at, -one.step))


def latest(plan: Iterable[Planned], now: datetime) -> Planned | None:
    """The one whose time has come, the last if there are several; None before the first."""
    return max(
        (one for one in plan if one.send_at <= now),
        key=lambda one: (one.send_at, -one.step),
        default=None,
    )


def covered(one: Planned, week: Calendar, *, invited_at: datetime, last: datetime | None) -> bool:
    """Whether it is needless: invited only after its time, or reminded on its day or later."""
    if one.send_at <= invited_at:
        return True
    return last is not None and week.local(last).date() >= week.local(one.send_at).date()


def due(
    plan: Iterable[Planned],
    week: Calendar,
    *,
    now: datetime,
    invited_at: datetime,
    last: datetime | None,
) -> Planned | None:
    """The reminder to send at this moment, if any. `last`: when it was last reminded."""
    if not week.at_work(now):
        return None
    one = latest(plan, now)
    if one is None or covered(one, week, invited_at=invited_at, last=last):
        return None
    return one
