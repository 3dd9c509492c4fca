"""A file of National Societies: read whole, or refused whole with every place that needs mending.

It knows the columns and what may stand in them; it knows no database.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l
from movement import directory_cells as cells

LANGUAGES = ("en", "fr", "es", "ar")
NEEDED = (
    "iso3",
    *(f"country_{language}" for language in LANGUAGES),
    *(f"name_{language}" for language in LANGUAGES),
    "ifrc_region",
    "correspondence_language",
    "timezone",
    "weekend_days_cldr",
    "weekend_days_holidays_pkg",
    "tile_column",
    "tile_row",
)
MEMBERSHIP = ("member_from", "member_until", "member_note")
LARGEST = 2_000_000
SHOWN = 20


@dataclass(frozen=True)
class Society:
    """One row. `membership` None: the file has no such columns, so nothing is said about it.

    `weekend_days`: ISO weekdays on which one of the two sources rests.
    """

    code: str
    names: dict[str, str]
    countries: dict[str, str]
    region_code: str
    timezone: str
    weekend_days: list[int]
    language: str | None
    tile_column: int | None
    tile_row: int | None
    note: str | None
    membership: tuple[date | None, date | None, str] | None


class Findings:
    """Sentences one below the other, each translated where it is shown."""

    def __init__(self, sentences: list[Lazy]) -> None:
        self.sentences = sentences

    def __str__(self) -> str:
        shown = [str(sentence) for sentence in self.sentences[:SHOWN]]
        more = len(self.sentences) - len(shown)
        if more:
            shown.append(str(_l("… and %(count)s more.", count=more)))
        return "\n".join([*shown, str(_l("Nothing was loaded."))])


class BadFile(DomainError):
    """The file can't be loaded; the message names each row and column and what to do."""

    def __init__(self, sentences: list[Lazy]) -> None:
        super().__init__(Findings(sentences))


def read_societies(content: bytes) -> list[Society]:
    """The rows of a CSV file in UTF-8, in its order; raises `BadFile` naming all that is wrong."""
    rows = _rows(_text(content))
    problems: list[Lazy] = []
    societies: list[Society] = []
    first_row_of: dict[str, int] = {}
    for number, row in rows:
        reader = _Row(number, row, problems)
        society = reader.society()
        earlier = first_row_of.setdefault(society.code, number)
        if society.code and earlier != number:
            reader.wrong(
                "iso3", _l("%(code)s stands in row %(row)s already; keep one of the two.",
                           code=society.code, row=earlier)
            )  # fmt: skip
        societies.append(society)
    if problems:
        raise BadFile(problems)
    return societies


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise BadFile([_l("The file is larger than 2 MB, too large for a list of Societies.")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(
            [_l("The file is no text in UTF-8. Save it as “CSV UTF-8 (comma delimited)”.")]
        ) from None


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(number as a spreadsheet shows it, cells by column); blank rows are passed over."""
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise BadFile(
            [_l("The file is no CSV: a quotation mark is not closed, or a cell is too long.")]
        ) from None
    header = [cell.strip() for cell in table[0]] if table else []
    _check_header(header)
    numbered = [
        (n, cells) for n, cells in enumerate(table[1:], start=2) if any(map(str.strip, cells))
    ]
    if not numbered:
        raise BadFile([_l("The file has no rows below its header.")])
    uneven = [number for number, cells in numbered if len(cells) != len(header)]
    if uneven:
        raise BadFile([
            _l("Row %(row)s: it has not as many cells as the header; add or remove commas.",
               row=number)
            for number in uneven
        ])  # fmt: skip
    return ((n, dict(zip(header, map(str.strip, cells), strict=True))) for n, cells in numbered)


def _check_header(header: list[str]) -> None:
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise BadFile([
            _l("Row 1, column %(column)s: it is missing; add it to the header.", column=name)
            for name in missing
        ])  # fmt: skip
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise BadFile([
            _l("Row 1, column %(column)s: it stands twice; remove one.", column=name)
            for name in twice
        ])  # fmt: skip


class _Row:
    """One row being read; what is wrong with it goes into `problems`."""

    def __init__(self, number: int, cells: dict[str, str], problems: list[Lazy]) -> None:
        self.number = number
        self.cells = cells
        self.problems = problems

    def wrong(self, column: str, sentence: Lazy) -> None:
        self.problems.append(
            _l("Row %(row)s, column %(column)s: %(what)s",
               row=self.number, column=column, what=sentence)
        )  # fmt: skip

    def society(self) -> Society:
        read = self._read
        both = (
            *read("weekend_days_cldr", cells.days, ()),
            *read("weekend_days_holidays_pkg", cells.days, ()),
        )
        society = Society(
            code=read("iso3", cells.code, ""),
            names=self._texts("name"),
            countries=self._texts("country"),
            region_code=read("ifrc_region", cells.region, ""),
            timezone=read("timezone", cells.zone, ""),
            weekend_days=sorted(set(both)),
            language=read("correspondence_language", cells.language, None),
            tile_column=read("tile_column", cells.tile, None),
            tile_row=read("tile_row", cells.tile, None),
            note=read("notes", cells.words, "") if "notes" in self.cells else None,
            membership=self._membership(),
        )
        if not society.names.get("en"):
            self.wrong("name_en", _l("the name is missing; write the Society's name in English."))
        if (society.tile_column is None) != (society.tile_row is None):
            self.wrong("tile_row", _l("a tile needs both its column and its row, or neither."))
        return society

    def _membership(self) -> tuple[date | None, date | None, str] | None:
        if not any(column in self.cells for column in MEMBERSHIP):
            return None
        begin = self._read("member_from", cells.day, None)
        end = self._read("member_until", cells.day, None)
        if begin and end and end < begin:
            self.wrong("member_until", _l("the end lies before the beginning; change one of them."))
        return begin, end, self._read("member_note", cells.words, "")

    def _texts(self, column: str) -> dict[str, str]:
        texts = {code: self._read(f"{column}_{code}", cells.words, "") for code in LANGUAGES}
        return {code: text for code, text in texts.items() if text}

    def _read(self, column: str, read: Callable[[str], Any], otherwise: Any) -> Any:
        cell = self.cells.get(column, "")
        try:
            return read(cells.plain(cell))
        except cells.BadCell as bad:
            self.wrong(column, bad.sentence)
            return otherwise
