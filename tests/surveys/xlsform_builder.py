"""Small XLSForm files for the tests: rows of dictionaries become a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Row = Mapping[str, Any]
SCALE = [("scale", str(step)) for step in (1, 2, 3)]
YES_NO = [("yes_no", "yes"), ("yes_no", "no")]
COLOURS = [("colours", "red"), ("colours", "blue"), ("colours", "other")]


def row(type_: str, name: str = "", **cells: Any) -> dict[str, Any]:
    """A row of the survey sheet, its label the name unless given."""
    texts = {} if any(column.startswith("label") for column in cells) else {"label": name}
    return {"type": type_, "name": name, **texts, **cells}


def xlsform(
    survey: Sequence[Row],
    choices: Iterable[tuple[str, str]] = (),
    settings: Row | None = None,
    *,
    more: Sequence[Row] = (),
) -> bytes:
    """An .xlsx file with these rows; `choices` are pairs of list and name, `more` whole rows."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "survey"
    _fill(sheet, survey, "type", "name")
    listed = [{"list_name": name, "name": code, "label": code} for name, code in choices]
    _fill(book.create_sheet("choices"), [*listed, *more])
    titles = {"form_title": "A form", "form_id": "form"}
    _fill(book.create_sheet("settings"), [titles if settings is None else settings])
    return saved(book)


def _fill(sheet: Worksheet, rows: Sequence[Row], *always: str) -> None:
    columns = list(dict.fromkeys((*always, *(column for line in rows for column in line))))
    if columns:
        sheet.append(columns)
    for line in rows:
        sheet.append([line.get(column) for column in columns])


def saved(book: Workbook) -> bytes:
    """The workbook's bytes."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()
