"""A workbook's sheets as pyxform reads them: a dictionary of texts for each row, by its header.

Both formats are opened here, and the rows are cut by pyxform's own functions, so that what it takes
for a header, a row or an empty end is taken for one here. What differs from it: no-break spaces
stay (French needs them), a repeated header is named with its sheet, and the cells are counted.
Refuses to know what a header means.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

from core.texts import lazy as _l
from surveys.xlsform.compound import workbook_stream
from surveys.xlsform.guard import Refused, is_old, refuse_dangerous, unreadable

SHEETS = ("survey", "choices", "settings", "external_choices", "osm", "entities")
MAX_CELLS = 500_000
MAX_COLUMNS = 1_000
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError, LookupError, MemoryError,
    OSError, RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""Everything the readers were seen to raise on damaged files."""

Cells = Mapping[str, str]
Rows = Callable[[int, int | None], Iterable[Any]]
"""The rows of cells from this number on (the first is 1), each cut to so many columns."""


@dataclass(frozen=True)
class RawSheet:
    """One sheet. `rows`: the second row first, empty ones included, so that places can be told."""

    headers: tuple[str, ...]
    rows: tuple[Cells, ...]


@dataclass(frozen=True)
class Book:
    """The sheets XLSForm knows, by their names in small letters; `names`: of all, as written."""

    sheets: Mapping[str, RawSheet]
    names: tuple[str, ...]


def open_book(data: bytes) -> Book:
    """The workbook's sheets. Raises guard.Refused with a sentence for whatever can't be opened."""
    refuse_dangerous(data)
    from xlrd import XLRDError  # noqa: PLC0415  # heavy, and seldom needed

    try:
        with warnings.catch_warnings():  # about decoration the readers pass over
            warnings.simplefilter("ignore")
            return _old(data) if is_old(data) else _new(data)
    except Refused:
        raise
    except (*_DAMAGE, XLRDError) as damaged:
        raise unreadable() from damaged


def _new(data: bytes) -> Book:
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415  # heavy, and seldom needed

    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True)
    reader.read()
    try:
        sheets = {
            known: _sheet(known, _new_rows(reader.wb[name]), _new_text)
            for known, name in _known(reader.wb.sheetnames)
        }
        return Book(sheets, tuple(reader.wb.sheetnames))
    finally:
        reader.wb.close()
        reader.archive.close()


def _old(data: bytes) -> Book:
    from xlrd import open_workbook  # noqa: PLC0415  # heavy, and seldom needed

    book = open_workbook(
        file_contents=workbook_stream(data),  # its own way into the container can run in circles
        ragged_rows=True,
        logfile=io.StringIO(),
    )
    text = _old_text(book.datemode)
    try:
        names = book.sheet_names()
        sheets = {
            known: _sheet(known, _old_rows(book.sheet_by_name(name)), text)
            for known, name in _known(names)
        }
        return Book(sheets, tuple(names))
    finally:
        book.release_resources()


def _known(names: list[str]) -> Iterable[tuple[str, str]]:
    """XLSForm's sheets by their names; the only sheet of a workbook is its survey."""
    if len(names) == 1:
        return [("survey", names[0])]
    return [(name.lower(), name) for name in names if name.lower() in SHEETS]


def _new_rows(sheet: Any) -> Rows:
    return lambda first, width: sheet.iter_rows(min_row=first, max_col=width)


def _old_rows(sheet: Any) -> Rows:
    return lambda first, width: (
        sheet.row(row)[:width] for row in range(first - 1, int(sheet.nrows))
    )


def _sheet(name: str, rows: Rows, text: Callable[[Any], str | None]) -> RawSheet:
    from pyxform.errors import PyXFormError  # noqa: PLC0415  # heavy, and seldom needed
    from pyxform.xls2json_backends import (  # noqa: PLC0415  # likewise
        get_excel_column_headers,
        get_excel_rows,
    )

    first = [_title(cell.value) for cell in next(iter(rows(1, None)), ())]
    try:
        headers = get_excel_column_headers(first)
    except PyXFormError as refused:
        raise _repeated(name, first) from refused
    if len(headers) > MAX_COLUMNS:
        message = _l(
            "A sheet may have %(most)s columns. Take out those not needed.", most=MAX_COLUMNS
        )
        raise Refused(message, sheet=name, row=1)
    counted = _counted(rows(2, len(headers)))
    found = get_excel_rows(headers, counted, lambda cell, _row, _header: text(cell))
    cells = tuple({key: value for key, value in row.items() if value} for row in found)
    return RawSheet(tuple(header for header in headers if header), cells)


def _counted(rows: Iterable[Any]) -> Iterable[Any]:
    """The rows, until there are more cells than any questionnaire has."""
    cells = 0
    for row in rows:
        cells += len(row)
        if cells > MAX_CELLS:
            message = _l("A sheet of this file has more cells than a questionnaire needs.")
            raise Refused(message)
        yield row


def _title(value: Any) -> str | None:
    return None if value is None or not str(value).strip() else str(value).strip()


def _repeated(name: str, titles: list[str | None]) -> Refused:
    twice = next(t for at, t in enumerate(titles) if t is not None and t in titles[:at])
    message = _l("Two columns have the heading “%(heading)s”. Keep one.", heading=twice)
    return Refused(message, sheet=name, row=1, column=twice)


def _new_text(cell: Any) -> str | None:
    from pyxform.xls2json_backends import xlsx_value_to_str  # noqa: PLC0415  # heavy

    value = cell.value
    return value.strip() if isinstance(value, str) else str(xlsx_value_to_str(value))


def _old_text(datemode: int) -> Callable[[Any], str | None]:
    from pyxform.xls2json_backends import xls_value_to_unicode  # noqa: PLC0415  # heavy

    def text(cell: Any) -> str | None:
        value = cell.value
        if isinstance(value, str):
            return value.strip()
        return str(xls_value_to_unicode(value, cell.ctype, datemode))

    return text
