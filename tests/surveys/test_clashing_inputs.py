"""No two inputs of a questionnaire have one name: what would clash is refused before publishing."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from surveys.checks import Finding, Severity, findings
from surveys.checks.inputs import ITEM, clashing_inputs, input_names
from surveys.completeness import Entered
from surveys.definition import Choice, Question, QuestionKind, Questionnaire
from surveys.forms.answers import AnswerField, RepeatField, section_form
from surveys.services.readiness import obstacles
from surveys.xlsform import read
from tests.surveys.drafted import seated
from tests.surveys.everything import EVERYTHING
from tests.surveys.test_expressions import sentence
from tests.surveys.tiny import SCALE, asking, choices, question, section, tiny
from tests.surveys.xlsform_builder import row, xlsform

K = QuestionKind
OTHER = (*choices("red"), Choice(code="b", texts={"en": "Other"}, asks_text=True))
CODES = ("a", "a-b", "a-b-c", "a-1", "a-year", "a-new", "b", "b-c", "r", "r-b")
PARTS = ("b", "c", "b-c", "b-c-d", "1")


def errors(form: Questionnaire) -> list[Finding]:
    return [found for found in findings(form) if found.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("a-b", question("a", K.CHOOSE_ONE, choices=OTHER)),
        ("a-b", question("a", K.CHOOSE_MANY, choices=OTHER)),
        ("a-b", question("a", K.MATRIX, items=choices("b"), choices=SCALE)),
        ("a-b", question("a", K.POINTS, items=choices("b"), total=10)),
        ("a-b", question("a", K.RANKING, choices=choices("b", "c"), ties=True)),
        ("a-2", question("a", K.RANKING, choices=choices("b", "c"))),
        ("a-currency", question("a", K.MONEY)),
        ("a-month", question("a", K.MONTH)),
        ("a-time", question("a", K.DATE_TIME)),
        ("a-remove", question("a", K.FILE)),
        ("a-new", question("a", K.FILE)),
        ("a", question("a")),
    ],
)
def test_a_question_named_as_a_part_of_another_is_refused(code: str, other: Question) -> None:
    for form in (asking(other, question(code)), asking(question(code), other)):
        (found,) = errors(form)

        assert (found.code, found.field) == (code, "code")
        assert f"both be named “{code}”" in sentence(found.message)
        assert "Choose another code" in sentence(found.message)


def test_parts_of_two_questions_that_come_to_one_name_are_refused_once() -> None:
    first = question("a", K.MATRIX, items=choices("b-c", "b-d"), choices=SCALE)
    second = question("a-b", K.MATRIX, items=choices("c", "d"), choices=SCALE)

    (found,) = errors(asking(first, second))

    assert (found.code, found.field) == ("a-b", "code")


def test_two_lines_of_one_code_are_refused_where_the_question_is_mended() -> None:
    rows = question("a", K.POINTS, items=choices("b", "b"), total=10)
    texts = question("c", K.CHOOSE_MANY, choices=(*OTHER, *OTHER[1:]))

    found = errors(asking(rows, texts))

    assert [(one.code, one.field) for one in found] == [("a", "items"), ("c", "choices")]


def test_questions_of_two_sections_and_those_inside_a_repeat_are_compared() -> None:
    month, named = question("a", K.MONTH), question("a-year")
    apart = tiny(section("one", month), section("two", named))
    inside = asking(question("r", K.REPEAT, questions=(month, named)))
    beside = asking(question("r", K.REPEAT, questions=(month,)), named)

    assert [found.code for found in errors(apart)] == ["a-year"]
    assert [found.code for found in errors(inside)] == ["a-year"]
    assert errors(beside) == []


def test_a_choice_whose_code_looks_like_an_items_place_is_compared_with_it() -> None:
    odd = Choice(code="b/0a1b2c3d/c", texts={"en": "Odd"}, asks_text=True)
    form = asking(
        question("a", K.CHOOSE_ONE, choices=(*OTHER, odd)),
        question("a-b", K.REPEAT, questions=(question("c"),)),
    )

    assert [found.code for found in errors(form)] == ["a-b", "c"]


def test_a_form_with_names_that_clash_is_refused_at_the_row_to_mend() -> None:
    rows = [row("select_one colours", "a"), row("text", "a-other")]

    reading = read(xlsform(rows, [("colours", "red"), ("colours", "other")]))

    (problem,) = reading.errors
    assert (problem.sheet, problem.row, problem.column) == ("survey", 3, "name")
    assert reading.questionnaire is None


def test_a_draft_with_names_that_clash_cannot_be_published() -> None:
    form = asking(question("a", K.MONTH), question("a-year"))

    assert [obstacle.code for obstacle in obstacles(form, [])] == ["a-year"]


def test_the_check_knows_every_input_pages_have(app: Flask, session: Session) -> None:
    author = seated(app, session, EVERYTHING)
    shown: set[str] = set()
    for one in EVERYTHING.sections:
        page = author.get(f"/surveys/{EVERYTHING.code}/draft/preview/{one.code}").text
        shown |= set(re.findall(r'\sname="q_([^"]+)"', page.partition("<form")[2]))

    named = {re.sub(r"/(?:[0-9a-f]{8}|_[0-9a-f]{8}_)(?=/)", f"/{ITEM}", name) for name in shown}
    assert named
    assert named <= set(input_names(EVERYTHING))


ASKING = st.builds(
    lambda code, asks: Choice(code=code, texts={"en": code}, asks_text=asks),
    st.sampled_from(PARTS),
    st.booleans(),
)


def _questions(codes: Any, kinds: Any, inner: st.SearchStrategy[tuple[Question, ...]]) -> Any:
    """Questions of these kinds, whose codes often come to the same as another's with its parts."""

    def made(code: str, kind: QuestionKind, parts: list[Choice], *, ties: bool, of: Any) -> Any:
        return Question(
            uid=uuid4(), code=code, kind=kind, texts={"en": "?"}, ties=ties, choices=tuple(parts),
            items=tuple(parts) if kind in {K.MATRIX, K.POINTS} else (),
            questions=of if kind is K.REPEAT else (),
        )  # fmt: skip

    one = st.builds(
        made, st.sampled_from(codes), st.sampled_from(kinds), st.lists(ASKING, max_size=3),
        ties=st.booleans(), of=inner,
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=4, unique_by=lambda q: q.code).map(tuple)


INNER = _questions(
    ("i", "i-b", "i-year"), [K.MATRIX, K.MONTH, K.SHORT_TEXT, K.CHOOSE_ONE], st.just(())
)


def _boxes(fields: list[AnswerField]) -> Iterator[tuple[AnswerField, str]]:
    """Every input of these fields and of an item of each repeat: its field and its suffix."""
    for field in fields:
        if isinstance(field, RepeatField):
            yield field, ""
            for item in field.rows:
                yield from _boxes(item.fields)
        else:
            yield from ((field, suffix) for suffix in field.kind.inputs(field.question))


@given(_questions(CODES, list(K), INNER))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_passes_the_check_has_no_two_inputs_of_one_name(
    app: Flask, asked: tuple[Question, ...]
) -> None:
    codes = [inner.code for one in asked for inner in one.everything()]
    assume(len(set(codes)) == len(codes))
    form = asking(*asked)

    with app.test_request_context():
        page = section_form(
            form, uuid4(), form.sections[0], Entered({}, {}),
            formdata=None, rotation=0, edition=0,
        )  # fmt: skip
        names = [field.name + suffix for field, suffix in _boxes(page.answer_fields)]

    assert bool(list(clashing_inputs(form))) == (len(set(names)) < len(names))
