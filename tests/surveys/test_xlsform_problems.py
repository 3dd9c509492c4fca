"""XLSForm: every mistake is named with its sheet, row and column, and dangerous files stay shut."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from surveys.xlsform import Reading, read
from surveys.xlsform.guard import MAX_BYTES, MAX_RATIO
from tests.surveys.test_expressions import sentence
from tests.surveys.xls_builder import xls
from tests.surveys.xlsform_builder import COLOURS, SCALE, YES_NO, row, saved, xlsform

ALL = [*COLOURS, *SCALE, *YES_NO]
END = row("end_group")
OLD = {"survey": [["type", "name", "label"], ["text", "q", "Q"]]}
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
        ([row("osm", "q")], (2, "type"), "about a map"),
        ([row("hologram", "q")], (2, "type"), "hologram"),
        ([row("select_one_from_file places.csv", "q")], (2, "type"), "outside the form"),
        ([row("csv-external", "q")], (2, "type"), "outside the form"),
        ([row("select_one ${q}", "q")], (2, "type"), "other answers"),
        ([row("begin_repeat", "q")], (2, "type"), "no end"),
        ([row("begin_group", "g"), row("text", "q"), row("end_repeat")], (4, "type"), "end_group"),
        ([row("calculate", "q")], (2, "calculation"), "calculation"),
        ([row("begin_loop over shapes", "q"), row("text", "r"), row("end_loop")],
         (2, "type"), "list"),
        ([row("select_one colours or_other", "q", choice_filter="name = 'red'")],
         (2, "choice_filter"), "or_other"),
        ([row("range", "q", parameters="start=1 end=3 step=9")], (2, "parameters"), "step"),
        ([row("range", "q", parameters="start=one")], (2, "parameters"), "number"),
        ([row("text", "q", parameters="size=3")], (2, "parameters"), "size"),
        ([row("text", "q", parameters="rows")], (2, "parameters"), "name=value"),
        ([row("text", "q", default="pulldata('a', 'b', 'c', 'd')")], (2, "default"), "pulldata"),
        ([row("text", "q", calculation="area(${q})")], (2, "calculation"), "area"),
        ([row("text", "q", read_only="${q} = 1")], (2, "read_only"), "yes or no"),
        ([row("text", "q", label="Dear ${gone}")], (2, "label"), "gone"),
        ([row("text", "q", label="Dear ${ q }")], (2, "label"), "spaces"),
        ([row("text", "meta")], (2, "name"), "taken"),
        ([row("select_one colours", "q", plenary_source="planets")],
         (2, "plenary_source"), "countries"),
        ([row("decimal", "q", plenary_kind="money", plenary_currencies="francs")],
         (2, "plenary_currencies"), "CHF"),
        ([row("calculate", "q", calculation="${r} + 1"),
          row("calculate", "r", calculation="${q} + 1")], (3, "calculation"), "wait"),
        ([row("", "q")], (2, "type"), "Write the type"),
        ([row("text", "1st")], (2, "name"), "letters"),
        ([row("text", "")], (2, "name"), "letters"),
        ([row("text", "q"), row("text", "q")], (3, "name"), "taken"),
        ([row("text", "q", label="")], (2, "label"), "text in en"),
        ([row("select_one colours", "q", appearance="search('fruits')")],
         (2, "appearance"), "outside"),
        ([row("text", "q", required="perhaps")], (2, "required"), "yes"),
        ([row("select_one", "q")], (2, "type"), "Name a list"),
        ([row("select_one shapes", "q")], (2, "type"), "shapes"),
        ([row("select_one colours", "q", plenary_kind="rating")], (2, "type"), "numbers"),
        ([row("select_one colours", "q", plenary_kind="yes_no")], (2, "type"), "yes and no"),
        ([row("text", "q", plenary_kind="points")], (2, "plenary_kind"), "short_text"),
        ([row("rank colours", "q", plenary_top=4)], (2, "plenary_top"), "only 3"),
        ([row("rank colours", "q", plenary_top="few")], (2, "plenary_top"), "whole number"),
        ([row("text", "q", relevant="${gone} = 1")], (2, "relevant"), "gone"),
        ([row("text", "q", relevant="${q} = 1")], (2, "relevant"), "itself"),
        ([row("text", "q", relevant=". = 1")], (2, "relevant"), "answer itself"),
        ([row("text", "q", relevant="pulldata('x')")], (2, "relevant"), "pulldata()"),
        ([row("text", "q", constraint="area(.) > 1")], (2, "constraint"), "area()"),
        ([row("begin_group", "s"), row("text", "q")], (2, "type"), "no end"),
        ([row("text", "q"), END], (3, "type"), "No group"),
        ([row("begin_group", "s", plenary_kind="grid"), row("text", "q"), END],
         (2, "plenary_kind"), "grid"),
        ([row("begin_group", "s"), row("text", "q"), END, row("begin_group", "s"), END],
         (5, "name"), "taken"),
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
        ({"list_name": "colours", "name": "x" * 101, "label": "Long"}, "name"),
        ({"list_name": "colours", "label": "Nameless"}, "name"),
        ({"name": "green", "label": "Of no list"}, "list_name"),
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
    rows = [row("hologram", "a"), row("text", "b c"), row("text", "d", relevant="(")]

    reading = read(xlsform(rows))

    assert places(reading) == [
        ("survey", 2, "type"), ("survey", 3, "name"), ("survey", 4, "relevant"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row("text", "q"), row("start", "started")], "start"),
        ([row("text", "q", media="x.png")], "not used"),
        ([row("image", "q", parameters="max-pixels=640")], "max-pixels"),
        ([row("text", "q", appearance="signature")], "signature"),
        ([row("geopoint", "q")], "text here"),
        ([row("select_one colours", "q", choice_filter="name = red")], "quotation marks"),
        ([row("hidden", "h"), row("text", "q")], "stays empty"),
        ([row("note", "n"), row("text", "q", relevant="${n} = 1")], "counts as empty"),
        ([row("text", "q", label="", hint="Why?")], "“q” is shown"),
        ([row("note", "q", label="", image="map.png")], "“q” is shown"),
        ([row("text", "q"), row("text", "Q")], "capitals"),
        ([row("text", "q"), row("deviceid", "d"), row("note", "n", label="${d}")], "gap"),
        (
            [row("text", "q"), row("deviceid", "d"), row("text", "r", relevant="${d} = 'a'")],
            "counts as empty",
        ),
        ([row("text", "q"), row("calculate", "c", calculation="${q} + 1")], "no number"),
        ([row("text", "q"), row("", "", label="", comment="later")], "left out"),
        ([row("text", "q", **{"label": "Q", "label::fr": "Q"}), row("text", "r")], "fr"),
        ([row("select_one colours", "q"), row("text", "r", relevant="${q} = 'rde'")], "rde"),
        ([row("text", "q", relevant="${r} = 1"), row("text", "r")], "later"),
    ],
)
def test_an_oddity_is_a_warning_and_no_obstacle(rows: list[dict[str, Any]], words: str) -> None:
    reading = read(xlsform(rows, COLOURS))

    assert reading.questionnaire is not None
    assert words in said(reading)


def test_columns_that_say_the_same_are_refused() -> None:
    reading = read(xlsform([row("text", "q", **{"label::French": "Q", "label::fr": "R"})]))

    assert places(reading) == [("survey", 1, "label::fr")]


def test_a_form_without_questions_is_refused() -> None:
    assert "no question" in said(read(xlsform([])))


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
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"broken" * 100, "can't be read"),
        (xls(OLD, following={5: 2}), "can't be read"),
        (xls(OLD, following={1: 1}), "can't be read"),
        (b"x" * (MAX_BYTES + 1), "10 MB"),
        (_rezipped({"xl/sharedStrings.xml": DOCTYPE.encode()}), "entities"),
        (_rezipped({"xl/sharedStrings.xml": DOCTYPE.encode("utf-16")}), "entities"),
        (_rezipped({"xl/media/x.bin": b"0" * 60_000_000}), "unpacks"),
        (_rezipped({"xl/media/x.bin": b"0" * MAX_RATIO * 10_000}), "unpacks"),
        (_rezipped({f"xl/part{n}.bin": b"0" for n in range(1_001)}), "unpacks"),
        (_rezipped({"xl/workbook.xml": b"<broken"}), "can't be read"),
        (saved(Workbook()), "missing"),
    ],
    ids=[
        "empty", "pdf", "zip", "xls", "xls-in-a-circle", "xls-directory-in-a-circle", "large",
        "entities", "entities-utf16", "bomb", "ratio", "parts", "xml", "blank",
    ],
)  # fmt: skip
def test_a_file_that_must_not_or_cannot_be_opened_is_refused(data: bytes, words: str) -> None:
    reading = read(data)

    assert reading.questionnaire is None
    assert words in said(reading)


@settings(max_examples=150)
@given(st.data(), st.sampled_from([SOUND, xls(OLD)]))
def test_a_damaged_file_is_read_or_refused(data: st.DataObject, sound: bytes) -> None:
    damaged = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    reading = read(bytes(damaged))

    assert bool(reading.errors) is (reading.questionnaire is None)


def test_a_heading_that_stands_twice_is_named() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["type", "name", "label", "label"])

    assert places(read(saved(book))) == [("survey", 1, "label")]


def test_a_file_without_a_survey_names_the_sheets_it_has() -> None:
    reading = read(xls({"surveys": [["type"]], "choice": [["name"]]}))

    assert "surveys, choice" in said(reading)


@pytest.mark.parametrize("sheet", ["external_choices", "osm", "entities"])
def test_a_sheet_that_cannot_be_taken_is_refused_with_its_first_row(sheet: str) -> None:
    data = xls({**OLD, sheet: [["list_name", "name"], ["", ""], ["trees", "oak"]]})

    assert (sheet, 3, "list_name") in places(read(data))


def test_what_pyxform_alone_refuses_is_refused_with_its_place() -> None:
    image = row("text", "q", trigger="${gone}", calculation="1")

    assert places(read(xlsform([row("text", "a"), image]))) != []
