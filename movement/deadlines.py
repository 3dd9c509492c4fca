"""When a call ends, for one organisation and for all. Functions of dates and time zones only.

A call closes with the end of its closing date in the organisation's own time zone, by the server's
clock. Nothing here reads the database or the clock.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from movement.models import Call, CallState

LAST_ZONE = "Etc/GMT+12"
"""The zone in which every day ends last: 12 hours behind UTC (the sign is POSIX's)."""


def closes_at(closes_on: date, timezone: str) -> datetime:
    """The first moment after the closing date in this time zone, in UTC.

    Where the clocks jump over midnight it is the moment of the jump; where midnight comes twice,
    the first of the two.
    """
    midnight = datetime.combine(closes_on + timedelta(days=1), time(0), ZoneInfo(timezone))
    return midnight.astimezone(UTC)


def over_everywhere(closes_on: date, now: datetime) -> bool:
    """Whether the closing date has ended in every time zone there is."""
    return now >= closes_at(closes_on, LAST_ZONE)


def is_open(call: Call, timezone: str, now: datetime) -> bool:
    """Whether an organisation in this time zone may still answer."""
    return call.state is CallState.OPEN and now < closes_at(call.closes_on, timezone)


def state_at(call: Call, now: datetime) -> CallState:
    """The state as it is in truth: an open call that is over everywhere counts as closed."""
    if call.state is CallState.OPEN and over_everywhere(call.closes_on, now):
        return CallState.CLOSED
    return call.state


def days_left(closes_on: date, timezone: str, now: datetime) -> int:
    """Days from today in this time zone to the closing date: 0 on the last day, never less."""
    return max(0, (closes_on - now.astimezone(ZoneInfo(timezone)).date()).days)
