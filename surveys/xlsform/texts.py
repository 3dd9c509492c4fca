"""Texts of rows: missed where they are wanted, with their references to answers checked."""

from core.texts import lazy as _l
from surveys.definition import Texts
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import Row, Sheets

MEDIA = frozenset({"image", "big-image", "audio", "video", "media"})
"""Columns of pictures, sounds and films; they are listed as not used."""


def labelled(row: Row, sheets: Sheets, findings: Findings, otherwise: str) -> Texts:
    """The row's label; where it has none, `otherwise`, with a warning: something must be read."""
    texts = row.texts.get("label", {})
    if not texts:
        message = _l(
            "There is no text: “%(name)s” is shown in its place. Write one.", name=otherwise
        )
        findings.warn(row, "label", message)
        return {sheets.default_language: otherwise}
    return optional(row, "label", sheets, findings)


def asked(row: Row, sheets: Sheets, findings: Findings, otherwise: str) -> Texts:
    """A question's label; an error where there is neither label, hint nor picture to ask with."""
    hinted = row.texts.get("hint")
    pictured = any(column.partition("::")[0] in MEDIA for column in row.cells)
    if not (row.texts.get("label") or hinted or pictured):
        message = _l("Write a text in %(language)s.", language=sheets.default_language)
        findings.error(row, "label", message)
        return {}
    return labelled(row, sheets, findings, otherwise)


def optional(row: Row, column: str, sheets: Sheets, findings: Findings) -> Texts:
    """A text that need not be there; if it is, a language without it is missed."""
    texts = row.texts.get(column, {})
    if not texts:
        return {}
    missing = [language for language in sheets.languages if language not in texts]
    if missing:
        findings.warn(
            row, column, _l("There is no translation: %(languages)s.", languages=", ".join(missing))
        )
    return texts
