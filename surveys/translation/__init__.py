"""Translations in files: spreadsheets and gettext catalogues, out and back in.

Pure: documents and bytes. It refuses to know drafts and who may change them.
"""

from surveys.translation.arrivals import Decision, Reason, Refusal, decide
from surveys.translation.po import from_po, to_po
from surveys.translation.rows import Arriving, Fault, Reading, Row, Unreadable, mark, rows, tidy
from surveys.translation.sheets import from_xlsx, to_xlsx

__all__ = [
    "Arriving",
    "Decision",
    "Fault",
    "Reading",
    "Reason",
    "Refusal",
    "Row",
    "Unreadable",
    "decide",
    "from_po",
    "from_xlsx",
    "mark",
    "rows",
    "tidy",
    "to_po",
    "to_xlsx",
]
