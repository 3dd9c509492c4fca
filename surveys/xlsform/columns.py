"""Sheets and columns: which must be there, which are not used, which can't be taken."""

from collections.abc import Iterable

from core.texts import lazy as _l
from surveys.xlsform.book import Book
from surveys.xlsform.headers import CHOICES, OURS, SETTINGS, SURVEY, Column
from surveys.xlsform.lists import is_data
from surveys.xlsform.problems import Findings, Place
from surveys.xlsform.rows import Sheets
from surveys.xlsform.settings import KEPT

USED = {
    SURVEY: OURS[SURVEY]
    | {
        "type", "name", "label", "hint", "guidance_hint", "required", "required_message",
        "relevant", "constraint", "constraint_message", "appearance", "parameters", "rows",
        "calculation", "choice_filter", "default", "read_only", "repeat_count", "trigger",
        "disabled",
    },
    CHOICES: OURS[CHOICES] | {"list_name", "name", "label"},
    SETTINGS: OURS[SETTINGS]
    | {"form_title", "form_id", "default_language", "clean_text_values", *KEPT},
}  # fmt: skip
NEEDED = {SURVEY: ("type",), CHOICES: ("list_name", "name")}
NOT_TAKEN = {
    "external_choices": _l(
        "Choices of this sheet can't be reached here: move them to the sheet choices, and use "
        "select_one with the same choice_filter."
    ),
    "osm": _l("Questions about maps can't be asked here: take this sheet and its questions out."),
    "entities": _l("Entities can't be kept here: take this sheet and the column save_to out."),
}


def check_sheets(book: Book, sheets: Sheets, findings: Findings) -> None:
    """Add an error for each sheet that can't be taken, warn of columns nobody reads."""
    for name, message in NOT_TAKEN.items():
        raw = book.sheets.get(name)
        filled = [n for n, cells in enumerate(raw.rows, start=2) if cells] if raw else []
        if raw and filled:
            findings.error(Place(name, filled[0]), raw.headers[0] if raw.headers else None, message)
    for sheet, columns in sheets.columns.items():
        for column in _unused(sheet, columns):
            findings.warn(Place(sheet, 1), column.header, _l("This column is not used."))
        for column_name in _missing(sheet, {column.name for column in columns}, sheets):
            findings.error(Place(sheet, 1), column_name, _l("This column is missing."))
    for row in sheets.rows[SETTINGS][1:]:
        findings.warn(row, None, _l("Only the first row of the settings is read."))


def _unused(sheet: str, columns: Iterable[Column]) -> Iterable[Column]:
    return (
        column
        for column in columns
        if column.name not in USED[sheet] and not (sheet == CHOICES and is_data(column.name))
    )


def _missing(sheet: str, present: set[str], sheets: Sheets) -> Iterable[str]:
    if sheet == CHOICES and not sheets.rows[CHOICES]:
        return ()
    return (name for name in NEEDED.get(sheet, ()) if name not in present)
