"""XLSForm: every mistake is named with its sheet, row and column, and dangerous files stay shut."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from surveys.xlsform import Reading, read
from surveys.xlsform.guard import MAX_BYTES, MAX_RATIO
from tests.surveys.test_expressions import sentence
from tests.surveys.xlsform_builder import COLOURS, SCALE, YES_NO, row, saved, xlsform

ALL = [*COLOURS, *SCALE, *YES_NO]
END = row("end_group")
SOUND = xlsform([row("select_one colours", "q")], COLOURS)


def places(reading: Reading) -> list[tuple[Any, ...]]:
    return [(p.sheet, p.row, p.column) for p in reading.errors]


def said(reading: Reading) -> str:
    return " ".join(sentence(p.message) for p in (*reading.errors, *reading.warnings))


def matrix(*inside: dict[str, Any], **cells: Any) -> list[dict[str, Any]]:
    return [row("begin_group", "m", plenary_kind="matrix", **cells), *inside, END]


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ([row("geopoint", "q")], (2, "type"), "geopoint"),
        ([row("begin_repeat", "q")], (2, "type"), "begin_repeat"),
        ([row("", "q")], (2, "type"), "Write the type"),
        ([row("text", "1st")], (2, "name"), "letters"),
        ([row("text", "")], (2, "name"), "letters"),
        ([row("text", "q"), row("text", "q")], (3, "name"), "taken"),
        ([row("text", "q"), row("text", "Q")], (3, "name"), "taken"),
        ([row("text", "q", label="")], (2, "label"), "text in en"),
        ([row("text", "q", required="perhaps")], (2, "required"), "yes"),
        ([row("select_one", "q")], (2, "type"), "Name a list"),
        ([row("select_one shapes", "q")], (2, "type"), "shapes"),
        ([row("select_one colours or_other", "q")], (2, "type"), "or_other"),
        ([row("select_one colours", "q", plenary_kind="rating")], (2, "type"), "numbers"),
        ([row("select_one colours", "q", plenary_kind="yes_no")], (2, "type"), "yes and no"),
        ([row("text", "q", plenary_kind="points")], (2, "plenary_kind"), "short_text"),
        ([row("rank colours", "q", plenary_top=4)], (2, "plenary_top"), "only 3"),
        ([row("rank colours", "q", plenary_top="few")], (2, "plenary_top"), "whole number"),
        ([row("text", "q", relevant="${gone} = 1")], (2, "relevant"), "gone"),
        ([row("text", "q", relevant="${q} = 1")], (2, "relevant"), "itself"),
        ([row("text", "q", relevant=". = 1")], (2, "relevant"), "answer itself"),
        ([row("text", "q", relevant="today() > 1")], (2, "relevant"), "today()"),
        ([row("text", "q", constraint="regex(., 'x')")], (2, "constraint"), "regex()"),
        ([row("note", "n"), row("text", "q", relevant="${n} = 1")], (3, "relevant"), "no value"),
        ([row("begin_group", "s"), row("text", "q")], (2, "type"), "no end"),
        ([row("text", "q"), END], (3, "type"), "No group"),
        ([row("begin_group", "s", plenary_kind="grid"), row("text", "q"), END],
         (2, "plenary_kind"), "grid"),
        ([row("begin_group", "s"), row("text", "q"), END, row("begin_group", "s"), END],
         (5, "name"), "another section"),
        (matrix(row("text", "r")), (3, "type"), "select_one"),
        (matrix(row("select_one scale", "r"), row("select_one yes_no", "t")), (4, "type"), "same"),
        (matrix(row("select_one scale", "r"), row("select_one scale", "r")), (4, "name"), "once"),
        (matrix(row("select_one scale", "r", relevant="1 = 1")), (3, "relevant"), "group"),
        (matrix(row("select_one colours", "r")), (3, "type"), "numbers"),
        (matrix(), (2, "type"), "no rows"),
        ([row("begin_group", "p", plenary_kind="points", plenary_sum="all"),
          row("integer", "r"), END], (2, "plenary_sum"), "whole number"),
        ([*matrix(row("select_one scale", "r")), row("text", "q", relevant="${r} = 1")],
         (5, "relevant"), "row of m"),
        ([row("begin_group", "i", plenary_kind="introduction"), row("text", "t"), END,
          row("text", "q")], (3, "type"), "notes only"),
        ([row("text", "q", label="a\u202eb")], (2, "label"), "invisible"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(
    rows: list[dict[str, Any]], place: tuple[int, str], words: str
) -> None:
    reading = read(xlsform(rows, ALL))

    assert reading.questionnaire is None
    assert ("survey", *place) in places(reading)
    assert words in said(reading)


@pytest.mark.parametrize(
    ("choice", "column"),
    [
        ({"list_name": "colours", "name": "red", "label": "Red again"}, "name"),
        ({"list_name": "colours", "name": "dark red", "label": "Dark"}, "name"),
        ({"list_name": "colours", "label": "Nameless"}, "name"),
        ({"name": "green", "label": "Of no list"}, "list_name"),
        ({"list_name": "colours", "name": "green"}, "label"),
    ],
)
def test_a_mistake_in_a_list_is_named_with_its_place(choice: dict[str, Any], column: str) -> None:
    reading = read(xlsform([row("select_one colours", "q")], COLOURS, more=[choice]))

    assert places(reading) == [("choices", 5, column)]


def test_conditions_in_a_circle_are_refused_at_each_question() -> None:
    rows = [
        row("text", "a", relevant="${b} = 1"),
        row("text", "b", relevant="${a} = 1"),
        row("text", "c", relevant="${a} = 1"),
    ]

    reading = read(xlsform(rows))

    assert places(reading) == [("survey", 2, "relevant"), ("survey", 3, "relevant")]


def test_all_mistakes_are_told_at_once() -> None:
    rows = [row("video", "a"), row("text", "b c"), row("text", "d", relevant="(")]

    reading = read(xlsform(rows))

    assert places(reading) == [
        ("survey", 2, "type"), ("survey", 3, "name"), ("survey", 4, "relevant"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row("text", "q"), row("start", "started")], "start"),
        ([row("text", "q", media="x.png")], "not used"),
        ([row("text", "q", parameters="rows=3")], "rows"),
        ([row("text", "q", **{"label": "Q", "label::fr": "Q"}), row("text", "r")], "fr"),
        ([row("select_one colours", "q"), row("text", "r", relevant="${q} = 'rde'")], "rde"),
        ([row("text", "q", relevant="${r} = 1"), row("text", "r")], "later"),
    ],
)
def test_an_oddity_is_a_warning_and_no_obstacle(rows: list[dict[str, Any]], words: str) -> None:
    reading = read(xlsform(rows, COLOURS))

    assert reading.questionnaire is not None
    assert words in said(reading)


def test_a_language_without_its_code_is_refused() -> None:
    reading = read(xlsform([row("text", "q", **{"label": "Q", "label::French": "Q"})]))

    assert places(reading) == [("survey", 1, "label::French")]


def test_a_form_without_questions_is_refused() -> None:
    assert "no question" in said(read(xlsform([])))


def test_the_condition_of_groups_and_question_together_is_bounded() -> None:
    large = " or ".join(["${n} = 1"] * 120)
    rows = [row("integer", "n"), row("begin_group", "g", relevant=large),
            row("text", "q", relevant=large), END]  # fmt: skip

    assert "too large" in said(read(xlsform(rows)))


def _rezipped(change: dict[str, bytes]) -> bytes:
    source = zipfile.ZipFile(BytesIO(xlsform([row("text", "q")])))
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in dict.fromkeys((*source.namelist(), *change)):
            target.writestr(name, change.get(name) or source.read(name))
    return file.getvalue()


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no spreadsheet"),
        (b"%PDF-1.7", "no spreadsheet"),
        (b"PK\x03\x04 broken", "can't be read"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"broken" * 100, "Save it as .xlsx"),
        (b"x" * (MAX_BYTES + 1), "10 MB"),
        (_rezipped({"xl/sharedStrings.xml": DOCTYPE.encode()}), "entities"),
        (_rezipped({"xl/sharedStrings.xml": DOCTYPE.encode("utf-16")}), "entities"),
        (_rezipped({"xl/media/x.bin": b"0" * 60_000_000}), "unpacks"),
        (_rezipped({"xl/media/x.bin": b"0" * MAX_RATIO * 10_000}), "unpacks"),
        (_rezipped({f"xl/part{n}.bin": b"0" for n in range(1_001)}), "unpacks"),
        (_rezipped({"xl/workbook.xml": b"<broken"}), "can't be read"),
        (saved(Workbook()), "missing"),
    ],
    ids=["empty", "pdf", "zip", "xls", "large", "entities", "entities-utf16", "bomb", "ratio",
         "parts", "xml", "blank"],
)  # fmt: skip
def test_a_file_that_must_not_or_cannot_be_opened_is_refused(data: bytes, words: str) -> None:
    reading = read(data)

    assert reading.questionnaire is None
    assert words in said(reading)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    reading = read(bytes(damaged))

    assert bool(reading.errors) is (reading.questionnaire is None)
