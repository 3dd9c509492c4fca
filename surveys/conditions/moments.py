"""Dates and times as conditions count them: milliseconds since 1970 on the clock of one zone.

A date alone is midnight on that clock; a time with an offset of its own is moved to it. Written
forms are ISO 8601's, as XForms stores them. Refuses to know the time now, and what is a number.
"""

import re
from datetime import date

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EPOCH = date(1970, 1, 1).toordinal()
EARLIEST = (date.min.toordinal() - EPOCH) * DAY
LATEST = (date.max.toordinal() - EPOCH + 1) * DAY - 1
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CODES = frozenset("YymnbdeHhMS3a%")
"""The letters that may follow % in a format."""
BLANK = " \t\r\n"
_CLOCK = r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
_DATE = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}})(?:T{_CLOCK})?")
_TIME = re.compile(_CLOCK)
_LONGEST = 60


def read(text: str, zone: int) -> int | None:
    """The moment a text writes on the clock `zone` milliseconds east of UTC; None if it is none."""
    found = _DATE.fullmatch(text.strip(BLANK)) if len(text) <= _LONGEST else None
    if found is None:
        return None
    year, month, day, *clock = found.groups()
    try:
        days = date(int(year), int(month), int(day)).toordinal() - EPOCH
    except ValueError:
        return None
    time = _on_clock(clock, zone) if clock[0] else 0
    return None if time is None else within(days * DAY + time)


def read_time(text: str, zone: int) -> int | None:
    """Milliseconds since midnight on the zone's clock of a time such as 12:30:00.000+02:00."""
    found = _TIME.fullmatch(text.strip(BLANK)) if len(text) <= _LONGEST else None
    time = _on_clock(list(found.groups()), zone) if found else None
    return None if time is None else time % DAY


def within(moment: float) -> int | None:
    """The moment in whole milliseconds, None outside the years 1 to 9999."""
    return int(moment) if EARLIEST <= moment <= LATEST else None


def _on_clock(parts: list[str | None], zone: int) -> int | None:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    fraction, offset = (parts[3] or "").ljust(3, "0")[:3], parts[4]
    shift = 0 if offset is None else _shift(offset, zone)
    if hours >= 24 or minutes >= 60 or seconds >= 60 or shift is None:  # noqa: PLR2004  # a clock's
        return None
    return hours * HOUR + minutes * MINUTE + seconds * SECOND + int(fraction) + shift


def _shift(offset: str, zone: int) -> int | None:
    if offset == "Z":
        return zone
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    if hours >= 24 or minutes >= 60:  # noqa: PLR2004  # a clock's
        return None
    east = hours * HOUR + minutes * MINUTE
    return zone + east if offset[0] == "-" else zone - east


def date_text(moment: int) -> str:
    """The moment's date, such as 2020-02-29."""
    return date.fromordinal(EPOCH + moment // DAY).isoformat()


def text(moment: int, zone: int) -> str:
    """Date, time and offset; the date alone at midnight, as ODK's tools write it."""
    if moment % DAY == 0:
        return date_text(moment)
    sign, minutes = "-" if zone < 0 else "+", abs(zone) // MINUTE
    clock = formatted(moment, "%H:%M:%S.%3")
    return f"{date_text(moment)}T{clock}{sign}{minutes // 60:02}:{minutes % 60:02}"


def formatted(moment: int, pattern: str) -> str:
    """The moment in ODK's format: %Y %y %m %n %b %d %e %a, %H %h %M %S %3, %% for a percent sign.

    Months and days of the week are named in English; any other code stands as it is.
    """
    day = date.fromordinal(EPOCH + moment // DAY)
    time = moment % DAY
    parts = {
        "Y": f"{day.year:04}",
        "y": f"{day.year % 100:02}",
        "m": f"{day.month:02}",
        "n": str(day.month),
        "b": MONTHS[day.month - 1],
        "d": f"{day.day:02}",
        "e": str(day.day),
        "a": WEEKDAYS[day.weekday()],
        "H": f"{time // HOUR:02}",
        "h": str(time // HOUR),
        "M": f"{time // MINUTE % 60:02}",
        "S": f"{time // SECOND % 60:02}",
        "3": f"{time % SECOND:03}",
        "%": "%",
    }
    return re.sub(r"%(.)", lambda code: parts.get(code[1], code[0]), pattern, flags=re.DOTALL)
