"""A matrix that was filled in: which of its sheets and rows are read, and what is refused."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import Workbook

from consult.export import matrix_file
from consult.export.matrix_file import Filled, folded, outcome_of, read
from consult.export.wording import COLUMNS, OUTCOMES
from core.errors import DomainError

HEADINGS = {folded(name): name for name in COLUMNS}
WORDS = {folded(name): name for name in OUTCOMES}
NAMES = ["id", "paragraph", "disposition", "reason", "hash"]
ROW = ["1", "1.", "Noted", "Seen.", "fr:abc:def"]


def a_file(*sheets: list[list[Any]]) -> bytes:
    """A workbook of these sheets."""
    book, out = Workbook(), BytesIO()
    for at, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {at}", at)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def found(*sheets: list[list[Any]]) -> list[Filled]:
    return read(a_file(*sheets), HEADINGS, {"en", "fr"})


def test_headings_are_found_below_a_title() -> None:
    (one,) = found([["Matrix"], [], NAMES, ROW])

    assert (one.place, one.number, one.reason, one.hash) == ("Sheet 0 4", "1", "Seen.", "abc")


@pytest.mark.parametrize("name", ["id", "disposition", "reason", "hash"])
def test_a_sheet_that_lacks_a_needed_column_is_refused_by_name(name: str) -> None:
    renamed = ["Mine" if one == name else one for one in NAMES]

    with pytest.raises(DomainError) as refusal:
        found([renamed, ROW], [NAMES, ROW])

    assert f"“Sheet 0” has no column “{COLUMNS[name]}”" in str(refusal.value.message)


def test_a_sheet_of_ones_own_is_passed_over() -> None:
    assert len(found([["My notes"], ["Region", 5]], [NAMES, ROW])) == 1


def test_a_decision_in_a_row_without_id_is_not_passed_over() -> None:
    rows = found([NAMES, [None, "2.", "Noted"], [None, "3.", None, "Why"], [None, "4."]])

    assert [(one.number, one.disposition, one.reason) for one in rows] == [
        ("", "Noted", ""), ("", "", "Why"),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["=J3", "#N/A"])
@pytest.mark.parametrize("column", [2, 3])
def test_formulas_and_errors_are_told_from_words(cell: str, column: int) -> None:
    row = [*ROW[:column], cell, *ROW[column + 1 :]]

    assert [one.computed for one in found([NAMES, row, ROW])] == [True, False]


def test_only_a_known_language_is_taken_for_the_reasons() -> None:
    rows = found([NAMES, ROW, [*ROW[:4], "zz<script>:abc:def"]])

    assert [one.language for one in rows] == ["fr", ""]


def test_a_word_is_known_however_its_accents_are_written() -> None:
    assert folded("Accepte\u0301e") == folded("acceptée")


def test_a_pattern_that_costs_more_with_each_sign_is_tried_on_short_words_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(matrix_file, "_DUPLICATE", SimpleNamespace(fullmatch=tried.append))

    for word in ("a 12", f"a{' ' * 32_000}x", f"a{' _' * 16_000}{':' * 16_000}x"):
        outcome_of(word, WORDS)

    assert tried == ["a 12", "a x"]


def test_a_duplicate_is_known_by_its_word_and_number() -> None:
    assert outcome_of("Duplicate:  12", WORDS) == (WORDS["duplicate"], 12)
