"""A file of codes: read whole, or refused with the first row that needs mending.

CSV in UTF-8 with the columns kind (theme or framework), code, framework, and title_en, title_fr,
title_es, title_ar, of which at least one. It knows no database.
"""

import csv
import io
from collections.abc import Iterator

from consult.models import CodeKind
from consult.services.codes import MOST_CODES, Wanted
from core.characters import REFUSED
from core.errors import DomainError
from core.texts import lazy as _l

LARGEST = 500_000
LANGUAGES = ("en", "fr", "es", "ar")
NEEDED = frozenset({"kind", "code"})


def read_codes(data: bytes) -> list[Wanted]:
    """The codes of a file, in its order. Raises `DomainError` that says which row is wrong."""
    if len(data) > LARGEST:
        raise DomainError(_l("The file is too large: at most 500 kB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DomainError(_l("Save the file as CSV in UTF-8.")) from None
    if REFUSED.search(text):
        raise DomainError(_l("The file holds invisible control characters. Take them out."))
    try:
        return list(_rows(text))
    except csv.Error:
        raise DomainError(_l("This is no CSV file that can be read.")) from None


def _rows(text: str) -> Iterator[Wanted]:
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns = {(name or "").strip() for name in rows.fieldnames or ()}
    if not columns >= NEEDED:
        raise DomainError(_l("The first row must name the columns kind, code and title_en."))
    for number, row in enumerate(rows, start=2):
        if number > MOST_CODES + 1:
            raise DomainError(_l("A consultation has at most %(most)s codes.", most=MOST_CODES))
        cells = {(name or "").strip(): str(cell or "").strip() for name, cell in row.items()}
        if cells["kind"] not in set(CodeKind):
            raise DomainError(_l("Row %(row)s: the kind must be theme or framework.", row=number))
        yield Wanted(
            CodeKind(cells["kind"]), cells["code"],
            {each: cells.get(f"title_{each}", "") for each in LANGUAGES},
            cells.get("framework", ""),
        )  # fmt: skip
