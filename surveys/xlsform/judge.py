"""The last check: whether pyxform takes the form, whose word the tools that use forms go by."""

import re
from typing import Any

from core.texts import lazy as _l
from surveys.xlsform.book import SHEETS, Book
from surveys.xlsform.headers import SURVEY
from surveys.xlsform.literals import apart
from surveys.xlsform.problems import Findings, Place
from surveys.xlsform.rows import CONTROL

MAX_SHOWN = 300
_ROW = re.compile(r"\[row : (?P<row>\d+)\]\s*(?:On the '(?P<sheet>\w+)' sheet, )?")
_COLUMN = re.compile(r"the '(?P<column>\w+)' value")
_LINK = re.compile(r"\s*Learn more: \S+")


def judge(book: Book, findings: Findings) -> None:
    """Add pyxform's refusal as an error, with its place, if it has one."""
    from pyxform.errors import PyXFormError  # noqa: PLC0415  # heavy, and seldom needed
    from pyxform.xls2json import workbook_to_json  # noqa: PLC0415  # likewise

    try:
        workbook_to_json(_definition(book))
    except PyXFormError as refused:
        _note(str(refused), findings)


def _definition(book: Book) -> Any:
    from pyxform.xls2json_backends import DefinitionData  # noqa: PLC0415  # heavy

    parts: dict[str, Any] = {"sheet_names": book.names}
    for name in SHEETS:
        if name in book.sheets:
            sheet = book.sheets[name]
            parts[name] = [{k: apart(cell) for k, cell in row.items()} for row in sheet.rows]
            parts[f"{name}_header"] = [dict.fromkeys(sheet.headers)] if sheet.headers else []
    return DefinitionData(**parts)


def _note(said: str, findings: Findings) -> None:
    place, column = _ROW.search(said), _COLUMN.search(said)
    reason = CONTROL.sub("", _LINK.sub("", _ROW.sub("", said))).strip()[:MAX_SHOWN]
    message = _l("The tools that use XLSForms refuse this: %(reason)s", reason=reason)
    sheet = (place["sheet"] if place else None) or SURVEY
    row = int(place["row"]) if place else 1
    findings.error(Place(sheet, row), column["column"] if column else None, message)
