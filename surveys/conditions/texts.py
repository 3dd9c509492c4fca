"""What expressions do with texts. Places count characters, never a character's parts."""

import math
import re
import secrets
import uuid

from surveys.conditions import patterns
from surveys.conditions.context import MAX_TEXT, Context, too_long
from surveys.conditions.numbers import rounded, truncated

PLACES_A_STEP = 1_000
"""In how many places of text and pattern together RE2 can look while a step is taken."""


def before(text: str, mark: str) -> str:
    """What stands before the mark's first occurrence; nothing if it doesn't occur."""
    start, found, _ = text.partition(mark) if mark else ("", "", "")
    return start if found else ""


def after(text: str, mark: str) -> str:
    """What stands after the mark's first occurrence; nothing if it doesn't occur."""
    return text.partition(mark)[2] if mark else text


def substring(text: str, start: float, length: float | None = None) -> str:
    """A part of the text as XPath counts: from 1, both numbers rounded."""
    first = rounded(start)
    last = math.inf if length is None else first + rounded(length)
    if math.isnan(first) or math.isnan(last):
        return ""
    size = float(len(text))
    begin, end = max(first, 1.0), min(last, size + 1)
    return text[int(begin) - 1 : int(end) - 1] if begin < end else ""


def slice_of(text: str, start: float, end: float | None = None) -> str:
    """A part of the text as ODK counts: from 0, `end` excluded, negative ones from its end."""
    stop = len(text) if end is None else _place(end, len(text))
    return text[_place(start, len(text)) : stop]


def _place(number: float, size: int) -> int:
    if math.isnan(number):
        return 0
    place = truncated(number)
    return int(max(0.0, min(place + size if place < 0 else place, float(size))))


def translated(text: str, old: str, new: str) -> str:
    """The text with each character of `old` as its counterpart in `new`; without one, dropped."""
    table: dict[int, str | None] = {}
    for place, character in enumerate(old):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return text.translate(table)


def spaced(text: str) -> str:
    """The text with single spaces between its words."""
    return " ".join(re.findall(r"[^ \t\r\n]+", text))


def matches(context: Context, text: str, pattern: str) -> bool:
    """Whether the pattern is found in the text. The search may take as long as both together."""
    context.spend(len(text) * patterns.weight(pattern) // PLACES_A_STEP)
    return patterns.finds(pattern, text)


def unique(length: float | None = None) -> str:
    """A random UUID, or that many random hexadecimal digits."""
    if length is None:
        return str(uuid.uuid4())
    if math.isnan(length) or length < 1:
        return ""
    if length > MAX_TEXT:
        raise too_long()
    return secrets.token_hex(int(length) // 2 + 1)[: int(length)]


def chance() -> float:
    """A random number from 0 to below 1."""
    return secrets.SystemRandom().random()
