"""An export as one spreadsheet: read me, responses, codebook, tables, and the items of repeats.

No text becomes a formula or a link, whatever it begins with.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analytics.export import codebook, figures, items, readme
from analytics.export.contents import Contents, header, records
from core.texts import lazy as _l
from surveys.kinds import Cell

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
REFUSED_IN_NAMES = re.compile(r"[][:*?/\\]")
LONGEST_NAME = 31
"""What a sheet's name can't hold, and its most characters."""
LONGEST = 32_767
"""The most characters a spreadsheet's cell holds."""


def write_workbook(
    path: Path, contents: Contents, progress: Callable[[int], None], *, right_to_left: bool = False
) -> None:
    """Write the spreadsheet. `progress` is told how many responses are written."""
    with xlsxwriter.Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        names = (_l("Read me"), _l("Responses"), _l("Codebook"), _l("Tables"))
        sheets = [book.add_worksheet(str(name)[:31]) for name in names]
        for sheet in sheets:
            if right_to_left:
                sheet.right_to_left()
        _read_me(sheets[0], contents, bold)
        _fill(sheets[1], header(contents), records(contents), bold, progress)
        _fill(sheets[2], [str(h) for h in codebook.HEADINGS], codebook.rows(contents), bold)
        _fill(sheets[3], figures.HEADINGS, figures.rows(contents), bold)
        _items(book, contents, bold, right_to_left=right_to_left)


def _items(
    book: xlsxwriter.Workbook, contents: Contents, bold: Format, *, right_to_left: bool
) -> None:
    """A sheet per repeat, named by its code as far as a sheet's name may be."""
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    for number, table in enumerate(items.tables(contents), start=1):
        name = REFUSED_IN_NAMES.sub("_", table.repeat.code)[:LONGEST_NAME].strip("'")
        if not name or name.lower() in taken:
            name = f"{name[: LONGEST_NAME - 4]}_{number}"
        taken.add(name.lower())
        sheet = book.add_worksheet(name)
        if right_to_left:
            sheet.right_to_left()
        _fill(sheet, table.header, items.rows(contents, table), bold)


def _read_me(sheet: Worksheet, contents: Contents, bold: Format) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    for number, (heading, text) in enumerate(readme.lines(contents)):
        sheet.write_string(number, 0, heading, bold)
        sheet.write_string(number, 1, text)


def _fill(
    sheet: Worksheet,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    bold: Format,
    progress: Callable[[int], None] = lambda _done: None,
) -> None:
    """Headings and rows, from the top down: written rows are no longer in memory."""
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(headings) - 1, 16)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell)
        progress(number)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:LONGEST])
    elif cell is not None:
        sheet.write_number(row, column, cell)
