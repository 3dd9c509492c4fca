"""XLSForm: how sheets become questionnaires."""

from typing import Any

import pytest

from core.settings import ROOT
from surveys.definition import Question, QuestionKind, Questionnaire
from surveys.xlsform import read
from tests.surveys.questionnaire_builder import op, ref, value
from tests.surveys.xls_builder import xls
from tests.surveys.xlsform_builder import COLOURS, SCALE, YES_NO, row, xlsform

ALL = [*COLOURS, *SCALE, *YES_NO]
SHARED_OUT = {"plenary_kind": "points", "plenary_sum": 10}


def questionnaire(*rows: dict[str, Any], settings: dict[str, Any] | None = None) -> Questionnaire:
    reading = read(xlsform(rows, ALL, settings))
    assert reading.errors == ()
    assert reading.questionnaire is not None
    return reading.questionnaire


def question(*rows: dict[str, Any]) -> Question:
    return next(questionnaire(*rows).questions())


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (row("text", "q"), QuestionKind.SHORT_TEXT),
        (row("string", "q"), QuestionKind.SHORT_TEXT),
        (row("text", "q", appearance="multiline"), QuestionKind.LONG_TEXT),
        (row("text", "q", plenary_kind="long_text"), QuestionKind.LONG_TEXT),
        (row("integer", "q"), QuestionKind.INTEGER),
        (row("text", "q", parameters="rows=4"), QuestionKind.LONG_TEXT),
        (row("phone number", "q"), QuestionKind.SHORT_TEXT),
        (row("barcode", "q"), QuestionKind.SHORT_TEXT),
        (row("geopoint", "q"), QuestionKind.SHORT_TEXT),
        (row("decimal", "q"), QuestionKind.DECIMAL),
        (row("decimal", "q", plenary_kind="percent"), QuestionKind.PERCENT),
        (row("decimal", "q", plenary_kind="money"), QuestionKind.MONEY),
        (row("range", "q"), QuestionKind.INTEGER),
        (row("range", "q", parameters="start=0 end=1 step=0.1"), QuestionKind.DECIMAL),
        (row("date", "q"), QuestionKind.DATE),
        (row("date", "q", appearance="month-year"), QuestionKind.MONTH),
        (row("time", "q"), QuestionKind.TIME),
        (row("datetime", "q"), QuestionKind.DATE_TIME),
        (row("acknowledge", "q"), QuestionKind.ACKNOWLEDGE),
        (row("trigger", "q"), QuestionKind.ACKNOWLEDGE),
        (row("photo", "q"), QuestionKind.FILE),
        (row("calculate", "q", calculation="1 + 1"), QuestionKind.CALCULATED),
        (row("hidden", "q", default="x"), QuestionKind.CALCULATED),
        (row("text", "q", calculation="1 + 1"), QuestionKind.CALCULATED),
        (row("select_one yes_no", "q"), QuestionKind.YES_NO),
        (row("select_one yes_no", "q", plenary_kind="choose_one"), QuestionKind.CHOOSE_ONE),
        (row("select_one scale", "q", appearance="likert"), QuestionKind.RATING),
        (row("select_one colours", "q", appearance="likert"), QuestionKind.CHOOSE_ONE),
        (row("select all that apply from colours", "q"), QuestionKind.CHOOSE_MANY),
        (row("note", "q"), QuestionKind.NOTE),
        (row("select_one colours", "q"), QuestionKind.CHOOSE_ONE),
        (row("select one colours", "q"), QuestionKind.CHOOSE_ONE),
        (row("select_multiple colours", "q"), QuestionKind.CHOOSE_MANY),
        (row("select_one scale", "q", plenary_kind="rating"), QuestionKind.RATING),
        (row("select_one yes_no", "q", plenary_kind="yes_no"), QuestionKind.YES_NO),
        (row("rank colours", "q"), QuestionKind.RANKING),
    ],
)
def test_a_type_becomes_its_kind(cells: dict[str, Any], kind: QuestionKind) -> None:
    assert question(cells).kind is kind


def test_choices_come_in_the_order_of_their_list() -> None:
    asked = question(row("select_one colours", "q"))

    assert [choice.code for choice in asked.choices] == ["red", "blue", "other"]


def test_a_ranking_asks_for_as_many_as_it_says_else_for_all() -> None:
    assert question(row("rank colours", "q", plenary_top=2)).top == 2
    assert question(row("rank colours", "q")).top == 3


def test_a_matrix_takes_its_rows_as_items_and_their_list_as_scale() -> None:
    asked = question(
        row("begin_group", "q", plenary_kind="matrix", required="yes"),
        row("select_one scale", "first"),
        row("select_one scale", "second"),
        row("end_group"),
    )

    assert (asked.kind, asked.required, asked.rotate) == (QuestionKind.MATRIX, True, True)
    assert [item.code for item in asked.items] == ["first", "second"]
    assert [choice.code for choice in asked.choices] == ["1", "2", "3"]


def test_points_take_their_sum_from_the_sheet() -> None:
    asked = question(
        row(
            "begin_group", "q", plenary_kind="points", plenary_sum=10, parameters="randomize=false"
        ),
        row("integer", "first"),
        row("integer", "second"),
        row("end_group"),
    )

    assert (asked.kind, asked.total, asked.rotate) == (QuestionKind.POINTS, 10, False)


def test_a_list_rotates_where_it_asks_to_and_a_scale_never() -> None:
    assert question(row("select_one colours", "q", parameters="randomize=true")).rotate
    assert not question(row("select_one colours", "q")).rotate
    rating = row("select_one scale", "q", plenary_kind="rating", parameters="randomize=true")
    assert not question(rating).rotate


def test_a_group_is_a_section_and_a_loose_question_stands_in_its_own() -> None:
    form = questionnaire(
        row("text", "before"),
        row("begin_group", "middle", label="The middle"),
        row("text", "inside"),
        row("end_group"),
        row("text", "after"),
        row("text", "last"),
    )

    found = [(s.code, [q.code for q in s.questions]) for s in form.sections]
    assert found == [
        ("questions", ["before"]), ("middle", ["inside"]), ("questions_2", ["after", "last"]),
    ]  # fmt: skip
    assert form.sections[1].texts == {"en": "The middle"}


def test_the_introduction_is_shown_and_not_asked() -> None:
    form = questionnaire(
        row("begin_group", "introduction", plenary_kind="introduction"),
        row("note", "purpose", label="Why we ask"),
        row("end_group"),
        row("text", "q"),
    )

    assert form.introduction == ({"en": "Why we ask"},)
    assert list(form.by_code) == ["q"]


def test_the_conditions_of_groups_stand_where_they_were_written() -> None:
    form = questionnaire(
        row("integer", "n"),
        row("begin_group", "outer", relevant="${n} > 1"),
        row("text", "plain"),
        row("begin_group", "inner", relevant="${n} > 2", label=None),
        row("text", "deep", relevant="${n} > 3"),
        row("end_group"),
        row("end_group"),
    )

    over = [op(">", ref("n"), value(least)) for least in (1, 2, 3)]
    section = form.sections[1]
    assert section.relevant == over[0]
    assert [(g.code, g.group, g.relevant) for g in section.groups] == [("inner", "", over[1])]
    assert [(q.code, q.group, q.relevant) for q in section.questions] == [
        ("plain", "", None), ("deep", "inner", over[2]),
    ]  # fmt: skip


def test_a_question_keeps_its_identity_when_imported_again() -> None:
    first = read(xlsform([row("text", "q", label="Old words")]), code="one").questionnaire
    again = read(xlsform([row("text", "q", label="New words")]), code="one").questionnaire
    other = read(xlsform([row("text", "q")]), code="two").questionnaire

    assert first is not None
    assert again is not None
    assert other is not None
    assert first.by_code["q"].uid == again.by_code["q"].uid != other.by_code["q"].uid


def test_what_looks_like_a_formula_or_template_is_text() -> None:
    hostile = "{{ 7*7 }} <script>alert(1)</script> ${q}"

    assert question(row("text", "q", label=hostile)).texts == {"en": hostile}


def test_the_questionnaire_of_the_early_2020_wave_is_read_without_a_remark() -> None:
    data = (ROOT / "surveys/questionnaires/migration-2020.xlsx").read_bytes()

    reading = read(data)

    assert (reading.errors, reading.warnings) == ((), ())
    assert reading.questionnaire is not None
    assert reading.questionnaire.by_code["priorities_top"].top == 3
    assert reading.questionnaire.by_code["invest_points"].total == 100


def test_old_spellings_of_columns_are_understood() -> None:
    first = {"type": "text", "name": "a", "caption": "A"}
    then = {"type": "q string", "name": "b", "caption": "B", "Relevance": "${a} = 'x'",
            "bind:required": "true()", "body:appearance": "multiline", "jr:count": "",
            "constraint": ". != ''", "bind:jr:constraintMsg": "Say it."}  # fmt: skip
    form = read(xlsform([first, then])).questionnaire

    assert form is not None
    asked = form.by_code["b"]
    assert asked.relevant == op("=", ref("a"), value("x"))
    assert (asked.required, asked.kind) == (True, QuestionKind.LONG_TEXT)
    assert asked.constraint_texts == {"en": "Say it."}


def test_an_old_workbook_is_read_like_a_new_one() -> None:
    sheets = {
        "Survey": [["type", "name", "label"], ["select_one c", "q", "Où ?"]],
        "choices": [["list name", "name", "label"], ["c", "a", "A"]],
    }
    form = read(xls(sheets)).questionnaire

    assert form is not None
    assert form.by_code["q"].texts == {"en": "Où ?"}
    assert form.by_code["q"].choices[0].code == "a"
