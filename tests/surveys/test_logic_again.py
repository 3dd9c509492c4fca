"""Working the same answers out again: the same result, but never another's."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from surveys.logic import Visibility, worked_out
from tests.surveys.written import asks, form, section

FORM = form(section("only", asks("a"), asks("b", relevant="${a} = 'x' or today() > '2026-01-31'")))
LIKE_IT = form(section("only", asks("a"), asks("b", relevant="${a} != 'x'")))
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
ANSWERS = st.sampled_from([{}, {"a": "x"}, {"a": "y"}, {"a": "y", "b": "z"}])


def seen(questionnaire: Any, answers: dict[str, Any], now: datetime, *, final: bool) -> Visibility:
    return worked_out(questionnaire, answers, final=final, now=now).top.seen("b")


@given(
    st.lists(
        st.tuples(
            st.sampled_from([FORM, LIKE_IT]),
            ANSWERS,
            st.sampled_from([NOON, NOON + timedelta(days=1)]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_whatever_was_asked_before_the_result_is_of_what_is_asked(asked: list[Any]) -> None:
    for questionnaire, answers, now, final in asked:
        meets = answers.get("a") == "x"
        holds = (meets or now > NOON) if questionnaire is FORM else not meets
        open_still = not final and "a" not in answers and (questionnaire is LIKE_IT or now == NOON)
        expected = Visibility.UNDETERMINED if open_still else _visibility(holds)

        assert seen(questionnaire, answers, now, final=final) is expected


def _visibility(holds: bool) -> Visibility:  # noqa: FBT001  # a value
    return Visibility.SHOWN if holds else Visibility.HIDDEN


def test_a_request_that_asks_twice_works_out_once() -> None:
    first = worked_out(FORM, {"a": "x"}, final=True, now=NOON)
    worked_out(FORM, {"a": "x"}, final=False, now=NOON)

    assert worked_out(FORM, {"a": "x"}, final=True, now=NOON) is first


def test_answers_changed_in_place_are_worked_out_anew() -> None:
    answers = {"a": "x"}
    worked_out(FORM, answers, final=True, now=NOON)
    answers["a"] = "y"

    assert seen(FORM, answers, NOON, final=True) is Visibility.HIDDEN
