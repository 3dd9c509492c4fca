"""A section's form keeps what was typed beside what it means, and leaves what it did not ask."""

from typing import Any
from uuid import uuid4

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from surveys.completeness import Entered
from surveys.definition import Question, QuestionKind, Questionnaire
from surveys.forms.answers import (
    PREFIX,
    AnswerField,
    SectionForm,
    form_answers,
    form_unread,
    section_form,
)
from tests.surveys.tiny import (
    ITEMS,
    OF_EVERY_KIND,
    SCALE,
    asking,
    choices,
    only_if,
    question,
    section,
    tiny,
)

ALL = asking(*OF_EVERY_KIND.values())
ACTIVE = OF_EVERY_KIND[QuestionKind.YES_NO]
COLOURS = OF_EVERY_KIND[QuestionKind.CHOOSE_MANY].model_copy(
    update={"relevant": only_if("active", "yes")}
)


def bound(
    form: Questionnaire, sent: Any = None, entered: Entered | None = None, rotation: int = 0
) -> SectionForm:
    return section_form(
        form,
        uuid4(),
        form.sections[-1],
        entered or Entered({}, {}),
        formdata=None if sent is None else MultiDict(sent),
        rotation=rotation,
        edition=0,
    )


def the_field(form: SectionForm, code: str) -> AnswerField:
    return next(field for field in form.answer_fields if field.question.code == code)


def test_what_cannot_be_read_is_kept_beside_what_can(app: Flask) -> None:
    with app.test_request_context():
        form = bound(ALL, {"q_staff": "twelve", "q_name": "Clinics"})

        assert form_answers(form)["name"] == "Clinics"
        assert form_answers(form)["staff"] is None
        assert form_unread(form) == {"staff": {"": ["twelve"]}}


def test_what_could_not_be_read_is_shown_again(app: Flask) -> None:
    with app.test_request_context():
        form = bound(ALL, entered=Entered({}, {"staff": {"": ["twelve"]}}))

        assert the_field(form, "staff").typed() == "twelve"


def test_fields_that_no_question_has_are_passed_over(app: Flask) -> None:
    with app.test_request_context():
        form = bound(ALL, {"q_forged": "x", "organisation_id": "x", "state": "submitted"})

        assert set(form_answers(form)) == {q.code for q in ALL.questions() if q.asks}
        assert not any(form_answers(form).values())


def test_an_answer_hidden_by_another_section_is_left_as_it_is(app: Flask) -> None:
    form = tiny(section("first", ACTIVE), section("second", COLOURS, question("name")))
    held = Entered({"active": False, "colours": ["red"]}, {})
    with app.test_request_context():
        sent = bound(form, {"q_name": "x"}, held)

        assert form_answers(sent) == {"name": "x"}
        assert the_field(sent, "colours").stored == ["red"]


def test_unmarking_everything_clears_an_answer_that_the_page_asked(app: Flask) -> None:
    form = tiny(section("first", ACTIVE), section("second", COLOURS))
    held = Entered({"active": True, "colours": ["red"]}, {})
    with app.test_request_context():
        sent = bound(form, {"asked": "colours"}, held)

        assert form_answers(sent) == {"colours": None}


def test_a_page_carries_the_conditions_that_its_own_answers_decide(app: Flask) -> None:
    with app.test_request_context():
        form = bound(asking(ACTIVE, COLOURS))

        assert the_field(form, "colours").follows
        assert form.logic is not None
        assert [step["key"] for step in form.logic["steps"]] == ["colours"]


def test_a_condition_on_another_section_is_settled_by_the_server(app: Flask) -> None:
    form = tiny(section("first", ACTIVE), section("second", COLOURS))
    with app.test_request_context():
        hidden = the_field(bound(form, entered=Entered({"active": False}, {})), "colours")
        shown = the_field(bound(form, entered=Entered({"active": True}, {})), "colours")

        assert (hidden.hidden_now, shown.hidden_now) == (True, False)
        assert not shown.follows


def order(app: Flask, asked: Question, rotation: int) -> tuple[str, str]:
    with app.test_request_context():
        field = the_field(bound(asking(asked), rotation=rotation), asked.code)
        return "".join(c.code[0] for c in field.choices), "".join(c.code[0] for c in field.items)


def test_lists_and_rows_are_rotated_and_scales_never(app: Flask) -> None:
    listed = question("l", QuestionKind.CHOOSE_ONE, choices=choices(*"abc", "other"), rotate=True)
    matrix = question("m", QuestionKind.MATRIX, choices=SCALE, items=ITEMS, rotate=True)
    rating = question("r", QuestionKind.RATING, choices=SCALE, rotate=True)

    assert order(app, listed, 1) == ("bcao", "")
    assert order(app, matrix, 1) == ("12345d", "hsw")
    assert order(app, rating, 1) == ("12345d", "")


def test_a_list_that_is_not_to_be_rotated_stays(app: Flask) -> None:
    listed = question("l", QuestionKind.CHOOSE_ONE, choices=choices(*"abc"))

    assert order(app, listed, 1)[0] == "abc"


NAMES = st.sampled_from(
    [
        PREFIX + asked.code + suffix
        for asked in OF_EVERY_KIND.values()
        for suffix in ("", "-other", "-water", "-1", "-2")
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sent=st.dictionaries(NAMES, st.text(max_size=12), max_size=12))
def test_each_thing_typed_is_an_answer_or_kept_unread(app: Flask, sent: dict[str, str]) -> None:
    with app.test_request_context():
        form = bound(ALL, sent)

        for field in form.answer_fields:
            if field.unreadable is not None:
                assert field.stored is None
                assert form_unread(form)[field.question.code] == field.raw
