"""What expressions do with dates and times. A moment of None is none, and gives an empty text."""

import math

from surveys.conditions import moments
from surveys.conditions.context import Context
from surveys.conditions.values import Value, to_moment, to_text


def today(context: Context) -> str:
    """The date on the scope's clock."""
    return moments.date_text(context.now)


def now(context: Context) -> str:
    """Date, time and offset on the scope's clock."""
    return moments.text(context.now, context.zone)


def date(moment: int | None) -> str:
    """The moment's date without its time."""
    return "" if moment is None else moments.date_text(moment)


def date_time(context: Context, moment: int | None) -> str:
    """The moment on the scope's clock."""
    return "" if moment is None else moments.text(moment, context.zone)


def format_date(moment: int | None, pattern: str) -> str:
    """The moment in a format (`surveys.conditions.moments.formatted`)."""
    return "" if moment is None else moments.formatted(moment, pattern)


def decimal_time(context: Context, value: Value) -> float:
    """The time of a day as a fraction of it: noon is 0.5. NaN for what is no time."""
    if isinstance(value, float | bool):
        return math.nan
    time = moments.read_time(to_text(value), context.zone)
    if time is None:
        moment = to_moment(value, context.zone)
        time = None if moment is None else moment % moments.DAY
    return math.nan if time is None else time / moments.DAY
