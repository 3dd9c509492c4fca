"""Modules and functions stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.repository.tracked import ROOT, files

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def modules() -> list[Path]:
    """Every Python module but the migrations, which are generated and never change."""
    migrations = ROOT / "migrations"
    return [path for path in files("*.py") if migrations not in path.parents]


def long_functions(source: str) -> Iterator[str]:
    """The functions longer than allowed, from `def` to their last line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} ({lines} lines)"


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in modules()}

    assert lengths
    assert {p: n for p, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    found = {path: list(long_functions(path.read_text())) for path in modules()}

    assert {path: names for path, names in found.items() if names} == {}


def test_a_function_of_41_lines_is_found() -> None:
    body = "\n".join(["def long():", *["    pass"] * LONGEST_FUNCTION])

    assert list(long_functions(body)) == ["long (41 lines)"]
