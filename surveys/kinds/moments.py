"""Kinds answered with a day, a month, a time, or a day and a time."""

import re
from abc import abstractmethod
from datetime import date, datetime, time
from typing import Any

from babel import UnknownLocaleError
from babel.dates import format_date, get_month_names

from core.texts import lazy as _l
from surveys.definition import Question, QuestionKind
from surveys.kinds.base import Kind, Line, Raw, Unreadable, first, wrong_shape

_YEAR_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[:.hH](\d{2})(?::\d{2}(?:\.\d{1,3})?)?")
_STORED_TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)
_STORED_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{1,2}")
NO_DAY = _l("Write the date as day/month/year, such as 28/02/2020.")
NO_MONTH = _l("Give the month and the year, such as February 2020.")
NO_TIME = _l("Write the time as hours and minutes, such as 14:30.")
BOTH = _l("Give both the day and the time.")


def day_stored(text: str) -> str:
    """A day as it is stored, from one that is written so; raise `Unreadable`."""
    try:
        if _YEAR_FIRST.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass  # the 30th of February: told as anything else that is no day
    raise Unreadable(NO_DAY)


def read_day(text: str) -> str:
    """A day as it is stored, from one typed with the day or the year first; raise `Unreadable`."""
    day_first = _DAY_FIRST.fullmatch(text)
    if not day_first:
        return day_stored(text)
    day, month, year = (int(part) for part in day_first.groups())
    return day_stored(f"{year:04}-{month:02}-{day:02}")


def time_stored(text: str) -> str:
    """A time as it is stored, from one that is written so; raise `Unreadable`."""
    try:
        if _STORED_TIME.fullmatch(text):
            return f"{time.fromisoformat(text):%H:%M}"
    except ValueError:
        pass  # 25:00: told as anything else that is no time
    raise Unreadable(NO_TIME)


def read_time(text: str) -> str:
    """A time as it is stored, from one typed in any digits; seconds are dropped."""
    found = _CLOCK.fullmatch(text)
    if not found:
        raise Unreadable(NO_TIME)
    return time_stored(f"{int(found[1]):02}:{int(found[2]):02}")


def day_in_words(day: date, language: str, pattern: str = "d MMMM y") -> str:
    """A day in a language; in digits where Babel doesn't know it."""
    try:
        return format_date(day, pattern, locale=language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return day.isoformat() if "d" in pattern else day.isoformat()[: len("2020-02")]


def month_names(language: str) -> list[tuple[str, str]]:
    """The twelve months as "01" to "12" with their names in a language."""
    try:
        names = get_month_names("wide", "stand-alone", locale=language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return [(f"{month:02}", f"{month:02}") for month in range(1, 13)]
    return [(f"{month:02}", names[month]) for month in range(1, 13)]


class _Written(Kind):
    """Stored as a text of one fixed form."""

    @abstractmethod
    def stored_from(self, text: str) -> str:
        """The text, if it has the form; raise `Unreadable`."""

    def from_json(self, question: Question, value: Any) -> str:
        if not isinstance(value, str):
            raise wrong_shape()
        return self.stored_from(value)


class Date(_Written, of=QuestionKind.DATE):
    """A calendar day, stored as YYYY-MM-DD."""

    title = _l("Date")

    def stored_from(self, text: str) -> str:
        return day_stored(text)

    def from_raw(self, question: Question, raw: Raw) -> str | None:
        text = first(raw)
        return read_day(text) if text else None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {"": [stored or ""]}

    def value(self, question: Question, stored: Any) -> str:
        return str(stored)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", day_in_words(date.fromisoformat(stored), language))]


class Month(_Written, of=QuestionKind.MONTH):
    """A month of a year, stored as YYYY-MM: a list of months and a box for the year."""

    title = _l("Month")

    def suffixes(self, question: Question) -> list[str]:
        return ["-month", "-year"]

    def months(self, language: str) -> list[tuple[str, str]]:
        """The twelve months, for a list to choose from."""
        return month_names(language)

    def stored_from(self, text: str) -> str:
        try:
            if _STORED_MONTH.fullmatch(text):
                return date.fromisoformat(f"{text}-01").isoformat()[: len("2020-02")]
        except ValueError:
            pass  # a thirteenth month: told as anything else that is no month
        raise Unreadable(NO_MONTH)

    def from_raw(self, question: Question, raw: Raw) -> str | None:
        month, year = first(raw, "-month"), first(raw, "-year")
        if not month and not year:
            return None
        if not _MONTH.fullmatch(month) or not _YEAR.fullmatch(year):
            raise Unreadable(NO_MONTH)
        return self.stored_from(f"{int(year):04}-{int(month):02}")

    def to_raw(self, question: Question, stored: Any) -> Raw:
        if stored is None:
            return {}
        year, month = stored.split("-")
        return {"-month": [month], "-year": [year]}

    def value(self, question: Question, stored: Any) -> str:
        return f"{stored}-01"

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", day_in_words(date.fromisoformat(f"{stored}-01"), language, "MMMM y"))]


class Time(_Written, of=QuestionKind.TIME):
    """A time of the day, stored as HH:MM."""

    title = _l("Time")

    def stored_from(self, text: str) -> str:
        return time_stored(text)

    def from_raw(self, question: Question, raw: Raw) -> str | None:
        text = first(raw)
        return read_time(text) if text else None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {"": [stored or ""]}

    def value(self, question: Question, stored: Any) -> str:
        return f"{stored}:00.000"

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", stored)]


class DateTime(_Written, of=QuestionKind.DATE_TIME):
    """A day and a time, stored as YYYY-MM-DDTHH:MM, where the person is."""

    title = _l("Date and time")

    def suffixes(self, question: Question) -> list[str]:
        return ["", "-time"]

    def stored_from(self, text: str) -> str:
        day, parting, clock = text.partition("T")
        if not parting:
            raise Unreadable(BOTH)
        return f"{day_stored(day)}T{time_stored(clock)}"

    def from_raw(self, question: Question, raw: Raw) -> str | None:
        day, clock = first(raw), first(raw, "-time")
        if not day and not clock:
            return None
        if not day or not clock:
            raise Unreadable(BOTH)
        return f"{read_day(day)}T{read_time(clock)}"

    def to_raw(self, question: Question, stored: Any) -> Raw:
        if stored is None:
            return {}
        day, _parting, clock = stored.partition("T")
        return {"": [day], "-time": [clock]}

    def value(self, question: Question, stored: Any) -> str:
        return f"{stored}:00.000+00:00"

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        moment = datetime.fromisoformat(stored)
        return [Line("", f"{day_in_words(moment.date(), language)}, {moment:%H:%M}")]
