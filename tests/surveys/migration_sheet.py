"""The early-2020 questionnaire as its workbook states it, read with openpyxl alone.

An own, plain reading for tests: it shares no code with the importer.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

WORKBOOK = Path(__file__).parents[2] / "surveys" / "questionnaires" / "migration-2020.xlsx"
LANGUAGES = ("English (en)", "Français (fr)", "Español (es)", "العربية (ar)")

Row = dict[str, Any]

_KINDS = {
    "integer": "integer",
    "date": "date",
    "note": "note",
    "rank": "ranking",
    "select_one": "choose_one",
    "select_multiple": "choose_many",
}


@dataclass
class Asked:
    """One question: its section, its kind, its list, the rows of a matrix or of points."""

    section: str
    kind: str
    row: Row
    choices: tuple[str, ...] = ()
    items: list[str] = field(default_factory=list)


@cache
def rows(sheet: str) -> list[Row]:
    """A sheet's rows as dicts by column heading; empty cells are left out."""
    heading, *body = load_workbook(WORKBOOK)[sheet].iter_rows(values_only=True)
    pairs = [[(str(k), v) for k, v in zip(heading, cells, strict=True)] for cells in body]
    return [{k: v for k, v in row if v is not None} for row in pairs]


@cache
def choice_codes(list_name: str) -> tuple[str, ...]:
    """The codes of a list of choices, in its order."""
    return tuple(str(row["name"]) for row in rows("choices") if row["list_name"] == list_name)


@cache
def questions() -> dict[str, Asked]:
    """Every question by its code, in the order asked; the introduction is no question."""
    found: dict[str, Asked] = {}
    groups: list[Row] = []
    for row in rows("survey"):
        if row["type"] == "end_group":
            groups.pop()
        elif row["type"] == "begin_group":
            groups.append(row)
            if len(groups) == 2:
                found[row["name"]] = Asked(groups[0]["name"], row["plenary_kind"], row)
        elif len(groups) == 2:
            _add_item(found[groups[1]["name"]], row)
        elif groups[0].get("plenary_kind") != "introduction":
            found[row["name"]] = _asked(groups[0]["name"], row)
    return found


def _add_item(question: Asked, row: Row) -> None:
    question.items.append(row["name"])
    if " " in row["type"]:
        question.choices = choice_codes(row["type"].split()[1])


def _asked(section: str, row: Row) -> Asked:
    native, *lists = row["type"].split()
    if native == "text":
        kind = "long_text" if row.get("appearance") == "multiline" else "short_text"
    else:
        kind = row.get("plenary_kind") or _KINDS[native]
    return Asked(section, kind, row, choice_codes(lists[0]) if lists else ())
