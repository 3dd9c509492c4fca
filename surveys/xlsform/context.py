"""What reading one form shares: its sheets and lists, the codes given so far, the findings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from core.texts import lazy as _l
from surveys.definition import Choice
from surveys.expressions import ExpressionError, parse
from surveys.xlsform.lists import Lists
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import Row, Sheets

NAMESPACE = UUID("0c5b1c1e-4f0b-5d0c-9c7a-2f6f5b8f4e11")
"""Questions' identities are made from it, the survey's code and their own: the same every time."""

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
MAX_WRITTEN = 200_000
"""How many characters all conditions of a form may have: reading them stays under a second."""

YES = frozenset({"yes", "true", "true()", "1"})
NO = frozenset({"", "no", "false", "false()", "0"})
Trees = Sequence[dict[str, Any]]


@dataclass
class Context:
    """One reading. `rows`: where each question stands; `items`: rows' codes to their question's."""

    code: str
    sheets: Sheets
    lists: Lists
    findings: Findings
    rows: dict[str, Row] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    _taken: dict[str, str] = field(default_factory=dict)
    _written: int = 0

    def uid(self, question: str) -> UUID:
        """The question's identity for ever: re-importing it changes nothing."""
        return uuid5(NAMESPACE, f"{self.code}/{question}")

    def name(self, row: Row) -> str | None:
        """The question's code, noted as given; None with an error where it is none, or taken."""
        name = row.get("name")
        other = self._taken.get(name.lower())
        if not well_named(row, self.findings):
            return None
        if other is not None:
            message = _l("“%(other)s” is taken already. Give each question its own.", other=other)
            self.findings.error(row, "name", message)
            return None
        self._taken[name.lower()] = name
        self.rows[name] = row
        return name

    def condition(self, row: Row, column: str) -> dict[str, Any] | None:
        """The cell's condition as a tree; None if it is empty or, with an error, unreadable."""
        written = row.get(column)
        if not written:
            return None
        self._written += len(written)
        if self._written > MAX_WRITTEN:
            message = _l("The form's conditions are too long together. Simplify them.")
            self.findings.error(row, column, message)
            return None
        try:
            return parse(written)
        except ExpressionError as error:
            self.findings.error(row, column, error.message)
            return None

    def flag(self, row: Row, column: str) -> bool:
        """Whether the cell says yes."""
        written = row.get(column).lower()
        if written not in YES | NO:
            self.findings.error(row, column, _l("Write yes, or leave the cell empty."))
        return written in YES

    def whole(self, row: Row, column: str, *, default: int) -> int:
        """The cell's whole number, at least 1; the default with an error where it is none."""
        written = row.get(column)
        if not written:
            return default
        if re.fullmatch(r"[1-9][0-9]{0,5}", written):
            return int(written)
        self.findings.error(row, column, _l("Write a whole number, such as 3."))
        return default

    def choices(self, row: Row, list_name: str) -> tuple[Choice, ...]:
        """The list's choices; none, with an error, where there is no such list."""
        self.used.add(list_name)
        if not list_name:
            message = _l("Name a list of the sheet choices behind the type.")
            self.findings.error(row, "type", message)
        elif list_name not in self.lists:
            message = _l("The sheet choices has no list “%(list)s”.", list=list_name)
            self.findings.error(row, "type", message)
        return self.lists.get(list_name, ())

    def rotates(self, row: Row, *, default: bool) -> bool:
        """Whether the parameters ask for an order of each organisation's own."""
        for parameter in re.split(r"[\s,;]+", row.get("parameters")):
            key, _, value = parameter.partition("=")
            if key.lower() == "randomize":
                return value.lower() in YES
            if key:
                message = _l("The parameter “%(name)s” is not used.", name=key)
                self.findings.warn(row, "parameters", message)
        return default


def well_named(row: Row, findings: Findings) -> bool:
    """Whether the row's name can be a code; an error if not."""
    if NAME.fullmatch(row.get("name")):
        return True
    message = _l("Give a name of letters, digits and _ that doesn't start with a digit.")
    findings.error(row, "name", message)
    return False


def joined(trees: Trees) -> dict[str, Any] | None:
    """The one condition that holds where all of these do."""
    if len(trees) > 1:
        return {"op": "and", "args": list(trees)}
    return trees[0] if trees else None
