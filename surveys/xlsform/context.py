"""What reading one form shares: its sheets and lists, what names stand for, the findings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from core.texts import lazy as _l
from surveys.conditions import nodes
from surveys.conditions.patterns import weight
from surveys.definition import Choice, Tree
from surveys.expressions import ExpressionError, parse
from surveys.xlsform.lists import Lists
from surveys.xlsform.naming import Names
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import Row, Sheets
from surveys.xlsform.words import NO, YES

NAMESPACE = UUID("0c5b1c1e-4f0b-5d0c-9c7a-2f6f5b8f4e11")
"""Questions' identities are made from it, the survey's code and their own: the same every time."""

MAX_WRITTEN = 400_000
"""How many characters all expressions of a form may have: reading them stays under a second.

What their patterns count is added: reading x{900} takes as long as reading 900 characters."""


@dataclass
class Context:
    """One reading. `rows`: where each question, group and section stands, by sort and code."""

    code: str
    sheets: Sheets
    lists: Lists
    names: Names
    metadata: Mapping[str, str]
    findings: Findings
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    _parsed: dict[tuple[str, bool], Tree | ExpressionError] = field(default_factory=dict)
    _written: int = 0

    def uid(self, question: str) -> UUID:
        """The question's identity for ever: re-importing it changes nothing."""
        return uuid5(NAMESPACE, f"{self.code}/{question}")

    def tree(self, row: Row, column: str, *, columns: bool = False) -> Tree | None:
        """The cell's expression as a tree; None if it is empty or, with an error, unreadable."""
        written = row.get(column)
        return self.parsed(row, column, written, columns=columns) if written else None

    def parsed(self, row: Row, column: str, written: str, *, columns: bool = False) -> Tree | None:
        """This expression of the cell as a tree; None, with an error, where it is none."""
        key = (written, columns)
        if key not in self._parsed:
            self._written += len(written)
            self._parsed[key] = self._parse(written, columns=columns)
        found = self._parsed[key]
        if isinstance(found, ExpressionError):
            self.findings.error(row, column, found.message)
            return None
        return self._resolved(row, column, found)

    def _parse(self, written: str, *, columns: bool) -> Tree | ExpressionError:
        if self._written > MAX_WRITTEN:
            return ExpressionError(
                _l("The form's conditions are too long together. Simplify them.")
            )
        try:
            tree = parse(written, columns=columns)
        except ExpressionError as error:
            return error
        self._written += sum(_patterns(tree))
        return tree

    def _resolved(self, row: Row, column: str, tree: Tree) -> Tree | None:
        """The tree with codes for names; None, with an error, where a name has several."""
        named = {node["ref"] for node, _depth in nodes(tree) if "ref" in node}
        changes: dict[str, Tree] = {}
        for name in sorted(named):
            codes = self.names.questions.get(name, [])
            if len(codes) > 1:
                message = _l(
                    "“%(name)s” is the name of several questions: say which by a path, such as "
                    "../%(name)s, or name them apart.",
                    name=name,
                )
                self.findings.error(row, column, message)
                return None
            if codes and codes[0] != name:
                changes[name] = {"ref": codes[0]}
            elif not codes and name in self.metadata:
                changes[name] = self._instead(row, column, name)
        return _with(tree, changes) if changes else tree

    def _instead(self, row: Row, column: str, name: str) -> Tree:
        """What stands for metadata nobody records here: today's date, or nothing."""
        if self.metadata[name] == "today":
            return {"op": "today", "args": []}
        message = _l("“%(name)s” is not recorded here and counts as empty.", name=name)
        self.findings.warn(row, column, message)
        return {"value": ""}

    def flag(self, row: Row, column: str) -> bool:
        """Whether the cell says yes."""
        written = row.get(column).lower()
        if written and written not in YES | NO:
            self.findings.error(row, column, _l("Write yes, or leave the cell empty."))
        return written in YES

    def whole(self, row: Row, column: str, *, default: int) -> int:
        """The cell's whole number, at least 1; the default with an error where it is none."""
        written = row.get(column)
        if not written:
            return default
        if re.fullmatch(r"[1-9][0-9]{0,8}", written):
            return int(written)
        self.findings.error(row, column, _l("Write a whole number, such as 3."))
        return default

    def choices(self, row: Row, list_name: str) -> tuple[Choice, ...]:
        """The list's choices; none, with an error, where there is no such list."""
        self.used.add(list_name)
        if not list_name:
            message = _l("Name a list of the sheet choices behind the type.")
            self.findings.error(row, "type", message)
        elif "${" in list_name:
            message = _l("Choices can't come from other answers: give them a list of their own.")
            self.findings.error(row, "type", message)
        elif list_name not in self.lists:
            message = _l("The sheet choices has no list “%(list)s”.", list=list_name)
            self.findings.error(row, "type", message)
        return self.lists.get(list_name, ())


def _patterns(tree: Tree) -> Iterator[int]:
    """How much is to be made of each pattern in the tree."""
    return (
        weight(node["args"][1]["value"])
        for node, _depth in nodes(tree)
        if node.get("op") == "regex"
    )


def _with(tree: Any, changes: Mapping[str, Tree]) -> Any:
    if "ref" in tree:
        return changes.get(tree["ref"], tree)
    if "args" in tree:
        return {**tree, "args": [_with(argument, changes) for argument in tree["args"]]}
    if "where" in tree:
        return {**tree, "where": _with(tree["where"], changes)}
    return tree
