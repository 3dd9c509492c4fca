"""The sheet of settings: the form's title, and what an export gives back of it."""

from collections.abc import Mapping

from core.texts import lazy as _l
from surveys.definition import Texts
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import Row, Sheets
from surveys.xlsform.texts import optional
from surveys.xlsform.words import YES

KEPT = ("version", "style", "instance_name", "allow_choice_duplicates")
"""Settings that mean nothing here but to the tools a form is written for: an export has them."""


def settings_of(sheets: Sheets, among_rows: Mapping[str, str]) -> Row:
    """The settings' first row, with those an old form has among its questions."""
    row = sheets.first("settings")
    cells = {**{name: value for name, value in among_rows.items() if value}, **row.cells}
    return Row(row.sheet, row.number, row.headings, cells, row.texts)


def read_title(settings: Row, code: str, sheets: Sheets, findings: Findings) -> Texts:
    """The title by language: form_title is the default language's, plenary_title the others'."""
    default = sheets.default_language
    title = settings.get("form_title")
    if not title:
        message = _l("The form has no title: its code stands in.")
        findings.warn(settings, "form_title", message)
    texts = {**settings.texts.get("plenary_title", {}), default: title or code}
    ordered = {language: texts[language] for language in sheets.languages if language in texts}
    named = Row(
        settings.sheet, settings.number, settings.headings, texts={"plenary_title": ordered}
    )
    return optional(named, "plenary_title", sheets, findings)


def kept_settings(settings: Row, code: str) -> dict[str, str]:
    """What an export gives back: the form's id where it isn't the survey's code, and the like."""
    kept = {name: settings.get(name) for name in KEPT if settings.get(name)}
    if kept.get("allow_choice_duplicates", "").lower() not in YES:
        kept.pop("allow_choice_duplicates", None)
    if settings.get("form_id") not in {"", code}:
        kept["form_id"] = settings.get("form_id")
    return kept
