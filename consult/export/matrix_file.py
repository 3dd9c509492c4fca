"""A matrix that comes back: its rows as they were filled in, found by their ids. No database.

A file is only read once it is known to be harmless. Formulas are not worked out: of a row that
holds one where something is to be filled in, this is told.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, islice
from typing import Any
from unicodedata import normalize
from zipfile import BadZipFile

from openpyxl import load_workbook

from consult.export.wording import COLUMNS
from consult.models import Outcome
from core.archives import Limits, Unsafe, opened
from core.errors import DomainError
from core.texts import lazy as _l

MAX_BYTES = 25_000_000
LIMITS = Limits(unpacked=200_000_000, markup=200_000_000, ratio=200, parts=200)
MAX_ROWS = 50_000
MAX_COLUMNS = 60
NEEDED = ("id", "disposition", "reason", "hash")
_DECIDES = ("disposition", "reason")
TOP = 10
"""In how many rows the headings are looked for: a title may stand above them."""
LONGEST_WORD = 200
"""The most characters of a cell that may be the word for a decision."""
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
    `language`: of the file, "" for none that is known. `computed`: whether the disposition or the
    reason is a formula or an error, and nobody's words.
    """

    place: str
    number: str
    disposition: str
    reason: str
    language: str
    hash: str
    shown: str
    computed: bool = False


def folded(text: str) -> str:
    """A word as it is compared: without case, underscores and double spaces, accents composed."""
    return " ".join(normalize("NFC", text).replace("_", " ").split()).casefold()


def read(data: bytes, headings: Headings, languages: Collection[str]) -> list[Filled]:
    """The rows of every sheet that has a matrix's columns. Raises `DomainError` for other files.

    So it does for a sheet that has only some of them: what was decided there would be lost.
    `languages`: those a reason may be in.
    """
    if len(data) > MAX_BYTES:
        raise DomainError(_l("This file is larger than 25 MB. Send the matrix without additions."))
    try:
        with opened(data, LIMITS) as archive:
            known = "xl/workbook.xml" in archive.namelist()
        if not known:
            raise _no_matrix()
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        found = [row for sheet in book.worksheets for row in _rows(sheet, headings, languages)]
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


def _rows(sheet: Any, headings: Headings, languages: Collection[str]) -> Iterator[Filled]:
    rows = sheet.iter_rows(max_col=MAX_COLUMNS)
    first = list(islice(rows, TOP))
    above, columns = _headed(sheet.title, first, headings)
    if not columns:
        return
    for at, cells in enumerate(chain(first[above:], rows), start=above + 1):
        if at > MAX_ROWS:
            raise DomainError(_l("This file has more rows than a matrix can have."))
        filled = _filled(f"{sheet.title} {at}", cells, columns, languages)
        if filled.number or filled.hash or filled.disposition or filled.reason:
            yield filled


def _headed(
    title: str, rows: Sequence[Sequence[Any]], headings: Headings
) -> tuple[int, dict[str, int]]:
    """How many rows end with the headings, and each column's place; none for another sheet.

    Raises `DomainError` for a sheet that has some of those that are needed.
    """
    best: dict[str, int] = {}
    for at, cells in enumerate(rows, start=1):
        known = [headings.get(folded(_text(cell.value)), "") for cell in cells]
        columns = {name: place for place, name in enumerate(known) if name}
        if all(name in columns for name in NEEDED):
            return at, columns
        best = max(best, columns, key=lambda found: sum(name in found for name in NEEDED))
    missing = [str(COLUMNS[name]) for name in NEEDED if name not in best]
    if len(missing) < len(NEEDED):
        raise DomainError(_l(
            "The sheet “%(sheet)s” has no column “%(columns)s”. Nothing was taken from the file: "
            "give the sheet the headings it was downloaded with, or take it out.",
            sheet=title, columns="”, “".join(missing)))  # fmt: skip
    return 0, {}


def _filled(
    place: str, cells: Sequence[Any], columns: Mapping[str, int], languages: Collection[str]
) -> Filled:
    own = {name: cells[columns[name]] for name in NEEDED if columns[name] < len(cells)}
    values = {name: _text(own[name].value) if name in own else "" for name in NEEDED}
    language, check, shown, *_rest = [*values["hash"].split(":"), "", "", ""]
    computed = any(own[name].data_type in {"f", "e"} for name in _DECIDES if name in own)
    return Filled(
        place, values["id"], values["disposition"], values["reason"],
        language if language in languages else "", check, shown, computed,
    )  # fmt: skip


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
    said = folded(text)
    if len(said) > LONGEST_WORD:
        return None
    if (known := words.get(said)) is not None:
        return known, None
    match = _DUPLICATE.fullmatch(said)
    if match and words.get(folded(match["word"])) is Outcome.DUPLICATE:
        return Outcome.DUPLICATE, int(match["number"])
    return None
