"""What a file of translations may hold, and what is refused."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.errors import DomainError
from surveys.languages import recorded
from surveys.translation import (
    Reason,
    Unreadable,
    from_po,
    from_xlsx,
    mark,
    to_po,
    to_xlsx,
)
from tests.surveys.translating import WORDS, small
from tests.surveys.translation_files import (
    NOW,
    decided,
    edited,
    either,
    read,
    reasons,
    sheet_edited,
    written,
)


def test_a_message_whose_comments_were_lost_overwrites_nothing() -> None:
    document = recorded(small())
    back = edited(to_po(document, "fr", now=NOW), "po", {"title": "Autre", "introduction.1": "P."})
    bare = b"\n".join(line for line in back.splitlines() if not line.startswith(b"#."))

    decision = decided(document, bare, "po")

    assert decision.accepted == {"introduction.1": "P."}
    assert reasons(decision) == {"title": Reason.TRANSLATION_CHANGED}


@pytest.mark.parametrize("language", ["prs", "zh-Hant", "pt-BR", "x-ours"])
@either
def test_any_language_goes_through_a_file(form: str, language: str) -> None:
    document = small(languages=("en", language))

    back = edited(written(document, form, language), form, {"title": "\u0635\u063a\u06cc\u0631"})

    assert read(back, form).rows.keys() == {language}
    assert decided(document, back, form).accepted == {"title": "\u0635\u063a\u06cc\u0631"}


def test_texts_of_a_sheet_are_never_formulas_and_only_translations_can_be_typed() -> None:
    document = small(texts={"en": "=1+1", "fr": "@SUM(A1)"})

    sheet = load_workbook(BytesIO(to_xlsx(document, ["fr"]))).worksheets[0]

    title = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "title")
    assert [(cell.value, cell.data_type) for cell in title[2:4]] == [
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
    ]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in title] == [
        True,
        True,
        True,
        False,
        False,
        True,
        True,
    ]


def test_a_sheet_for_each_language_comes_back_together() -> None:
    document = recorded(small())

    reading = from_xlsx(to_xlsx(document, ["fr", "ar"]))

    assert list(reading.rows) == ["fr", "ar"]


def test_formulas_and_dates_in_a_sheet_are_named_by_their_row() -> None:
    back = sheet_edited(to_xlsx(recorded(small()), ["fr"]), {"title": "=HYPERLINK(1)"})

    assert [fault.where for fault in from_xlsx(back).faults] == [2]


def test_foreign_sheets_beside_ours_are_named() -> None:
    book = load_workbook(BytesIO(to_xlsx(recorded(small()), ["fr"])))
    book.create_sheet("notes").append(["Remarks"])
    out = BytesIO()
    book.save(out)

    assert [fault.where for fault in from_xlsx(out.getvalue()).faults] == ["notes"]


def _workbook(*cells: Any) -> bytes:
    book, out = Workbook(), BytesIO()
    book.worksheets[0].append(list(cells))
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"no sheet", _workbook("a", "b")])
def test_a_file_that_is_no_workbook_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        from_xlsx(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b'msgid "a"\nmsgstr "b"\n',
        b'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\nmsgid "a\nmsgstr 1\n',
        b"x" * 3_000_001,
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        from_po(data)


@settings(max_examples=60)
@given(st.integers(0, 5_000), st.binary(max_size=20))
def test_a_damaged_catalogue_is_read_or_refused_but_never_breaks(at: int, junk: bytes) -> None:
    data = to_po(recorded(small()), "fr", now=NOW)

    try:
        reading = from_po(data[: at % len(data)] + junk + data[at % len(data) + len(junk) :])
    except Unreadable:
        return
    assert list(reading.rows)


def test_the_source_is_not_translated_into_itself() -> None:
    with pytest.raises(DomainError):
        to_xlsx(small(), ["en"])


@settings(max_examples=60)
@given(WORDS)
def test_blanks_and_line_breaks_of_other_programs_are_no_change(words: str) -> None:
    assert mark(f"{words}\r\nend") == mark(f" {words}\nend \r\n")
