"""XLSForm: a written questionnaire is accepted by pyxform and reads back the same."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from core.errors import DomainError
from core.settings import ROOT
from surveys.definition import Question, QuestionKind, Questionnaire
from surveys.xlsform import read, write
from tests.surveys.questionnaire_builder import op, ref, value
from tests.surveys.questionnaire_strategies import questionnaires
from tests.surveys.test_xlsform_questions import questionnaire
from tests.surveys.tiny import asking, question
from tests.surveys.xlsform_builder import row, xlsform

MIGRATION = ROOT / "surveys/questionnaires/migration-2020.xlsx"


def again(written: Questionnaire) -> Questionnaire:
    """What the export of a questionnaire is read as, under its code."""
    reading = read(write(written), code=written.code)
    assert reading.errors == ()
    assert reading.questionnaire is not None
    return reading.questionnaire


def cells(written: Questionnaire, sheet: str = "survey") -> list[dict[str, Any]]:
    """The rows of an export's sheet."""
    heading, *rows = load_workbook(BytesIO(write(written)))[sheet].iter_rows(values_only=True)
    return [{str(k): v for k, v in zip(heading, line, strict=True) if v} for line in rows]


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(questionnaires())
def test_any_questionnaire_reads_back_the_same_and_pyxform_takes_it(drawn: Questionnaire) -> None:
    convert(BytesIO(write(drawn)), validate=False)

    assert again(drawn).as_json() == drawn.as_json()


def test_the_questionnaire_of_the_early_2020_wave_survives_the_round_trip() -> None:
    first = read(MIGRATION.read_bytes()).questionnaire
    assert first is not None

    assert again(first).as_json() == first.as_json()
    assert convert(BytesIO(write(first))).warnings == []


def test_names_used_in_two_groups_keep_their_codes() -> None:
    form = questionnaire(
        row("begin_group", "mother"), row("integer", "age"), row("end_group"),
        row("begin_group", "father"), row("integer", "age"),
        row("begin_group", "mother"), row("text", "words"), row("end_group"),
        row("end_group"),
    )  # fmt: skip

    assert list(form.by_code) == ["age", "father.age", "words"]
    assert form.by_code["father.age"].name == "age"
    assert [group.code for group in form.sections[1].groups] == ["father.mother"]
    assert again(form).as_json() == form.as_json()


def test_a_path_says_which_of_several_questions_of_one_name_is_meant() -> None:
    form = questionnaire(
        row("begin_group", "cars"),
        row("integer", "total"), row("integer", "working", constraint=". <= ../total"),
        row("end_group"),
        row("begin_group", "bikes", relevant="../cars/total > 0"),
        row("integer", "total"), row("integer", "working", constraint=". <= current()/../total"),
        row("begin_repeat", "owners"),
        row("text", "who", relevant="../../total > /data/cars/total and 'a/total' != ''"),
        row("end_repeat"),
        row("end_group"),
        row("calculate", "all", calculation="../cars/total + ../bikes/total", label=""),
    )  # fmt: skip

    constraints = [form.by_code[code].constraint for code in ("working", "bikes.working")]
    assert constraints == [op("<=", {"this": True}, ref(c)) for c in ("total", "bikes.total")]
    assert form.sections[1].relevant == op(">", ref("total"), value(0))
    who = form.anywhere["who"].relevant or {}
    first, _text = who["args"]
    assert first == op(">", ref("bikes.total"), ref("total"))
    assert again(form).as_json() == form.as_json()
    convert(BytesIO(write(form)), validate=False)


def test_a_path_that_leads_nowhere_says_nothing_of_several_questions() -> None:
    group = [row("begin_group", "a"), row("integer", "n"), row("end_group")]
    other = [row("begin_group", "b"), row("integer", "n"), row("end_group")]
    calculated = row("calculate", "c", calculation="../x/n + 1", label="")

    (error,) = read(xlsform([*group, *other, calculated])).errors

    assert (error.row, error.column) == (8, "calculation")
    assert "several questions" in str(error.message.message)


def test_what_stands_outside_groups_stays_there() -> None:
    form = questionnaire(
        row("text", "first"),
        row("begin_group", "questions"), row("text", "inside"), row("end_group"),
        row("begin_group", "i", plenary_kind="introduction"), row("note", "n"), row("end_group"),
        row("text", "last"),
    )  # fmt: skip

    assert [(s.code, s.loose) for s in form.sections] == [
        ("questions_2", True), ("questions", False), ("questions_3", True),
    ]  # fmt: skip
    assert again(form).as_json() == form.as_json()


def test_an_empty_group_keeps_its_place() -> None:
    form = questionnaire(
        row("begin_group", "s"),
        row("begin_group", "empty"), row("end_group"),
        row("begin_group", "full"), row("text", "q"), row("end_group"),
        row("begin_group", "later"), row("end_group"),
        row("end_group"),
    )  # fmt: skip

    assert again(form).as_json() == form.as_json()


def test_a_list_the_directory_fills_can_be_empty_still() -> None:
    country = question("country", QuestionKind.CHOOSE_ONE, source="countries")
    form = again(again(asking(country)))

    found = form.by_code["country"]
    assert (found.source, found.choices, found.list) == ("countries", (), "")
    convert(BytesIO(write(form)), validate=False)


@pytest.mark.parametrize("text", ["=1+1", "+41 22", "-3", "@now", "{=A1}", "2020", "1e5", "TRUE"])
def test_every_cell_is_a_text(text: str) -> None:
    form = asking(
        question("q").model_copy(update={"texts": {"en": text}, "default": {"value": text}})
    )

    label = next(line for line in cells(form) if line.get("name") == "q")["label::en"]
    sheet = load_workbook(BytesIO(write(form)))["survey"]
    assert label == text
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value} == {"s"}
    assert again(form).by_code["q"].default == {"value": text}


def test_texts_keep_their_no_break_spaces_lines_and_quotes() -> None:
    text = "« Pourquoi\u00a0? »\nL’eau\u202f: “oui”"
    form = asking(question("q").model_copy(update={"texts": {"en": text}}))

    assert again(form).by_code["q"].texts == {"en": text}


def test_a_question_that_is_spoken_of_is_written_under_its_code() -> None:
    age = question("father.age", QuestionKind.INTEGER, name="age")
    asked = Question.model_validate(
        question("why").model_dump()
        | {"relevant": {"op": "=", "args": [{"ref": "father.age"}, {"value": 3}]}}
    )

    written = cells(asking(age, asked))

    assert [line["name"] for line in written if "name" in line][-3:] == [
        "only",
        "father.age",
        "why",
    ]
    convert(BytesIO(write(asking(age, asked))), validate=False)


def test_a_text_longer_than_a_cell_is_refused_with_its_place() -> None:
    form = asking(question("q").model_copy(update={"texts": {"en": "x" * 32_768}}))

    with pytest.raises(DomainError, match="characters at most"):
        write(form)


def test_what_is_no_reference_is_a_text_that_pyxform_takes() -> None:
    text = "${7*7} $ {a} ${} ${"
    form = asking(question("q").model_copy(update={"texts": {"en": text}}))

    assert convert(BytesIO(write(form)), validate=False).xform
    assert again(form).by_code["q"].texts == {"en": text}
