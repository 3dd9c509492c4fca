"""Exported cells hold text as text and numbers as numbers, whatever was typed."""

import csv
import io
import zipfile
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.analytics.exported import HOSTILE, asked_for, make
from tests.factories import Browser


@pytest.mark.usefixtures("call")
def test_no_cell_of_a_spreadsheet_is_a_formula_or_a_link(app: Flask, secretariat: Browser) -> None:
    address = asked_for(secretariat)
    make(app, address)

    answer = secretariat.get(f"{address}/file")
    book = load_workbook(BytesIO(answer.data))
    answer.close()

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell for cell in cells if cell.hyperlink]
    words = {str(cell.value).replace("_x000D_", "\r") for cell in cells}
    assert {text for text in HOSTILE if "\r" not in text} <= words


@pytest.mark.usefixtures("call")
def test_no_cell_of_a_csv_begins_as_a_formula_and_numbers_stay_numbers(
    app: Flask, secretariat: Browser
) -> None:

    address = asked_for(secretariat, "csv")
    make(app, address)

    answer = secretariat.get(f"{address}/file")
    archive = zipfile.ZipFile(BytesIO(answer.data))
    answer.close()

    assert archive.testzip() is None
    raw = archive.read("responses.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert {row["words"] for row in rows} == {f"'{text}" for text in HOSTILE}
    assert {row["rotation"] for row in rows} == {str(number) for number in range(7)}
