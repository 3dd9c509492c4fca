"""The values of expressions: XPath 1.0's four types, how they turn into each other, and UNKNOWN.

Beyond XPath, as in ODK's tools, a text that writes a date is a number too: days since 1970. It
refuses to know trees and operators.
"""

import math
import re
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from surveys.conditions import moments

Value = str | float | bool | tuple[str, ...]
"""A text, number, boolean, or node-set: the texts of its nodes in document order."""

_NUMBER = re.compile(r"[ \t\r\n]*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*")
_WORD = re.compile(r"[^ \t\r\n]+")
_NOTHING: tuple[Any, ...] = (None, "", [], {})


class Unknown(Enum):
    """The value of what is not answered yet."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


def to_boolean(value: Value) -> bool:
    """XPath's boolean(): false are 0, NaN, the empty text and the node-set without nodes."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def to_number(value: Value, zone: int = 0) -> float:
    """XPath's number(): NaN for a text that isn't one; a date is days since 1970.

    `zone`: of the clock that times with an offset are moved to, in milliseconds east of UTC.
    """
    if isinstance(value, tuple):
        value = value[0] if value else ""
    if not isinstance(value, str):
        return float(value)
    if _NUMBER.fullmatch(value):
        return float(value)
    moment = moments.read(value, zone)
    return math.nan if moment is None else moment / moments.DAY


def to_text(value: Value) -> str:
    """XPath's string(): numbers without exponent, a node-set by its first node."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return value[0] if value else ""
    if math.isfinite(value):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _decimal(value)  # noqa: PLR2004  # below it all digits are the number's own
    return "NaN" if math.isnan(value) else str(value).replace("inf", "Infinity")


def _decimal(value: float) -> str:
    """The shortest digits that read back as the same number, without exponent."""
    written = format(Decimal(repr(value)), "f")
    return written.removesuffix(".0")


def to_texts(value: Value) -> tuple[str, ...]:
    """A node-set's texts; any other value as the text of one node."""
    return value if isinstance(value, tuple) else (to_text(value),)


def to_moment(value: Value, zone: int) -> int | None:
    """The date and time a value means (`surveys.conditions.moments`); numbers are days."""
    if isinstance(value, bool):
        return None
    if not isinstance(value, float):
        written = to_text(value)
        if not _NUMBER.fullmatch(written):
            return moments.read(written, zone)
        value = float(written)
    moment = value * moments.DAY + 0.5  # past every number it is infinite
    return moments.within(math.floor(moment)) if math.isfinite(moment) else None


def words(value: Value) -> list[str]:
    """The codes in the text of several choices."""
    return _WORD.findall(to_text(value))


def value_of(answer: Any) -> str:
    """A stored answer as the text XForms would store.

    Several choices are their codes in one text, as in XLSForm; "other, specify" is its choice; yes
    and no are "yes" and "no". A matrix or points as a whole have no value.
    """
    match answer:
        case bool():
            return "yes" if answer else "no"
        case int() | float():
            return to_text(_finite(answer))
        case str():
            return answer
        case {"choice": str(choice)}:
            return choice
        case list() | tuple():
            return " ".join(value_of(part) for part in answer)
        case _:
            return ""


def answered(answer: Any) -> bool:
    """Whether anything was answered: 0 and "no" are answers, an empty text isn't."""
    return answer not in _NOTHING


def _finite(answer: float) -> float:
    try:
        return float(answer)
    except OverflowError:  # an integer past every float
        return math.inf if answer > 0 else -math.inf
