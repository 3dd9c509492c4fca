"""What kinds read and refuse beyond the contract all keep: numbers, moments, places, items."""

from typing import Any

import pytest

from surveys.definition import QuestionKind
from surveys.kinds import Raw, Unreadable, kind_of
from tests.surveys.tiny import BESIDE, FILE, OF_EVERY_KIND, SLIDER, TIED, question


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12.5", 12.5), ("12,5", 12.5), ("1 200,5", 1200.5), ("1,200.5", 1200.5), ("-0.5", -0.5),
        ("1.200,5", 1200.5), ("١٢٫٥", 12.5), ("1٬200", 1200), ("1.200.000", 1_200_000), (".5", 0.5),
        ("0,125", 0.125), ("1.2500", 1.25), ("12", 12), ("1’200.75", 1200.75), ("5.", 5),
    ],
)  # fmt: skip
def test_a_decimal_number_is_read_as_people_write_it(typed: str, number: float) -> None:
    asked = OF_EVERY_KIND[QuestionKind.DECIMAL]

    assert kind_of(asked).from_raw(asked, {"": [typed]}) == number


@pytest.mark.parametrize(
    "typed", ["1,200", "1.200", "12.5 kg", "1e3", "1,2,3", "1.200,000,5", "--1", "9" * 50, "½", "."]
)
def test_a_number_that_could_be_another_is_asked_for_again(typed: str) -> None:
    asked = OF_EVERY_KIND[QuestionKind.DECIMAL]

    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, {"": [typed]})


@pytest.mark.parametrize(
    ("typed", "number"), [("40 %", 40), ("40%", 40), ("٤٠٪", 40), ("7,5", 7.5)]
)
def test_a_percentage_is_read_with_or_without_its_sign(typed: str, number: float) -> None:
    asked = OF_EVERY_KIND[QuestionKind.PERCENT]

    assert kind_of(asked).from_raw(asked, {"": [typed]}) == number


@pytest.mark.parametrize("typed", ["101", "-1", "%"])
def test_what_is_no_percentage_is_told(typed: str) -> None:
    asked = OF_EVERY_KIND[QuestionKind.PERCENT]

    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, {"": [typed]})


def test_an_amount_needs_a_currency_unless_there_is_only_one() -> None:
    asked = OF_EVERY_KIND[QuestionKind.MONEY]
    alone = asked.model_copy(update={"currencies": ("CHF",)})

    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, {"": ["5"]})
    assert kind_of(alone).from_raw(alone, {"": ["5"]}) == {"amount": 5, "currency": "CHF"}


def test_without_currencies_of_its_own_a_question_offers_all_in_use() -> None:
    asked = question("any", QuestionKind.MONEY)

    read = kind_of(asked).from_raw(asked, {"": ["5"], "-currency": ["MVR"]})

    assert read == {"amount": 5, "currency": "MVR"}
    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, {"": ["5"], "-currency": ["DEM"]})


@pytest.mark.parametrize(
    ("typed", "offered"), [("3", False), ("11", False), ("0", True), ("8", True)]
)
def test_a_number_with_a_range_is_one_of_its_steps(typed: str, *, offered: bool) -> None:
    kind = kind_of(SLIDER)

    if offered:
        assert kind.from_raw(SLIDER, {"": [typed]}) == int(typed)
        return
    with pytest.raises(Unreadable):
        kind.from_raw(SLIDER, {"": [typed]})
    with pytest.raises(Unreadable):
        kind.from_json(SLIDER, int(typed))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("14:30", "14:30"), ("9.05", "09:05"), ("١٤:٣٠", "14:30"), ("14h30", "14:30"),
        ("14:30:59", "14:30"),
    ],
)  # fmt: skip
def test_a_time_is_read_to_the_minute(typed: str, stored: str) -> None:
    asked = OF_EVERY_KIND[QuestionKind.TIME]

    assert kind_of(asked).from_raw(asked, {"": [typed]}) == stored


@pytest.mark.parametrize(
    ("kind", "half"),
    [
        (QuestionKind.MONTH, {"-month": ["02"]}),
        (QuestionKind.MONTH, {"-year": ["2020"]}),
        (QuestionKind.DATE_TIME, {"": ["2020-02-28"]}),
        (QuestionKind.DATE_TIME, {"-time": ["14:30"]}),
    ],
)
def test_half_of_a_moment_is_not_dropped(kind: QuestionKind, half: Raw) -> None:
    asked = OF_EVERY_KIND[kind]

    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, half)


@pytest.mark.parametrize(
    ("kind", "stored", "seen"),
    [
        (QuestionKind.DECIMAL, 12.0, "12"),
        (QuestionKind.DECIMAL, 1e-7, "0.0000001"),
        (QuestionKind.INTEGER, -3, "-3"),
        (QuestionKind.MONEY, {"amount": 12.5, "currency": "CHF"}, "12.5"),
        (QuestionKind.MONTH, "2020-02", "2020-02-01"),
        (QuestionKind.TIME, "14:30", "14:30:00.000"),
        (QuestionKind.DATE_TIME, "2020-02-28T14:30", "2020-02-28T14:30:00.000+00:00"),
        (QuestionKind.ACKNOWLEDGE, True, "OK"),
        (QuestionKind.YES_NO, False, "no"),
        (QuestionKind.CHOOSE_ONE, {"choice": "other", "text": "x"}, "other"),
        (QuestionKind.CHOOSE_MANY, ["red", {"choice": "other", "text": "x"}], "red other"),
        (QuestionKind.RANKING, ["e", "b"], "e b"),
        (QuestionKind.FILE, FILE, FILE["name"]),
        (QuestionKind.REPEAT, [{"id": "0a1b2c3d", "answers": {}}], ("0a1b2c3d",)),
        (QuestionKind.MATRIX, {"water": 4}, ""),
    ],
)
def test_expressions_see_what_a_form_of_xforms_would_hold(
    kind: QuestionKind, stored: Any, seen: object
) -> None:
    asked = OF_EVERY_KIND[kind]

    assert kind_of(asked).value(asked, stored) == seen


def test_tied_places_are_seen_in_their_order() -> None:
    assert kind_of(TIED).value(TIED, ["e", ["a", "c"], "b"]) == "e a c b"
    assert kind_of(TIED).from_raw(TIED, {"-a": ["2"], "-c": ["2"], "-e": ["1"], "-b": ["4"]}) == [
        "e", ["a", "c"], "b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value", [[["a", "z"]], [["a", "a"]], [[]], ["a", ["a"]], [["a", 1]], [[["a"]]]]
)
def test_a_shared_place_holds_offered_choices_once(value: Any) -> None:
    with pytest.raises(Unreadable):
        kind_of(TIED).from_json(TIED, value)


def test_where_no_ties_are_allowed_no_place_is_shared() -> None:
    asked = OF_EVERY_KIND[QuestionKind.RANKING]

    with pytest.raises(Unreadable):
        kind_of(asked).from_json(asked, [["a", "b"]])


def test_any_choice_may_ask_for_a_text_and_other_need_not() -> None:
    kind = kind_of(BESIDE)

    read = kind.from_raw(BESIDE, {"": ["other"], "-law": ["New  act"]})

    assert read == [{"choice": "law", "text": "New act"}, "other"]
    assert kind.problems(BESIDE, ["money"])
    assert not kind.problems(BESIDE, ["other"])
    assert [column.name for column in kind.columns(BESIDE)][-2:] == [
        "reasons.law_text", "reasons.money_text",
    ]  # fmt: skip


def test_an_item_that_cannot_be_read_leaves_the_others_standing() -> None:
    asked = OF_EVERY_KIND[QuestionKind.REPEAT]
    raw = {
        "": ["0a1b2c3d", "ffffffff"],
        "/0a1b2c3d/since": ["long ago"],
        "/0a1b2c3d/partner": ["Clinic"],
        "/ffffffff/since": ["2015"],
    }

    with pytest.raises(Unreadable) as refusal:
        kind_of(asked).from_raw(asked, raw)

    assert refusal.value.keeps == [
        {"id": "0a1b2c3d", "answers": {"partner": "Clinic"}},
        {"id": "ffffffff", "answers": {"since": 2015}},
    ]


def test_items_given_in_a_file_get_ids() -> None:
    asked = OF_EVERY_KIND[QuestionKind.REPEAT]

    stored = kind_of(asked).from_json(asked, [{"partner": "Clinic"}, {"since": 2015}])

    assert [item["answers"] for item in stored] == [{"partner": "Clinic"}, {"since": 2015}]
    assert len({item["id"] for item in stored}) == 2


def test_a_refused_upload_is_told_and_the_earlier_file_stands() -> None:
    asked = OF_EVERY_KIND[QuestionKind.FILE]
    kind = kind_of(asked)
    raw = kind.to_raw(asked, FILE)

    with pytest.raises(Unreadable) as refusal:
        kind.from_raw(asked, {**raw, "-refused": ["large"]})

    assert refusal.value.keeps == FILE
    assert "%(most)s MB" in refusal.value.message.message
    assert kind.from_raw(asked, {**raw, "-remove": ["1"]}) is None
