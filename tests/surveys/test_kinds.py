"""Every kind keeps the same contract: what is given is stored, shown again, and told in words."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import Question, QuestionKind
from surveys.kinds import Raw, Unreadable, kind_of
from surveys.kinds.base import Kind
from tests.surveys.tiny import GIVEN, LANGUAGES, OF_EVERY_KIND, choices, question

EVERY = list(OF_EVERY_KIND.values())
ANSWERS = [(OF_EVERY_KIND[kind], value) for kind, values in GIVEN.items() for value in values]
IDS = [f"{q.kind}-{json.dumps(value)}" for q, value in ANSWERS]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def name(asked: Question) -> str:
    return str(asked.kind)


def test_every_kind_has_one_behaviour() -> None:
    assert set(Kind.KINDS) == set(QuestionKind)


@pytest.mark.parametrize(("asked", "value"), ANSWERS, ids=IDS)
def test_an_answer_given_as_json_is_stored_as_it_is(asked: Question, value: Any) -> None:
    stored = kind_of(asked).from_json(asked, value)

    assert stored == value
    assert type(stored) is type(value)


@pytest.mark.parametrize(("asked", "value"), ANSWERS, ids=IDS)
def test_what_a_page_shows_for_an_answer_is_read_as_the_same(asked: Question, value: Any) -> None:
    kind = kind_of(asked)

    raw = kind.to_raw(asked, value)

    assert kind.from_raw(asked, raw) == value
    assert set(raw) <= set(kind.suffixes(asked))


@pytest.mark.parametrize(("asked", "value"), ANSWERS, ids=IDS)
def test_an_answer_fills_its_columns_one_by_one(asked: Question, value: Any) -> None:
    kind = kind_of(asked)
    columns = kind.columns(asked)

    cells = kind.to_cells(asked, value)

    assert len(cells) == len(columns) == len({column.name for column in columns})
    assert any(cell is not None for cell in cells)
    assert all(cell is None or isinstance(cell, str | int) for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("asked", "value"), ANSWERS, ids=IDS)
def test_an_answer_is_told_in_words_of_each_language(
    asked: Question, value: Any, language: str
) -> None:
    lines = kind_of(asked).summary(asked, value, language)

    assert lines
    assert all(line.value for line in lines)
    others = [other for other in LANGUAGES if other != language]
    assert not any(f"({other})" in line.value + line.label for line in lines for other in others)


@pytest.mark.parametrize("asked", EVERY, ids=name)
def test_nothing_given_is_no_answer_and_fills_its_columns_with_nothing(asked: Question) -> None:
    kind = kind_of(asked)

    assert kind.from_raw(asked, {}) is None
    assert kind.from_raw(asked, {suffix: [" "] for suffix in kind.suffixes(asked)}) is None
    assert kind.from_raw(asked, kind.to_raw(asked, None)) is None
    assert kind.to_cells(asked, None) == [None] * len(kind.columns(asked))


REFUSED: dict[QuestionKind, list[Any]] = {
    QuestionKind.SHORT_TEXT: [12, ["a"], None, "x" * 501, "a\x00b", "a\u202eb", "\ud800"],
    QuestionKind.LONG_TEXT: [True, {"text": "a"}, "x" * 20_001, "a\x00b"],
    QuestionKind.INTEGER: ["12", 12.0, 1.5, True, None, 10**15 + 1],
    QuestionKind.CHOOSE_ONE: [
        "violet", 1, ["red"], {"choice": "red", "text": "x"}, {"choice": "other"},
        {"choice": "other", "text": 3}, {"choice": "other", "text": "x", "more": 1},
        {"choice": "other", "text": "x" * 501}, {"choice": "other", "text": "\x00"},
    ],
    QuestionKind.CHOOSE_MANY: ["red", ["violet"], ["red", "red"], [1], [["red"]], {"red": True}],
    QuestionKind.RATING: ["4", 6, 0, 4.0, True, "perhaps", [4], None],
    QuestionKind.MATRIX: [{"water": "4"}, {"water": 6}, {"fire": 4}, {"water": None}, [4], 4],
    QuestionKind.RANKING: [["a", "a"], ["a", "z"], list("abcd"), "a", [1], {"a": 1}],
    QuestionKind.POINTS: [
        {"water": "40"}, {"water": -1}, {"water": 101}, {"water": 1.5}, {"fire": 100},
        {"water": True}, [100],
    ],
    QuestionKind.DATE: ["28/02/2020", "2020-2-8", "20200228", "2020-02-30", "", "2020-W09-5", 2020],
    QuestionKind.YES_NO: ["yes", 1, 0, None, "true"],
    QuestionKind.NOTE: ["read", True, None],
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "value"),
    [(OF_EVERY_KIND[kind], value) for kind, values in REFUSED.items() for value in values],
    ids=lambda part: str(part.kind) if isinstance(part, Question) else None,
)
def test_json_of_another_shape_is_refused_with_a_sentence(asked: Question, value: Any) -> None:
    with pytest.raises(Unreadable) as refusal:
        kind_of(asked).from_json(asked, value)

    assert refusal.value.message.message.endswith(".")


@pytest.mark.parametrize("asked", EVERY, ids=name)
@given(value=JSON)
def test_no_json_does_more_harm_than_being_refused(asked: Question, value: Any) -> None:
    kind = kind_of(asked)
    try:
        stored = kind.from_json(asked, value)
    except Unreadable:
        return

    assert stored is None or kind.from_raw(asked, kind.to_raw(asked, stored)) == stored


@pytest.mark.parametrize("asked", EVERY, ids=name)
@given(data=st.data())
def test_whatever_is_typed_is_an_answer_or_unreadable(asked: Question, data: st.DataObject) -> None:
    kind = kind_of(asked)
    words = st.text(max_size=20) | st.sampled_from(["red", "other", "4", "a", "100", "yes", "-1"])
    typed: Raw = data.draw(
        st.dictionaries(
            st.sampled_from([*kind.suffixes(asked), "-forged"]), st.lists(words, max_size=3)
        )
    )
    try:
        stored = kind.from_raw(asked, typed)
    except Unreadable:
        return

    assert stored is None or kind.from_json(asked, stored) == stored
    assert stored is None or kind.summary(asked, stored, "en")


FORGED: dict[QuestionKind, Raw] = {
    QuestionKind.CHOOSE_ONE: {"": ["violet"]},
    QuestionKind.CHOOSE_MANY: {"": ["red", "violet"]},
    QuestionKind.RATING: {"": ["6"]},
    QuestionKind.MATRIX: {"-water": ["6"]},
    QuestionKind.RANKING: {"-1": ["z"]},
    QuestionKind.POINTS: {"-water": ["-5"]},
    QuestionKind.YES_NO: {"": ["perhaps"]},
}


@pytest.mark.parametrize("kind", FORGED, ids=str)
def test_a_forged_choice_is_never_an_answer(kind: QuestionKind) -> None:
    asked = OF_EVERY_KIND[kind]

    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, FORGED[kind])


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
