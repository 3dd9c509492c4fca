"""The sheets of an XLSForm as rows: cells by column, texts by language, each with its row number.

pyxform's own reader opens the file, so that what it accepts is accepted here. Refuses to know what
a column means.
"""

import re
import struct
import warnings
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from core.texts import lazy as _l
from surveys.definition import Texts
from surveys.xlsform.guard import Refused, refuse_dangerous, unreadable
from surveys.xlsform.problems import Findings

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
MAX_ROWS = 2_000
TRANSLATED = frozenset({"label", "hint", "constraint_message", "plenary_title"})
ALIASES = {"caption": "label", "relevance": "relevant", "list": "list_name", "title": "form_title"}
_BRACKETED = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)$")
_BARE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# No keyboard types them, or they make text read in a false order; line breaks and tabs may stay.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]")
_BEFORE = re.compile(r" (?=[:;!?»])")
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError, LookupError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""Everything the readers were seen to raise on damaged files."""


@dataclass(frozen=True)
class Row:
    """One row that holds something. `number`: as the spreadsheet counts, the header being 1."""

    sheet: str
    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Texts] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """The cell's text, "" if empty."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Column:
    """A header understood: `name` in XLSForm's terms; `language` None where it names none."""

    header: str
    name: str
    language: str | None = None


@dataclass(frozen=True)
class Sheets:
    """The three sheets that matter, and the languages: the default first, then as they appear."""

    rows: Mapping[str, tuple[Row, ...]]
    columns: Mapping[str, tuple[Column, ...]]
    default_language: str
    languages: tuple[str, ...]

    def first(self, sheet: str) -> Row:
        """The sheet's first row, empty if it has none."""
        return self.rows[sheet][0] if self.rows[sheet] else Row(sheet, 2)


def read_sheets(data: bytes, findings: Findings) -> Sheets:
    """The file's rows. Raises guard.Refused; what is wrong with cells goes to the findings."""
    raw = _open(data)
    columns = {
        sheet: tuple(_columns(sheet, raw.get(f"{sheet}_header"), findings))
        for sheet in (SURVEY, CHOICES, SETTINGS)
    }
    default = _default_language(raw, columns)
    rows = {
        sheet: tuple(_rows(sheet, raw.get(sheet) or (), columns[sheet], default, findings))
        for sheet in columns
    }
    found = dict.fromkeys(c.language for cs in columns.values() for c in cs if c.language)
    languages = tuple(dict.fromkeys((default, *found)))
    return Sheets(rows, columns, default, languages)


def _open(data: bytes) -> dict[str, Any]:
    refuse_dangerous(data)
    from pyxform.errors import PyXFormError, PyXFormReadError  # noqa: PLC0415  # heavy, and seldom needed
    from pyxform.xls2json_backends import xlsx_to_dict  # noqa: PLC0415  # likewise

    try:
        with warnings.catch_warnings():  # about decoration the reader passes over
            warnings.simplefilter("ignore")
            sheets: dict[str, Any] = xlsx_to_dict(BytesIO(data))
    except PyXFormReadError as damaged:
        raise unreadable() from damaged
    except PyXFormError as refused:
        reason = _CONTROL.sub("", str(refused))[:200]
        raise Refused(_l("This form can't be read: %(reason)s.", reason=reason)) from refused
    except _DAMAGE as damaged:
        raise unreadable() from damaged
    return sheets


def _columns(sheet: str, header: Any, findings: Findings) -> Iterable[Column]:
    seen: set[tuple[str, str | None]] = set()
    for title in header[0] if header else ():
        column = _column(title)
        if column is None:
            message = _l("Write the language's code behind its name, such as French (fr).")
            findings.error(Row(sheet, 1), title, message)
        elif (column.name, column.language) in seen:
            findings.error(Row(sheet, 1), title, _l("Another column says the same. Keep one."))
        else:
            seen.add((column.name, column.language))
            yield column


def _column(title: str) -> Column | None:
    """What a header means; None for one in a language without a code."""
    base, _, language = title.partition("::")
    name = re.sub(r"\s+", "_", base.strip().lower())
    name = ALIASES.get(name, name)
    if name not in TRANSLATED or not language.strip():
        return Column(title, name)
    code = language_code(language)
    return Column(title, name, code) if code else None


def language_code(name: str) -> str | None:
    """A code such as fr from "Français (fr)" or "fr"; None where no code can be seen."""
    name = name.strip()
    if match := _BRACKETED.search(name):
        return match[1].lower()
    return name.lower() if _BARE.fullmatch(name) else None


def _default_language(raw: Mapping[str, Any], columns: Mapping[str, tuple[Column, ...]]) -> str:
    settings = (raw.get(SETTINGS) or [{}])[0] if raw.get(SETTINGS) else {}
    named = language_code(str(settings.get("default_language", "")))
    in_columns = [c.language for c in columns[SURVEY] if c.name == "label" and c.language]
    plain = any(c.name == "label" and c.language is None for c in columns[SURVEY])
    return named or ("en" if plain or not in_columns else in_columns[0])


def _rows(
    sheet: str,
    raw: Iterable[Mapping[str, Any]],
    columns: tuple[Column, ...],
    default: str,
    findings: Findings,
) -> Iterable[Row]:
    for number, values in enumerate(raw, start=2):
        if number > MAX_ROWS + 1:
            findings.error(
                Row(sheet, number), None, _l("A sheet may have %(most)s rows.", most=MAX_ROWS)
            )
            return
        if values:
            yield _row(Row(sheet, number), values, columns, default, findings)


def _row(
    place: Row,
    values: Mapping[str, Any],
    columns: tuple[Column, ...],
    default: str,
    findings: Findings,
) -> Row:
    cells: dict[str, str] = {}
    texts: dict[str, Texts] = {}
    for column in columns:
        value = str(values.get(column.header) or "").strip()
        if _CONTROL.search(value):
            findings.error(
                place, column.header, _l("This cell holds invisible control characters.")
            )
        elif value and column.name in TRANSLATED:
            language = column.language or default
            texts.setdefault(column.name, {})[language] = _typeset(value, language)
        elif value:
            cells[column.name] = value
    return Row(place.sheet, place.number, cells, texts)


def _typeset(text: str, language: str) -> str:
    """French as it is set: pyxform's reader makes plain spaces of the no-break ones it needs."""
    if language != "fr":
        return text
    return _BEFORE.sub("\u00a0", text).replace("« ", "«\u00a0")
