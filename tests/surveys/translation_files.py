"""Files of translations as translators give them back."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from surveys.definition import Questionnaire
from surveys.translation import (
    Decision,
    Reading,
    Reason,
    decide,
    from_po,
    from_xlsx,
    to_po,
    to_xlsx,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FAVOURITE = "question.00000000-0000-0000-0000-000000000001.text"
FORMATS = ("xlsx", "po")
either = pytest.mark.parametrize("form", FORMATS)


def written(document: Questionnaire, form: str, language: str = "fr") -> bytes:
    if form == "xlsx":
        return to_xlsx(document, [language])
    return to_po(document, language, now=NOW)


def read(data: bytes, form: str) -> Reading:
    return from_xlsx(data) if form == "xlsx" else from_po(data)


def sheet_edited(data: bytes, changes: dict[str, str], column: int = 4) -> bytes:
    """The workbook with other cells: by key, in this column."""
    book = load_workbook(BytesIO(data))
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[0].value in changes:
            row[column - 1].value = changes[str(row[0].value)]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def edited(data: bytes, form: str, changes: dict[str, str]) -> bytes:
    """The file as a translator gives it back, with other translations by key."""
    if form == "xlsx":
        return sheet_edited(data, changes)
    lines, key = [], ""
    for line in data.decode().splitlines():
        key = line[9:-1] if line.startswith("msgctxt ") else key
        lines.append(
            f'msgstr "{changes[key]}"' if line.startswith("msgstr ") and key in changes else line
        )
    return "\n".join(lines).encode()


def decided(document: Questionnaire, data: bytes, form: str) -> Decision:
    ((language, arriving),) = read(data, form).rows.items()
    return decide(document, language, arriving)


def reasons(decision: Decision) -> dict[str, Reason]:
    return {refusal.row.key: refusal.reason for refusal in decision.refusals}
