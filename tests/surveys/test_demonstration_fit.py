"""The invented answers fit the questionnaire: kinds, lists, conditions and constraints."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from surveys.demonstration_answers import InventedResponse, invented_responses
from tests.surveys.demonstration_directory import directory
from tests.surveys.migration_sheet import Asked, questions

OPEN = ("priorities_reason", "challenges_practice", "invest_result", "open_comments")


def works(answers: dict[str, Any]) -> bool:
    return answers["migration_work"] is True


CONDITIONAL: dict[str, Callable[[dict[str, Any]], bool]] = {
    "migration_activities": works,
    "people_reached": works,
    "branches_migration": works,
    "strategy_adopted": lambda answers: answers["migration_strategy"] in {"own", "part"},
    "contributions": lambda answers: answers["interest"] != ["none"],
    "network_name": lambda answers: answers.get("network_member") is True,
}
"""When each conditional question is shown, in a test's own words."""


@pytest.fixture(scope="module")
def responses() -> list[InventedResponse]:
    return list(invented_responses(directory()))


def chosen(asked: Asked, value: Any) -> bool:
    """A code of the list, or an "other" with its text; never a bare "other"."""
    if isinstance(value, dict):
        return value.keys() == {"choice", "text"} and value["choice"] == "other" in asked.choices
    return value in asked.choices and value != "other"


def rated(asked: Asked, value: Any) -> bool:
    """A number of the scale, or a code beside it."""
    return str(value) in asked.choices and isinstance(value, int) is str(value).isdecimal()


def whole(_: Asked, value: Any) -> bool:
    return type(value) is int


def text(_: Asked, value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200


FITS: dict[str, Callable[[Asked, Any], bool]] = {
    "choose_one": chosen,
    "choose_many": lambda asked, value: value != [] and all(chosen(asked, v) for v in value),
    "rating": rated,
    "matrix": lambda asked, value: (
        list(value) == asked.items
        and all(type(v) is int and rated(asked, v) for v in value.values())
    ),
    "points": lambda asked, value: (
        list(value) == asked.items and all(whole(asked, v) for v in value.values())
    ),
    "ranking": lambda asked, value: (
        len(value) == len(set(value)) == asked.row["plenary_top"] and {*value} <= {*asked.choices}
    ),
    "yes_no": lambda _, value: isinstance(value, bool),
    "integer": whole,
    "date": lambda _, value: date.fromisoformat(value).isoformat() == str(value),
    "short_text": text,
    "long_text": text,
}
"""Whether a value has its kind's shape and names only what the workbook offers."""


def test_every_required_question_that_is_shown_is_answered(
    responses: list[InventedResponse],
) -> None:
    required = {code for code, asked in questions().items() if asked.row.get("required") == "yes"}

    for response in responses:
        answers = response.answers
        hidden = {code for code, shown in CONDITIONAL.items() if not shown(answers)}
        assert required - hidden <= answers.keys()


def test_what_a_condition_hides_is_left_out(responses: list[InventedResponse]) -> None:
    conditional = {code for code, asked in questions().items() if "relevant" in asked.row}

    assert conditional == CONDITIONAL.keys()
    for response in responses:
        answers = response.answers
        assert all(CONDITIONAL[code](answers) for code in conditional & answers.keys())
    for code in conditional:
        assert 0 < sum(code in response.answers for response in responses) < 51


def test_counts_keep_their_constraints(responses: list[InventedResponse]) -> None:
    for response in responses:
        answers = response.answers
        assert answers.get("people_reached", 0) >= 0
        if "branches_migration" in answers:
            assert 0 <= answers["branches_migration"] <= answers["branches_total"]


def test_every_answer_fits_its_question_in_the_workbook(responses: list[InventedResponse]) -> None:
    asked = questions()

    for response in responses:
        misfits = {
            c: v for c, v in response.answers.items() if not FITS[asked[c].kind](asked[c], v)
        }
        assert misfits == {}


def test_every_question_is_answered_by_someone(responses: list[InventedResponse]) -> None:
    answered = {code for response in responses for code in response.answers}

    assert answered == {code for code, asked in questions().items() if asked.kind != "note"}


def test_some_say_more_in_their_own_words_and_never_twice_the_same(
    responses: list[InventedResponse],
) -> None:
    said = [response.answers[q] for response in responses for q in OPEN if q in response.answers]

    assert len(said) >= 12
    assert len(set(said)) == len(said)
    assert sum("open_comments" in response.answers for response in responses) >= 12


def test_words_are_in_the_respondents_language(responses: list[InventedResponse]) -> None:
    for response in responses:
        for question in OPEN:
            text = response.answers.get(question, "")
            arabic = any("\u0621" <= letter <= "\u064a" for letter in text)
            assert arabic == (response.language == "ar" and text != "")
    assert {response.language for response in responses} == {"en", "fr", "es", "ar"}


def test_consent_varies_among_those_who_comment(responses: list[InventedResponse]) -> None:
    consents = {r.answers["consent_quote"] for r in responses if "open_comments" in r.answers}

    assert consents == {"named", "unnamed", "no"}
