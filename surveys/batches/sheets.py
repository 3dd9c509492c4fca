"""A file as headings and rows of text: CSV with commas, semicolons or tabs, or XLSX.

It refuses to know what columns mean. Nothing in a file is run, and none is opened that is larger,
or unpacks to more, than a batch needs.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from core.characters import REFUSED
from core.texts import Lazy
from core.texts import lazy as _l
from surveys.xlsform.guard import MAX_BYTES, Refused, refuse_dangerous, unreadable

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 20_000, 3_000, 40_000
DELIMITERS = (";", ",", "\t")
_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")


class Unusable(ValueError):
    """The file can't be read at all; `message` says what to do."""

    def __init__(self, message: Lazy) -> None:
        super().__init__(message.message)
        self.message = message


@dataclass(frozen=True)
class Sheet:
    """Headings, and numbered rows with a text for each of them."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read_sheet(data: bytes) -> Sheet:
    """The first sheet of the file; raises `Unusable`."""
    if len(data) > MAX_BYTES:
        raise Unusable(_l("This file is larger than 10 MB. Split it, and import the parts."))
    excel = data.startswith((_ZIP, _OLE))
    return _sheet(_xlsx(data) if excel else _csv(data))


def _sheet(lines: Iterable[list[str]]) -> Sheet:
    numbered = enumerate(lines, start=1)
    headings = next(([cell.strip() for cell in line] for _number, line in numbered), [])
    if not any(headings):
        raise Unusable(_l("This file is empty. Its first row must name the columns."))
    if len(headings) > MAX_COLUMNS:
        raise Unusable(_l("This file has more columns than any questionnaire."))
    named = [heading for heading in headings if heading]
    twice = next((heading for heading in named if named.count(heading) > 1), None)
    if twice is not None:
        raise Unusable(_l("Two columns are called “%(column)s”. Rename one.", column=twice))
    width = len(headings)
    rows = [
        (number, [*line, *[""] * width][:width])
        for number, line in numbered
        if any(cell.strip() for cell in line)
    ]
    return Sheet(headings, rows)


def _csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(_l("This file is not in UTF-8. Save it as “CSV UTF-8”.")) from None
    if REFUSED.search(text):
        raise Unusable(_l("This file holds invisible control characters. Take them out."))
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, line in enumerate(reader):
            _bound(number, line)
            yield line
    except csv.Error:
        sentence = _l(
            "Row %(row)s can't be read: a quotation mark is missing.", row=reader.line_num
        )
        raise Unusable(sentence) from None


def _xlsx(data: bytes) -> Iterator[list[str]]:
    try:
        refuse_dangerous(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for number, line in enumerate(book.worksheets[0].iter_rows(values_only=True)):
            cells = [_text(cell) for cell in line[: MAX_COLUMNS + 1]]
            _bound(number, cells)
            yield cells
    except Refused as refused:
        raise Unusable(refused.message) from refused
    except (BadZipFile, KeyError, IndexError, TypeError, ValueError, OSError) as damaged:
        if isinstance(damaged, Unusable):
            raise
        raise Unusable(unreadable().message) from damaged


def _bound(number: int, line: list[str]) -> None:
    if number > MAX_ROWS:
        raise Unusable(_l("A batch has at most %(most)s rows. Split the file.", most=MAX_ROWS))
    if any(len(cell) > MAX_CELL or REFUSED.search(cell) for cell in line):
        raise Unusable(
            _l("Row %(row)s holds a text that is too long, or invisible control characters.",
               row=number + 1)
        )  # fmt: skip


def _text(cell: Any) -> str:
    """A spreadsheet's cell as the text it shows: whole numbers without a point, days as days."""
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case float():
            return str(int(cell)) if cell.is_integer() else str(cell)
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
