"""What may stand in the cells of a file of National Societies, and what each is read as.

Each reader takes a cell's text and raises `BadCell` with what to write in its place.
"""

import re
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from core.texts import Lazy
from core.texts import lazy as _l

REGIONS = {
    "africa": "africa",
    "americas": "americas",
    "asia pacific": "asia_pacific",
    "asia_pacific": "asia_pacific",
    "europe and central asia": "europe_central_asia",
    "europe_central_asia": "europe_central_asia",
    "middle east and north africa": "mena",
    "mena": "mena",
}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONGEST = 200
TILES = 60
# Invisible characters that no name needs, some of which make text read in a false order.
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


class BadCell(ValueError):
    """A cell's text can't be used; carries the sentence that says what to write."""

    def __init__(self, sentence: Lazy) -> None:
        super().__init__(sentence.message)
        self.sentence = sentence


def plain(cell: str) -> str:
    """The text itself, unless it hides characters or is too long."""
    if HIDDEN.search(cell):
        raise BadCell(_l("it holds invisible control characters; write the text again by hand."))
    if len(cell) > LONGEST:
        raise BadCell(_l("it is longer than 200 characters; shorten it."))
    return cell


def words(cell: str) -> str:
    """Free text, as it is."""
    return cell


def code(cell: str) -> str:
    """A country's code of three capitals."""
    if not re.fullmatch("[A-Z]{3}", cell):
        raise BadCell(
            _l("“%(cell)s” is no country code; write three capitals as in KEN.", cell=cell)
        )
    return cell


def region(cell: str) -> str:
    """A region's code, from its code or English name."""
    code = REGIONS.get(cell.lower())
    if code is None:
        raise BadCell(
            _l("“%(cell)s” is no region; write Africa, Americas, Asia Pacific, Europe and Central "
               "Asia, or Middle East and North Africa.", cell=cell)
        )  # fmt: skip
    return code


@cache
def _zones() -> frozenset[str]:
    # Each call of `available_timezones` goes through all files of the database.
    return frozenset(available_timezones())


def zone(cell: str) -> str:
    """A name of the time zone database."""
    if cell not in _zones():
        raise BadCell(_l("“%(cell)s” is no time zone; write one as in Africa/Nairobi.", cell=cell))
    return cell


def days(cell: str) -> tuple[int, ...]:
    """ISO weekdays. “Fri-Sat” names the two days, as “Fri-Sun” does: it is a list, not a span."""
    names = cell.split("-") if cell else []
    if any(name not in DAYS for name in names):
        raise BadCell(_l("“%(cell)s” is no weekend; write days as in Sat-Sun or Fri.", cell=cell))
    return tuple(DAYS.index(name) + 1 for name in names)


def language(cell: str) -> str | None:
    """A language code; None for an empty cell."""
    if cell and not re.fullmatch("[a-z]{2,3}", cell):
        raise BadCell(
            _l("“%(cell)s” is no language code; write one as in fr, or leave it empty.", cell=cell)
        )
    return cell or None


def tile(cell: str) -> int | None:
    """A place in the grid of tiles; None for an empty cell."""
    if not cell:
        return None
    if not re.fullmatch("[0-9]{1,2}", cell) or int(cell) > TILES:
        raise BadCell(
            _l("“%(cell)s” is no place in the grid; write a whole number from 0 to 60.", cell=cell)
        )
    return int(cell)


def day(cell: str) -> date | None:
    """A date as 2011-11-23; None for an empty cell."""
    if not cell:
        return None
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise BadCell(_l("“%(cell)s” is no date; write it as in 2011-11-23.", cell=cell))
