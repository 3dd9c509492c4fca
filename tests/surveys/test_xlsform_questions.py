"""XLSForm: how sheets become questionnaires."""

from typing import Any

import pytest

from core.settings import ROOT
from surveys.definition import Question, QuestionKind, Questionnaire
from surveys.xlsform import read
from tests.surveys.questionnaire_builder import op, ref, value
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
        (row("date", "q"), QuestionKind.DATE),
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


def test_the_conditions_of_groups_hold_for_what_they_contain() -> None:
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
    assert form.by_code["plain"].relevant == over[0]
    assert form.by_code["deep"].relevant == op("and", *over)


def test_texts_come_by_language_the_default_first() -> None:
    texts = {"label::Français (fr)": "Pourquoi ?", "label::English (en)": "Why?"}
    form = questionnaire(
        row("text", "q", **texts, **{"hint::fr": "Un mot"}, **{"hint::English (en)": "A word"}),
        settings={"form_title": "Form", "form_id": "f", "default_language": "English (en)",
                  "plenary_title::Français (fr)": "Formulaire"},
    )  # fmt: skip

    asked = form.by_code["q"]
    assert form.languages == ("en", "fr")
    assert form.texts == {"en": "Form", "fr": "Formulaire"}
    assert asked.texts == {"en": "Why?", "fr": "Pourquoi\u00a0?"}
    assert asked.hints == {"fr": "Un mot", "en": "A word"}


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
    assert {q.kind for q in reading.questionnaire.questions()} == set(QuestionKind)
    assert reading.questionnaire.by_code["priorities_top"].top == 3
    assert reading.questionnaire.by_code["invest_points"].total == 100
