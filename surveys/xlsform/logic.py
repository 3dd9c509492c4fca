"""The expressions of a row: what decides whether and how a question is asked, and its answer."""

import re
from collections.abc import Iterator
from typing import Any

from core.texts import lazy as _l
from surveys.conditions import nodes
from surveys.definition import QuestionKind, Tree
from surveys.xlsform.context import Context
from surveys.xlsform.headers import CHOICES
from surveys.xlsform.lists import is_data
from surveys.xlsform.rows import Row
from surveys.xlsform.words import NO, YES

_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00")
_MONTH = re.compile(r"([0-9]{4}-[0-9]{2})(-[0-9]{2})?")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T)?[0-9]{2}:[0-9]{2}[0-9:.,+Z-]*")
_OF_A_DAY = {QuestionKind.DATE: "date", QuestionKind.MONTH: "date"}


def logic(row: Row, kind: QuestionKind, context: Context) -> dict[str, Any]:
    """The fields of a question its row's expressions fill."""
    calculated = kind is QuestionKind.CALCULATED
    if kind is QuestionKind.NOTE and row.get("calculation"):
        message = _l("A note has no value: make it a calculate row with this text.")
        context.findings.warn(row, "calculation", message)
    return {
        "relevant": context.tree(row, "relevant"),
        **requirement(row, context),
        "constraint": context.tree(row, "constraint"),
        "warning": context.tree(row, "plenary_warning"),
        "calculation": calculation(row, context) if calculated else None,
        "default": None if calculated else default(row, kind, context),
        "choice_filter": _filter(row, context),
        "read_only": _read_only(row, context) if not calculated else False,
    }


def requirement(row: Row, context: Context) -> dict[str, Any]:
    """Whether the row must be answered: always, never, or where its expression holds."""
    written = row.get("required")
    if not written or written.lower() in YES | NO:
        return {"required": written.lower() in YES}
    return {"required_if": context.tree(row, "required")}


def calculation(row: Row, context: Context) -> Tree | None:
    """What gives the row's value. An error where nothing does."""
    if row.get("trigger"):
        message = _l("The calculation is kept up to date all the time, not only by its trigger.")
        context.findings.warn(row, "trigger", message)
    if row.get("calculation"):
        return context.tree(row, "calculation")
    if row.get("default"):
        message = _l("The default is taken as the calculation: nobody could change it.")
        context.findings.warn(row, "default", message)
        return default(row, QuestionKind.CALCULATED, context)
    if row.get("type").lower() == "hidden":
        message = _l("Nobody can give this hidden row a value: it stays empty.")
        context.findings.warn(row, "type", message)
        return {"value": ""}
    message = _l("Write a calculation, such as ${one} + ${other}.")
    context.findings.error(row, "calculation", message)
    return None


def default(row: Row, kind: QuestionKind, context: Context) -> Tree | None:
    """What the answer is to begin with: a text as it stands, or an expression's value."""
    written = row.get("default")
    if not written:
        return None
    if kind in {QuestionKind.FILE, QuestionKind.NOTE}:
        message = _l("A row of this type begins without an answer: the default is not used.")
        context.findings.warn(row, "default", message)
        return None
    from pyxform.utils import default_is_dynamic  # noqa: PLC0415  # heavy, and seldom needed

    if _MOMENT.fullmatch(written) or not default_is_dynamic(
        written, _OF_A_DAY.get(kind, _plain_type(kind))
    ):
        return {"value": _static(written, kind)}
    tree = context.tree(row, "default")
    if tree is not None and tree.get("op") == "string":
        (argument,) = tree["args"]
        if isinstance(argument.get("value"), str):  # how a text is written that looks like a sum
            return {"value": argument["value"]}
    return tree


def _plain_type(kind: QuestionKind) -> str:
    return "dateTime" if kind is QuestionKind.DATE_TIME else "text"


def _static(written: str, kind: QuestionKind) -> str:
    """A spreadsheet's day is a moment at midnight; a month is written with a day."""
    if kind in _OF_A_DAY and (match := _MIDNIGHT.fullmatch(written)):
        written = match[1]
    if kind is QuestionKind.MONTH and (match := _MONTH.fullmatch(written)):
        return f"{match[1]}-01"
    return written


def _filter(row: Row, context: Context) -> Tree | None:
    tree = context.tree(row, "choice_filter", columns=True)
    if tree is None:
        return None
    known = {c.name for c in context.sheets.columns[CHOICES] if is_data(c.name)} | {"name", "label"}
    for name in sorted(set(_columns(tree)) - known):
        message = _l(
            "The sheet choices has no column “%(name)s”: it counts as empty. Put texts into "
            "quotation marks.",
            name=name,
        )
        context.findings.warn(row, "choice_filter", message)
    return tree


def _columns(tree: Tree) -> Iterator[str]:
    return (node["column"] for node, _depth in nodes(tree) if "column" in node)


def _read_only(row: Row, context: Context) -> bool:
    written = row.get("read_only").lower()
    if written and written not in YES | NO:
        message = _l("Write yes or no: answers here can't be closed by a condition.")
        context.findings.error(row, "read_only", message)
    return written in YES
