"""Modules and functions stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator

from tests.repository.tracked import ROOT, files

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def modules() -> dict[str, str]:
    """Every Python module's text by its path, but the migrations: generated, and never changed."""
    migrations = ROOT / "migrations"
    paths = [path for path in files("*.py") if migrations not in path.parents]
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


def long_functions(source: str) -> Iterator[str]:
    """The functions longer than allowed, from `def` to their last line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} ({lines} lines)"


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {name: len(text.splitlines()) for name, text in modules().items()}

    assert "core/launch.py" in lengths
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    found = {name: list(long_functions(text)) for name, text in modules().items()}

    assert {name: functions for name, functions in found.items() if functions} == {}


def test_a_function_of_41_lines_is_found() -> None:
    body = "\n".join(["def long():", *["    pass"] * LONGEST_FUNCTION])

    assert list(long_functions(body)) == ["long (41 lines)"]
