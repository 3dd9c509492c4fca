"""Which questions are asked: sections, groups and repeats decide for what stands inside them."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import Questionnaire
from surveys.logic import (
    CircularConditions,
    Place,
    Visibility,
    Worked,
    check_circles,
    plan_of,
    shown_codes,
    visibility,
)
from tests.surveys.written import asks, counts, form, group, items, offers, repeats, section

GROUPED = form(
    section("first", asks("a", "yes_no"), asks("b")),
    section(
        "second",
        asks("c"),
        asks("d", group="outer"),
        asks("e", group="inner"),
        asks("f", group="inner", relevant="${b} = 'x'"),
        relevant="${a} = 'yes'",
        groups=(group("outer", "${c} = 'in'"), group("inner", "${d} != ''", within="outer")),
    ),
    section("third", asks("g", relevant="${e} = 'deep'")),
)


def seen(questionnaire: Questionnaire, answers: dict[str, Any]) -> dict[str, str]:
    """The first letter of each question's visibility, by code."""
    return {code: one.value[0] for code, one in visibility(questionnaire, answers).items()}


def test_a_hidden_section_hides_all_inside_whatever_their_own_conditions_say() -> None:
    answers = {"a": False, "b": "x", "c": "in", "d": "1", "e": "deep"}

    assert shown_codes(GROUPED, answers) == {"a", "b"}


def test_a_hidden_group_hides_the_groups_inside() -> None:
    answers = {"a": True, "b": "x", "c": "out", "d": "1", "e": "deep"}

    assert shown_codes(GROUPED, answers) == {"a", "b", "c"}


def test_within_shown_groups_a_question_s_own_condition_decides() -> None:
    answers = {"a": True, "b": "y", "c": "in", "d": "1", "e": "deep"}

    assert shown_codes(GROUPED, answers) == {"a", "b", "c", "d", "e", "g"}


def test_what_is_inside_an_undetermined_group_is_undetermined_or_hidden() -> None:
    found = seen(GROUPED, {"a": True, "b": "y"})

    assert found == {**dict.fromkeys("abc", "s"), **dict.fromkeys("de", "u"), "f": "h", "g": "u"}


def test_a_section_is_hidden_as_soon_as_nothing_can_change_it() -> None:
    assert set(seen(GROUPED, {"a": False}).values()) == {"s", "h"}
    assert set(seen(GROUPED, {}).values()) == {"s", "u"}


HOUSEHOLD = form(
    asks("country"),
    repeats(
        "people",
        asks("name"),
        asks("age", "integer"),
        asks("school", relevant="${age} < 18 and ${country} = 'x'"),
        asks("first", relevant="position(..) = 1"),
        asks("grant", relevant="count(${people}) > 2"),
    ),
    asks("eldest", relevant="max(${age}) > 60"),
)


def places(worked: Worked) -> list[Place]:
    return [place for place in worked.places() if place.path]


def test_each_item_of_a_repeat_has_its_own_questions() -> None:
    answers = {"country": "x", "people": items({"age": 7}, {"age": 40}, {"age": 70})}

    worked = Worked(HOUSEHOLD, answers, final=True)

    assert [p.shown("school") for p in places(worked)] == [True, False, False]
    assert [p.shown("first") for p in places(worked)] == [True, False, False]
    assert [p.shown("grant") for p in places(worked)] == [True, True, True]
    assert worked.top.shown("eldest")


def test_from_outside_a_repeat_is_unknown_until_it_has_an_item() -> None:
    assert seen(HOUSEHOLD, {})["eldest"] == "u"
    assert seen(HOUSEHOLD, {"people": items({"age": 7})})["eldest"] == "h"
    assert seen(HOUSEHOLD, {"people": items({"age": 7}, {})})["eldest"] == "u"
    assert "eldest" not in shown_codes(HOUSEHOLD, {})


def test_items_in_which_a_question_is_hidden_are_not_seen_from_outside() -> None:
    questionnaire = form(
        repeats(
            "rows",
            asks("kept", "yes_no"),
            asks("amount", "integer", relevant="${kept} = 'yes'"),
        ),
        counts("total", "sum(${amount})"),
    )
    answers = {"rows": items({"kept": True, "amount": 3}, {"kept": False, "amount": 5})}

    assert Worked(questionnaire, answers, final=True).top.values["total"] == 3


def test_a_repeat_inside_another_sees_the_nearest_answers() -> None:
    questionnaire = form(
        repeats(
            "camps",
            asks("place"),
            repeats("tents", asks("beds", "integer"), asks("far", relevant="${place} = 'hill'")),
            counts("beds_here", "sum(${beds})"),
        ),
        counts("beds_all", "sum(${beds})"),
        counts("second", "indexed-repeat(${beds}, ${camps}, 1, ${tents}, 2)"),
    )
    answers = {
        "camps": items(
            {"place": "hill", "tents": items({"beds": 2}, {"beds": 3})},
            {"place": "sea", "tents": items({"beds": 10})},
        )
    }

    worked = Worked(questionnaire, answers, final=True)

    inner = [place for place in worked.places() if place.path == ("camps", "tents")]
    assert [place.shown("far") for place in inner] == [True, True, False]
    assert [place.name("beds") for place in inner][1] == "camps[1].tents[2].beds"
    assert [p.values["beds_here"] for p in worked.top.items["camps"]] == [5, 10]
    assert worked.top.values == {"beds_all": 15, "second": "3"}


@pytest.mark.parametrize(
    ("count", "stored", "expected"), [(2, 3, 2), (3, 1, 3), (0, 2, 0), (10**9, 0, 500), (-1, 1, 0)]
)
def test_a_repeat_asked_a_number_of_times_has_that_many_items(
    count: int, stored: int, expected: int
) -> None:
    questionnaire = form(
        asks("n", "integer"),
        repeats("rows", asks("x"), times="${n}"),
        counts("c", "count(${rows})"),
    )
    answers = {"n": count, "rows": items(*[{"x": "1"}] * stored)}

    worked = Worked(questionnaire, answers, final=True)

    assert len(worked.top.items["rows"]) == expected
    assert worked.top.values["c"] == expected


def test_calculated_values_are_worked_out_in_the_order_they_need_each_other() -> None:
    questionnaire = form(
        counts("c", "${b} + 1"),
        counts("b", "${a} * 2"),
        asks("a", "integer"),
        asks("many", relevant="${c} > 10"),
    )

    worked = Worked(questionnaire, {"a": 5}, final=True)

    assert worked.top.values == {"b": 10, "c": 11}
    assert worked.top.shown("many")
    assert seen(questionnaire, {})["many"] == "u"


def test_a_hidden_calculated_value_is_empty() -> None:
    questionnaire = form(
        asks("a", "yes_no"),
        counts("b", "5", relevant="${a} = 'yes'"),
        counts("c", "concat('<', ${b}, '>')"),
    )

    assert Worked(questionnaire, {"a": False}, final=True).top.values == {"c": "<>"}
    assert Worked(questionnaire, {"a": True}, final=True).top.values["c"] == "<5>"


@pytest.mark.parametrize(
    ("questionnaire", "codes"),
    [
        (form(asks("a", relevant="${b} = 1"), asks("b", relevant="${a} = 1")), ["a", "b"]),
        (form(counts("a", "${b}"), counts("b", "${a}"), counts("c", "${a}")), ["a", "b"]),
        (form(counts("a", "${a} + 1")), ["a"]),
        (form(section("s", asks("a"), relevant="${a} = 1")), ["s"]),
        (
            form(section("s", asks("a", group="g"), groups=(group("g", "${a} = 1"),))),
            ["g"],
        ),
        (form(repeats("r", asks("x"), times="count(${r})")), ["r"]),
        (form(repeats("r", asks("x"), relevant="${x} = 1")), ["r"]),
    ],
)
def test_what_waits_for_itself_is_named(questionnaire: Questionnaire, codes: list[str]) -> None:
    with pytest.raises(CircularConditions) as circle:
        plan_of(questionnaire)

    assert circle.value.codes == codes


def test_filters_that_wait_for_each_other_are_named_too() -> None:
    offered = offers("x", "y")
    questionnaire = form(
        asks("a", "choose_one", choices=offered, choice_filter="name != ${b}"),
        asks("b", "choose_one", choices=offered, choice_filter="name != ${a}"),
        asks("c", "choose_one", choices=offered, choice_filter="name != ${a}"),
    )

    with pytest.raises(CircularConditions) as circle:
        check_circles(questionnaire)

    assert circle.value.codes == ["a", "b"]


def test_a_long_chain_needs_no_deep_recursion() -> None:
    codes = [f"q{number}" for number in range(1500)]
    chain = [asks(code, relevant=f"${{{before}}} = 'yes'") for before, code in pairwise(codes)]

    shown = shown_codes(form(asks("q0"), *chain), dict.fromkeys(codes, "yes"))

    assert len(shown) == 1500


def test_calculations_that_double_each_other_are_stopped() -> None:
    chain = [counts(f"c{n}", f"concat(${{c{n - 1}}}, ${{c{n - 1}}})") for n in range(1, 900)]
    questionnaire = form(counts("c0", "'ab'"), *chain)

    worked = Worked(questionnaire, {}, final=True)

    assert max(len(str(value)) for value in worked.top.values.values()) <= 100_000
    assert worked.failed


def test_repeats_inside_repeats_are_bounded_together() -> None:
    deep = repeats(
        "a", repeats("b", repeats("c", asks("x"), times="500"), times="500"), times="500"
    )

    assert sum(1 for _place in Worked(form(deep), {}, final=True).places()) < 10_000


CODES = "abcdef"
CONDITIONS = st.one_of(
    st.builds(
        "${{{}}} {} '{}'".format,
        st.sampled_from(CODES),
        st.sampled_from(["=", "!="]),
        st.sampled_from(["", "x", "y"]),
    ),
    st.builds("count-selected(${{{}}}) > {}".format, st.sampled_from(CODES), st.integers(0, 2)),
)
EXPRESSIONS = st.one_of(
    CONDITIONS,
    st.builds("{} {} {}".format, CONDITIONS, st.sampled_from(["and", "or"]), CONDITIONS),
    st.builds("not({})".format, CONDITIONS),
)
ANSWERS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(["x", "y", "x y"]))


@given(st.lists(EXPRESSIONS, min_size=3, max_size=3), EXPRESSIONS, EXPRESSIONS, ANSWERS, ANSWERS)
def test_what_is_determined_stays_so_whatever_is_still_answered(
    own: list[str], around: str, further: str, answers: dict[str, Any], later: dict[str, Any]
) -> None:
    questionnaire = form(
        section("one", asks("a"), asks("b", relevant=own[0])),
        section(
            "two",
            asks("c"),
            asks("d", group="g", relevant=own[1]),
            groups=(group("g", further),),
            relevant=around,
        ),
        section("three", counts("e", own[2]), asks("f", relevant="${e} = 'true'")),
    )
    try:
        before = visibility(questionnaire, answers)
    except CircularConditions:
        return

    after = shown_codes(questionnaire, {**later, **answers})

    for code, one in before.items():
        assert one is not Visibility.SHOWN or code in after
        assert one is not Visibility.HIDDEN or code not in after
