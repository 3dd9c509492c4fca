"""Texts of rows: demanded in the default language, missed in the others."""

from core.texts import lazy as _l
from surveys.definition import Texts
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import Row, Sheets


def labelled(row: Row, sheets: Sheets, findings: Findings) -> Texts:
    """The row's label, without which nothing can be asked."""
    texts = row.texts.get("label", {})
    if sheets.default_language not in texts:
        findings.error(
            row, "label", _l("Write a text in %(language)s.", language=sheets.default_language)
        )
        return texts
    _miss(row, "label", texts, sheets, findings)
    return texts


def optional(row: Row, column: str, sheets: Sheets, findings: Findings) -> Texts:
    """A text that need not be there; if it is, then in the default language too."""
    texts = row.texts.get(column, {})
    if texts and sheets.default_language not in texts:
        findings.error(
            row, column, _l("Write a text in %(language)s.", language=sheets.default_language)
        )
    elif texts:
        _miss(row, column, texts, sheets, findings)
    return texts


def _miss(row: Row, column: str, texts: Texts, sheets: Sheets, findings: Findings) -> None:
    missing = [language for language in sheets.languages if language not in texts]
    if missing:
        findings.warn(
            row, column, _l("There is no translation: %(languages)s.", languages=", ".join(missing))
        )
