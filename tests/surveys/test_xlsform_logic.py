"""XLSForm: repeats, loops, filters, defaults and the other expressions of a form."""

from typing import Any

import pytest

from surveys.definition import QuestionKind
from surveys.xlsform import read
from tests.surveys.questionnaire_builder import op, ref, value
from tests.surveys.test_xlsform_questions import question, questionnaire
from tests.surveys.xlsform_builder import row, xlsform


def test_a_repeat_holds_its_questions_and_groups() -> None:
    form = questionnaire(
        row("integer", "members"),
        row("begin_repeat", "member", repeat_count="${members}"),
        row("begin_group", "who", relevant="${members} > 1"),
        row("text", "first"),
        row("end_group"),
        row("note", "", label="Thanks, ${first}"),
        row("end_repeat"),
    )

    repeat = form.by_code["member"]
    assert (repeat.kind, repeat.times) == (QuestionKind.REPEAT, ref("members"))
    assert [(q.code, q.group) for q in repeat.questions] == [
        ("first", "who"), ("generated_note_name_7", ""),
    ]  # fmt: skip
    assert list(form.anywhere) == ["members", "member", "first", "generated_note_name_7"]


def test_or_other_adds_a_choice_and_a_question_that_asks_which() -> None:
    form = questionnaire(row("select_one scale or_other", "q"))

    why = form.by_code["q_other"]
    assert [choice.code for choice in form.by_code["q"].choices] == ["1", "2", "3", "other"]
    assert form.lists["scale"][-1].specify is False
    assert why.relevant == op("selected", ref("q"), value("other"))


def test_a_choice_other_asks_unless_another_question_does() -> None:
    asks = questionnaire(row("select_one colours", "q"))
    left = questionnaire(
        row("select_one colours", "q"), row("text", "w", relevant="${q} = 'other'")
    )

    assert asks.lists["colours"][-1].specify is True
    assert left.lists["colours"][-1].specify is False


def test_a_loop_is_a_group_for_each_choice() -> None:
    form = questionnaire(
        row("begin_loop over colours", "each", label="Each"),
        row("integer", "number", label="How many %(label)s?"),
        row("end_loop"),
    )

    assert [(q.code, q.texts["en"]) for q in form.questions()] == [
        ("number", "How many red?"), ("blue.number", "How many blue?"),
        ("other.number", "How many other?"),
    ]  # fmt: skip


def test_choices_are_filtered_by_columns_of_their_own() -> None:
    more = [{"list_name": "towns", "name": "rabat", "label": "Rabat", "country": "MA"}]
    town = row("select_one towns", "town", choice_filter="country = ${where}")
    form = read(xlsform([row("text", "where"), town], more=more)).questionnaire

    assert form is not None
    assert form.by_code["town"].choice_filter == op("=", {"column": "country"}, ref("where"))
    assert form.by_code["town"].choices[0].columns == {"country": "MA"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (row("text", "q", default="Bern"), value("Bern")),
        (row("date", "q", default="2020-02-28"), value("2020-02-28")),
        (row("date", "q", appearance="month-year", default="2020-02"), value("2020-02-01")),
        (row("date", "q", default="today()"), op("today")),
        (row("integer", "q", default="1 + 2"), op("+", value(1), value(2))),
        (row("text", "q", default="string('a - b')"), value("a - b")),
        (row("dateTime", "q", default="2020-02-28T10:00:00.000+01:00"),
         value("2020-02-28T10:00:00.000+01:00")),
    ],
)  # fmt: skip
def test_a_default_is_a_text_or_an_expression(
    cells: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert question(cells).default == expected


def test_required_is_always_never_or_where_an_expression_holds() -> None:
    form = questionnaire(
        row("text", "a", required="TRUE"), row("text", "b", required="no"),
        row("text", "c", required="${a} = 'x'", required_message="Please."),
    )  # fmt: skip

    assert [(q.required, q.required_if is None) for q in form.questions()] == [
        (True, True), (False, True), (False, False),
    ]  # fmt: skip
    assert form.by_code["c"].required_texts == {"en": "Please."}


def test_todays_date_stands_for_the_metadata_of_that_name() -> None:
    form = questionnaire(row("today", "today"), row("date", "q", constraint=". <= ${today}"))

    assert form.by_code["q"].constraint == op("<=", {"this": True}, op("today"))
