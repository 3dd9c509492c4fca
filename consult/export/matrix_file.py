"""A matrix that comes back: its rows as they were filled in, found by their ids. No database.

A file is only read once it is known to be harmless. Formulas are not worked out: a cell that holds
one is read as it is written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from consult.models import Outcome
from core.archives import Limits, Unsafe, opened
from core.errors import DomainError
from core.texts import lazy as _l

MAX_BYTES = 25_000_000
LIMITS = Limits(unpacked=200_000_000, markup=200_000_000, ratio=200, parts=200)
MAX_ROWS = 50_000
MAX_COLUMNS = 60
NEEDED = ("id", "disposition", "reason", "hash")
_DUPLICATE = re.compile(r"(?P<word>[^\d:#]+?)[\s:#]*(?P<number>\d{1,9})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAMAGED = (
    *(Unsafe, BadZipFile, OSError, SyntaxError, LookupError),
    *(ValueError, TypeError, AttributeError, ArithmeticError),
)
"""What reading a workbook raises where its markup isn't what a workbook's is."""
Headings = Mapping[str, str]
"""The names that columns may have, folded, and which of our columns each is."""


@dataclass(frozen=True)
class Filled:
    """A row as it came back. `place`: sheet and row, for sentences.

    `hash`: of the contribution when the file was made; `shown`: of the cells as they were written.
    """

    place: str
    number: str
    disposition: str
    reason: str
    language: str
    hash: str
    shown: str


def folded(text: str) -> str:
    """A word as it is compared: without case, underscores and double spaces."""
    return " ".join(text.replace("_", " ").split()).casefold()


def read(data: bytes, headings: Headings) -> list[Filled]:
    """The rows of every sheet that has a matrix's columns. Raises `DomainError` for other files."""
    if len(data) > MAX_BYTES:
        raise DomainError(_l("This file is larger than 25 MB. Send the matrix without additions."))
    try:
        with opened(data, LIMITS) as archive:
            known = "xl/workbook.xml" in archive.namelist()
        if not known:
            raise _no_matrix()
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        found = [row for sheet in book.worksheets for row in _rows(sheet, headings)]
    except _DAMAGED as damaged:
        raise _no_matrix() from damaged
    if not found:
        raise _no_matrix()
    return found


def _no_matrix() -> DomainError:
    return DomainError(
        _l(
            "This is no matrix of contributions. Download the matrix as an Excel file, fill in "
            "dispositions and reasons, and send that file."
        )
    )


def _rows(sheet: Any, headings: Headings) -> Iterator[Filled]:
    columns: dict[str, int] = {}
    for at, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        if at > MAX_ROWS:
            raise DomainError(_l("This file has more rows than a matrix can have."))
        if not columns:
            known = [headings.get(folded(_text(cell)), "") for cell in cells]
            columns = {name: place for place, name in enumerate(known) if name}
            if not all(name in columns for name in NEEDED):
                return
            continue
        values = {name: _text(cells[place]) if place < len(cells) else ""
                  for name, place in columns.items()}  # fmt: skip
        if values["id"] or values["hash"]:
            language, check, shown, *_rest = [*values["hash"].split(":"), "", "", ""]
            yield Filled(f"{sheet.title} {at}", values["id"], values["disposition"],
                         values["reason"], language, check, shown)  # fmt: skip


def _text(cell: object) -> str:
    """A cell as text; numbers without the decimal point a spreadsheet may have given them."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(cell))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def outcome_of(text: str, words: Mapping[str, Outcome]) -> tuple[Outcome, int | None] | None:
    """The decision a cell says, and of which number it is a duplicate; None for an unknown word."""
    if (known := words.get(folded(text))) is not None:
        return known, None
    match = _DUPLICATE.fullmatch(text.strip())
    if match and words.get(folded(match["word"])) is Outcome.DUPLICATE:
        return Outcome.DUPLICATE, int(match["number"])
    return None
