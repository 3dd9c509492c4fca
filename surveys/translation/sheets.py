"""Translations as a spreadsheet, one sheet for each language, and back.

Only the translation and its state can be changed; texts are texts, never formulas. Refuses files
made to burst before they are unpacked (`surveys.xlsform.guard`).
"""

import re
import struct
import warnings
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from core.errors import DomainError
from core.texts import lazy as _l
from surveys.definition import Questionnaire
from surveys.languages import State, is_right_to_left, source_of
from surveys.languages.words import KINDS
from surveys.translation.rows import Arriving, Fault, Reading, Row, Unreadable, rows
from surveys.xlsform.guard import Refused, refuse_dangerous, unreadable

COLUMNS = ("key", "place", "source", "translation", "state", "source digest", "translation digest")
NEEDED = frozenset(COLUMNS) - {"place", "source", "state"}
WIDTHS = (14, 34, 60, 60, 12, 14, 14)
LONGEST_CELL = 32_767
MOST_ROWS = 30_000
_HEADER = re.compile(r"^(?P<name>[a-z ]+?)(?: \((?P<language>[A-Za-z0-9-]+)\))?$")
_SHEET_NAME = 31
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError, LookupError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What readers of spreadsheets raise on damaged files."""
_TRANSLATION, _STATE = COLUMNS.index("translation"), COLUMNS.index("state")


def to_xlsx(questionnaire: Questionnaire, languages: Iterable[str]) -> bytes:
    """A workbook with a sheet for each language. Raises DomainError where a text is too long."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for language in languages:
            _sheet(book, questionnaire, language)
    return file.getvalue()


def _sheet(book: Any, questionnaire: Questionnaire, language: str) -> None:
    sheet = book.add_worksheet(language[:_SHEET_NAME])
    fixed = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    order = 2 if is_right_to_left(language) else 1
    free = book.add_format(
        {"text_wrap": True, "valign": "top", "num_format": "@", "locked": False,
         "reading_order": order}
    )  # fmt: skip
    heading = book.add_format({"bold": True, "bottom": 1})
    for column, title in enumerate(_titles(questionnaire, language)):
        sheet.set_column(column, column, WIDTHS[column], fixed)
        sheet.write_string(0, column, title, heading)
    count = 0
    for count, row in enumerate(rows(questionnaire, language), start=1):
        for column, value in enumerate(_values(row)):
            if len(value) > LONGEST_CELL:
                raise DomainError(
                    _l("The text %(key)s is too long for a cell. Use a .po file.", key=row.key)
                )
            form = free if column in (_TRANSLATION, _STATE) else fixed
            sheet.write_string(count, column, value, form)
    states = {"validate": "list", "source": [state.value for state in State]}
    sheet.data_validation(1, _STATE, max(count, 1), _STATE, states)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(count, 1), len(COLUMNS) - 1)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True,
                       "format_rows": True})  # fmt: skip


def _titles(questionnaire: Questionnaire, language: str) -> list[str]:
    named = {"source": source_of(questionnaire), "translation": language}
    return [f"{name} ({named[name]})" if name in named else name for name in COLUMNS]


def _values(row: Row) -> tuple[str, ...]:
    place = f"{KINDS[row.kind]} – {row.place}" if row.place else str(KINDS[row.kind])
    return (
        row.key,
        place,
        row.source,
        row.translation,
        row.state.value,
        row.source_mark,
        row.translation_mark,
    )


def from_xlsx(data: bytes) -> Reading:
    """What a workbook says. Raises Unreadable where it can't be opened or has no sheet of ours."""
    sheets = _open(data)
    found, faults = {}, []
    for title, cells in sheets.items():
        columns, language = _columns(cells)
        if language is None:
            faults.append(Fault(title, _l("This sheet is none of ours. It was not read.")))
            continue
        read = list(_read(cells[1:], columns))
        found[language] = [row for row in read if isinstance(row, Arriving)]
        faults += [row for row in read if isinstance(row, Fault)]
    if not found:
        raise Unreadable(
            _l("No sheet has the columns key, translation and digests. Download the file anew.")
        )
    return Reading(found, tuple(faults))


def _open(data: bytes) -> dict[str, list[list[Any]]]:
    """The cells of each sheet, by its title."""
    try:
        refuse_dangerous(data)
        with warnings.catch_warnings(), closing(_load(data)) as book:
            warnings.simplefilter("ignore")  # about decoration the reader passes over
            return {
                sheet.title: [list(row) for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=20)]
                for sheet in book.worksheets
            }
    except Refused as refused:
        raise Unreadable(refused.message) from refused
    except _DAMAGE as damaged:
        raise Unreadable(unreadable().message) from damaged


def _load(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data), read_only=True)


def _columns(cells: list[list[Any]]) -> tuple[Mapping[str, int], str | None]:
    """Which column is where, and the language of the translation; None for a foreign sheet."""
    columns: dict[str, int] = {}
    language = None
    for at, cell in enumerate(cells[0] if cells else ()):
        match = _HEADER.match(str(cell.value or "").strip())
        if match and match["name"] in COLUMNS:
            columns.setdefault(match["name"], at)
            language = match["language"] if match["name"] == "translation" else language
    return columns, language if columns.keys() >= NEEDED else None


def _read(cells: Iterable[list[Any]], columns: Mapping[str, int]) -> Iterator[Arriving | Fault]:
    for number, row in enumerate(cells, start=2):
        values = {name: row[at] for name, at in columns.items() if at < len(row)}
        key = _text(values.get("key"))
        if not key:
            continue
        cell = values.get("translation")
        text = _text(cell)
        if text is None:
            message = _l("This cell holds a formula or a date. Write it as a text.")
            yield Fault(number, message)
            continue
        yield Arriving(
            key=key,
            text=text,
            source_mark=_text(values.get("source digest")) or "",
            translation_mark=_text(values.get("translation digest")) or "",
            confirmed=_text(values.get("state")) == State.CURRENT.value,
            where=number,
        )


def _text(cell: Any) -> str | None:
    """What a cell says; None where it isn't a text or a number."""
    value = cell.value if cell is not None else None
    if value is None:
        return ""
    if isinstance(value, str):
        return None if cell.data_type == "f" else unescape(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(int(value)) if value == int(value) else repr(value)
