"""The sheets of an XLSForm as rows: cells by column, texts by language, each with its row number.

Refuses to know what a column means.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.texts import lazy as _l
from surveys.definition import Texts
from surveys.xlsform.book import Book, Cells, RawSheet
from surveys.xlsform.guard import Refused
from surveys.xlsform.headers import CHOICES, SETTINGS, SURVEY, TRANSLATED, Column, read_headers
from surveys.xlsform.languages import language_tag
from surveys.xlsform.literals import joined
from surveys.xlsform.problems import Findings, Place

MAX_ROWS = {SURVEY: 5_000, CHOICES: 20_000, SETTINGS: 1_000}
UNNAMED = "x-default"
"""The language of columns that name none, where English stands beside them under its own name."""

# No keyboard types them, or they make text read in a false order; line breaks and tabs may stay.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]")
_NARROWER = re.compile(r"(?:_x000D_)?\r\n?")


@dataclass(frozen=True)
class Row(Place):
    """One row that holds something."""

    cells: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Texts] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """The cell's text, "" if empty."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheets:
    """The three sheets that matter, and the languages: the default first, then as they appear."""

    rows: Mapping[str, tuple[Row, ...]]
    columns: Mapping[str, tuple[Column, ...]]
    default_language: str
    languages: tuple[str, ...]
    language_names: Mapping[str, str]

    def first(self, sheet: str) -> Row:
        """The sheet's first row, empty if it has none."""
        return self.rows[sheet][0] if self.rows[sheet] else Row(sheet, 2)


def read_sheets(book: Book, findings: Findings) -> Sheets:
    """The book's rows; what is wrong with headings and cells goes to the findings.

    Raises guard.Refused where no sheet could be the survey.
    """
    if SURVEY not in book.sheets:
        named = ", ".join(book.names)[:200]
        message = _l("The sheet “survey” is missing. The file has: %(sheets)s.", sheets=named)
        raise Refused(message, sheet=SURVEY)
    raw = {name: book.sheets.get(name, RawSheet((), ())) for name in MAX_ROWS}
    columns = {name: read_headers(name, raw[name].headers, findings) for name in raw}
    heading = _default_heading(raw[SETTINGS], columns[SETTINGS])
    default = _default_language(heading, columns, {name: _filled(raw[name]) for name in raw})
    rows = {
        name: tuple(_rows(name, raw[name].rows, columns[name], default, findings)) for name in raw
    }
    every = [column for sheet in columns.values() for column in sheet]
    names: dict[str, str] = {}
    for tag, name in ((default, heading), *((c.tag, c.language) for c in every)):
        if tag and name and name not in {tag, "default"}:
            names.setdefault(tag, name)
    languages = tuple(dict.fromkeys((default, *(column.tag for column in every if column.tag))))
    return Sheets(rows, columns, default, languages, names)


def _default_heading(settings: RawSheet, columns: tuple[Column, ...]) -> str:
    header = next((c.header for c in columns if c.name == "default_language"), "")
    named = (settings.rows[0] if settings.rows else {}).get(header, "")
    return "" if named == "default" or CONTROL.search(named) else named


def _filled(sheet: RawSheet) -> frozenset[str]:
    """The headings of columns that hold something."""
    return frozenset(header for row in sheet.rows for header in row)


def _default_language(
    heading: str,
    columns: Mapping[str, tuple[Column, ...]],
    filled: Mapping[str, frozenset[str]],
) -> str:
    """Of the settings, else the first of the questions' texts; English where none is named."""
    if heading:
        return language_tag(heading)
    texts = [
        column
        for sheet in (SURVEY, CHOICES)
        for column in columns[sheet]
        if column.name in TRANSLATED and (column.tag or column.header in filled[sheet])
    ]
    labels = [column for column in columns[SURVEY] if column.name == "label" and column in texts]
    named = [column.tag for column in labels if column.tag]
    if named and len(named) == len(labels):
        return named[0]
    taken = {(column.name, column.tag) for column in texts}
    clash = any((name, None) in taken for name, tag in taken if tag == "en")
    return UNNAMED if clash else "en"


def _rows(
    sheet: str,
    raw: Iterable[Cells],
    columns: tuple[Column, ...],
    default: str,
    findings: Findings,
) -> Iterable[Row]:
    headings = _headings(columns)
    for number, values in enumerate(raw, start=2):
        place = Place(sheet, number, headings)
        if number > MAX_ROWS[sheet] + 1:
            message = _l("A sheet may have %(most)s rows.", most=MAX_ROWS[sheet])
            findings.error(place, None, message)
            return
        if values:
            yield _row(place, values, columns, default, findings)


def _headings(columns: tuple[Column, ...]) -> dict[str, str]:
    """How the file spells each column, where it spells it once."""
    spelt: dict[str, list[str]] = {}
    for column in columns:
        spelt.setdefault(column.name, []).append(column.header)
    return {name: titles[0] for name, titles in spelt.items() if len(titles) == 1}


def _row(
    place: Place,
    values: Cells,
    columns: tuple[Column, ...],
    default: str,
    findings: Findings,
) -> Row:
    cells: dict[str, str] = {}
    texts: dict[str, Texts] = {}
    for column in columns:
        value = values.get(column.header, "")
        if not value:
            continue
        value = joined(_NARROWER.sub("\n", value))
        if CONTROL.search(value):
            message = _l("This cell holds invisible control characters. Type it anew.")
            findings.error(place, column.header, message)
        elif column.name not in TRANSLATED:
            cells[column.name] = value
        elif column.tag:
            texts.setdefault(column.name, {})[column.tag] = value
        else:  # the column of that language itself, where there is one, says it better
            texts.setdefault(column.name, {}).setdefault(default, value)
    return Row(place.sheet, place.number, place.headings, cells, texts)
