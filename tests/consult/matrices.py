"""A consultation's matrix as a file: written by the command, its cells read, some filled in."""

import json
from pathlib import Path
from typing import Any

from flask import Flask
from openpyxl import load_workbook

CODE = "strategy-text"


def run(app: Flask, *words: str) -> tuple[int, Any]:
    """A command's status and what it printed."""
    ran = app.test_cli_runner().invoke(args=["consult", *words])
    return ran.exit_code, json.loads(ran.stdout) if ran.stdout else ran.stderr


def written(app: Flask, folder: Path, *more: str) -> Path:
    path = folder / "matrix.xlsx"
    status, printed = run(app, "matrix", CODE, "--format", "xlsx", "--out", str(path), *more)
    assert status == 0, printed
    return path


def cells(path: Path, sheet: int = 0) -> list[dict[str, Any]]:
    rows = list(load_workbook(path).worksheets[sheet].iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def fill(path: Path, **columns: str) -> Path:
    """The matrix with these cells in its first row."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for column, heading in enumerate(next(sheet.iter_rows(max_row=1, values_only=True)), start=1):
        if str(heading).lower() in columns:
            sheet.cell(2, column, columns[str(heading).lower()])
    book.save(path)
    return path
