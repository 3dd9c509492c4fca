"""What stands between answers and submitting them; saving never asks."""

from typing import Any

import pytest

from surveys.completeness import (
    Entered,
    SectionState,
    all_problems,
    counted,
    problems_of,
    section_states,
)
from surveys.definition import QuestionKind
from tests.surveys.tiny import ITEMS, OF_EVERY_KIND, SCALE, asking, only_if, question, section, tiny

NEEDED = question("needed", required=True)
ACTIVE = OF_EVERY_KIND[QuestionKind.YES_NO]
WHY = question("why", required=True, relevant=only_if("active", "yes"))
MATRIX = question("matrix", QuestionKind.MATRIX, required=True, choices=SCALE, items=ITEMS)


def problems(answers: dict[str, Any], unread: dict[str, Any] | None = None) -> list[str]:
    form = asking(NEEDED, ACTIVE, WHY)
    found = problems_of(form, form.sections[0], Entered(answers, unread or {}))
    return [problem.question.code for problem in found]


def test_a_required_answer_that_is_missing_is_named() -> None:
    assert problems({}) == ["needed"]


@pytest.mark.parametrize(("active", "missing"), [(True, ["why"]), (False, [])])
def test_a_required_answer_is_missing_only_while_it_is_asked(
    active: bool,  # noqa: FBT001 -- a parameter of the test
    missing: list[str],
) -> None:
    assert problems({"needed": "x", "active": active}) == missing


def test_what_a_hidden_question_holds_is_no_problem_and_does_not_count() -> None:
    answers = {"needed": "x", "active": False, "why": "kept"}

    assert problems(answers, {"why": {"": ["unreadable"]}}) == []
    assert counted(asking(NEEDED, ACTIVE, WHY), answers) == {"needed": "x", "active": False}


def test_what_cannot_be_read_is_a_problem_even_of_an_optional_question() -> None:
    form = asking(question("staff", QuestionKind.INTEGER))

    found = all_problems(form, Entered({}, {"staff": {"": ["twelve"]}}))

    assert not found["only"][0].missing


def test_a_matrix_with_rows_to_go_is_unfinished_and_not_wrong() -> None:
    form = asking(MATRIX)

    found = all_problems(form, Entered({"matrix": {"water": 4}}, {}))["only"]

    assert [problem.missing for problem in found] == [True]


def test_an_optional_matrix_may_stay_unfinished() -> None:
    form = asking(MATRIX.model_copy(update={"required": False}))

    assert all_problems(form, Entered({"matrix": {"water": 4}}, {})) == {}


def test_a_rule_of_the_questionnaire_speaks_in_its_own_words() -> None:
    rule = {"op": "<=", "args": [{"this": True}, {"ref": "staff"}]}
    staff = question("staff", QuestionKind.INTEGER)
    paid = question(
        "paid", QuestionKind.INTEGER, constraint=rule, constraint_texts={"en": "Not more."}
    )

    found = all_problems(asking(staff, paid), Entered({"staff": 5, "paid": 6}, {}))["only"]

    assert [(p.question.code, p.texts) for p in found] == [("paid", {"en": "Not more."})]
    assert all_problems(asking(staff, paid), Entered({"staff": 5, "paid": 5}, {})) == {}


def states(answers: dict[str, Any], editions: dict[str, int]) -> list[str]:
    form = tiny(
        section("first", NEEDED, ACTIVE),
        section("second", question("free")),
        section("third", WHY),
    )
    return list(section_states(form, Entered(answers, {}), editions).values())


def test_sections_tell_how_far_they_are() -> None:
    empty, begun, done = SectionState.EMPTY, SectionState.IN_PROGRESS, SectionState.COMPLETE

    assert states({}, {}) == [empty, empty, empty]
    assert states({"active": True}, {"first": 1}) == [begun, empty, empty]
    assert states({"active": True, "needed": "x"}, {"first": 1}) == [done, empty, empty]


def test_a_section_of_optional_questions_is_complete_once_it_was_saved() -> None:
    assert states({}, {"second": 1})[1] == SectionState.COMPLETE


def test_a_section_in_which_nothing_is_asked_is_said_not_to_be() -> None:
    assert states({"active": False}, {})[2] == SectionState.NOT_ASKED


def test_a_contradiction_needs_attention() -> None:
    shares = OF_EVERY_KIND[QuestionKind.POINTS]

    found = section_states(asking(shares), Entered({"shares": {"water": 99}}, {}), {"only": 1})

    assert found == {"only": SectionState.ATTENTION}


def test_answers_that_count_come_in_the_order_asked() -> None:
    form = asking(question("a"), question("b"), question("c"))

    assert list(counted(form, {"c": "3", "b": None, "a": "1", "gone": "x"})) == ["a", "c"]
