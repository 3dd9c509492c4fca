"""How the first kinds read what is typed, and what they name as a contradiction."""

from typing import Any

import pytest

from surveys.definition import QuestionKind
from surveys.kinds import Unreadable, kind_of
from surveys.kinds.base import Kind
from tests.surveys.tiny import OF_EVERY_KIND, choices, question


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12), (" 1 200 ", 1200), ("1,200", 1200), ("1.200.000", 1_200_000), ("-3", -3),
        ("١٢٠", 120), ("1\u202f200", 1200), ("+7", 7),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_as_people_write_it(typed: str, number: int) -> None:
    asked = OF_EVERY_KIND[QuestionKind.INTEGER]

    assert kind_of(asked).from_raw(asked, {"": [typed]}) == number


@pytest.mark.parametrize("typed", ["1.5", "1,200.500", "12a", "1 2", "²", "9" * 30, "--1", "1e3"])
def test_what_may_mean_another_number_is_not_guessed_at(typed: str) -> None:
    asked = OF_EVERY_KIND[QuestionKind.INTEGER]

    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, {"": [typed]})


@pytest.mark.parametrize("typed", ["2020-02-28", "28/02/2020", "28.2.2020", "٢٨/٠٢/٢٠٢٠"])
def test_a_date_is_read_with_the_day_first_or_the_year_first(typed: str) -> None:
    asked = OF_EVERY_KIND[QuestionKind.DATE]

    assert kind_of(asked).from_raw(asked, {"": [typed]}) == "2020-02-28"


@pytest.mark.parametrize("typed", ["31/02/2020", "2020-02-30", "tomorrow", "02/2020", "0/1/2020"])
def test_a_day_that_does_not_exist_is_no_date(typed: str) -> None:
    asked = OF_EVERY_KIND[QuestionKind.DATE]

    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, {"": [typed]})


def test_a_date_is_told_in_the_words_of_a_language() -> None:
    asked = OF_EVERY_KIND[QuestionKind.DATE]
    kind = kind_of(asked)

    assert kind.summary(asked, "2020-02-28", "en")[0].value == "28 February 2020"
    assert kind.summary(asked, "2020-02-28", "fr")[0].value == "28 février 2020"


def test_a_text_written_beside_other_chooses_it() -> None:
    for kind, expected in (
        (QuestionKind.CHOOSE_ONE, {"choice": "other", "text": "Violet"}),
        (QuestionKind.CHOOSE_MANY, [{"choice": "other", "text": "Violet"}]),
    ):
        asked = OF_EVERY_KIND[kind]
        assert kind_of(asked).from_raw(asked, {"-other": ["Violet"]}) == expected


def test_a_text_beside_other_is_not_dropped_when_something_else_is_chosen() -> None:
    asked = OF_EVERY_KIND[QuestionKind.CHOOSE_ONE]

    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, {"": ["red"], "-other": ["Violet"]})


def test_choices_are_kept_in_the_offered_order() -> None:
    asked = OF_EVERY_KIND[QuestionKind.CHOOSE_MANY]

    assert kind_of(asked).from_raw(asked, {"": ["blue", "red"]}) == ["red", "blue"]
    assert kind_of(asked).from_json(asked, ["blue", "red"]) == ["red", "blue"]


@pytest.mark.parametrize(
    ("kind", "stored", "expected"),
    [
        (QuestionKind.CHOOSE_ONE, "other", 1),
        (QuestionKind.CHOOSE_ONE, {"choice": "other", "text": "x"}, 0),
        (QuestionKind.CHOOSE_MANY, ["red", "none"], 1),
        (QuestionKind.CHOOSE_MANY, ["other", "none"], 2),
        (QuestionKind.CHOOSE_MANY, ["none"], 0),
        (QuestionKind.POINTS, {"water": 40, "health": 61}, 1),
        (QuestionKind.POINTS, {"water": 40, "health": 60}, 0),
        (QuestionKind.REPEAT, [{"id": "0a1b2c3d", "answers": {}}], 0),
    ],
)
def test_what_contradicts_itself_is_named(kind: QuestionKind, stored: Any, expected: int) -> None:
    asked = OF_EVERY_KIND[kind]

    assert len(kind_of(asked).problems(asked, stored)) == expected


@pytest.mark.parametrize(
    ("kind", "part", "whole"),
    [
        (QuestionKind.MATRIX, {"water": 4}, {"water": 4, "health": 1, "shelter": "dont_know"}),
        (QuestionKind.RANKING, ["a"], ["a", "b", "c"]),
    ],
)
def test_an_answer_in_parts_is_complete_with_the_last(
    kind: QuestionKind, part: Any, whole: Any
) -> None:
    asked = OF_EVERY_KIND[kind]

    assert not kind_of(asked).complete(asked, part)
    assert kind_of(asked).complete(asked, whole)


def test_a_gap_in_a_ranking_is_named_by_its_place() -> None:
    asked = OF_EVERY_KIND[QuestionKind.RANKING]

    with pytest.raises(Unreadable) as refusal:
        kind_of(asked).from_raw(asked, {"-1": ["a"], "-2": [""], "-3": ["c"]})

    assert refusal.value.message.values == {"place": 2}


def test_yes_and_no_have_words_where_the_question_brings_none() -> None:
    asked = question("active", QuestionKind.YES_NO)

    assert kind_of(asked).summary(asked, stored=True, language="fr")[0].value == "Oui"


def test_scales_have_an_order_of_their_own_and_lists_have_not() -> None:
    ordered = {kind for kind, behaviour in Kind.KINDS.items() if behaviour.scale}

    assert ordered == {QuestionKind.RATING, QuestionKind.MATRIX, QuestionKind.YES_NO}


def test_without_other_on_offer_a_text_for_it_is_passed_over() -> None:
    asked = question("plain", QuestionKind.CHOOSE_ONE, choices=choices("red"))

    assert kind_of(asked).from_raw(asked, {"-other": ["Violet"]}) is None
