"""Tables of a small page say of every choice on it what the expressions themselves say."""

from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from surveys.definition import Question, Questionnaire
from surveys.kinds import kind_of
from surveys.kinds.base import MOST_WAYS
from surveys.logic import Visibility, Worked, movement, plan_of, tables, visibility
from tests.surveys.tiny import OF_EVERY_KIND
from tests.surveys.written import asks, counts, form, group, offers, repeats, section

CONDITIONS = st.recursive(
    st.one_of(
        st.builds(
            "${{{}}} {} '{}'".format,
            st.sampled_from(["one", "step", "before"]),
            st.sampled_from(["=", "!="]),
            st.sampled_from(["a", "b", "1", "2", ""]),
        ),
        st.builds("selected(${{many}}, '{}')".format, st.sampled_from("ab")),
        st.builds("count-selected(${{many}}) > {}".format, st.integers(0, 2)),
    ),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("not({})".format, inner),
    ),
    max_leaves=4,
)
DECIDING = (
    asks("one", "choose_one", choices=offers("a", "b")),
    asks("step", "rating", choices=offers("1", "2")),
    asks("many", "choose_many", choices=offers("a", "b")),
)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """One section after another: what is asked in the second depends on both."""
    return form(
        section("zero", asks("before")),
        section(
            "only",
            *DECIDING,
            asks("then", "yes_no", relevant=draw(CONDITIONS)),
            asks("after", relevant=f"({draw(CONDITIONS)}) or ${{then}} = 'yes'"),
            asks("inside", group="part"),
            groups=(group("part", draw(CONDITIONS)),),
        ),
    )


def ways(question: Question) -> list[tuple[tuple[str, ...], Any]]:
    """(codes, stored answer) of every way to answer."""
    kind = kind_of(question)
    return [(way, kind.from_raw(question, {"": list(way)})) for way in kind.ways(question)]


def hidden_by(made: list[dict[str, Any]], chosen: dict[str, tuple[str, ...]]) -> dict[str, bool]:
    """Each question's place in the tables, as the page's script looks it up."""
    found: dict[str, bool] = {}
    for table in made:
        place = sum(by[one] for code, by in table["by"].items() for one in chosen[code])
        found |= {code: flags[place] == "1" for code, flags in table["hidden"].items()}
    return found


@settings(max_examples=60)
@given(questionnaires(), st.sampled_from([None, "a", "1"]))
def test_tables_and_expressions_agree_on_every_way_to_answer(
    questionnaire: Questionnaire, before: str | None
) -> None:
    own = questionnaire.sections[1]
    follows = movement(plan_of(questionnaire), own).follows
    made = tables(Worked(questionnaire, {"before": before}, final=True), own)
    assume(made is not None)
    deciding = [questionnaire.anywhere[code] for code in ("one", "step", "many", "then")]

    for chosen in product(*map(ways, deciding)):
        codes = {q.code: way for q, (way, _s) in zip(deciding, chosen, strict=True)}
        answers = {q.code: stored for q, (_w, stored) in zip(deciding, chosen, strict=True)}
        seen = visibility(questionnaire, {"before": before, **answers})
        expected = {code: seen[code] is Visibility.HIDDEN for code in follows}
        assert hidden_by(made or [], codes) == expected


@pytest.mark.parametrize("kind", OF_EVERY_KIND)
def test_the_place_of_a_way_is_the_sum_of_its_codes(kind: str) -> None:
    question = OF_EVERY_KIND[kind]  # type: ignore[index]  # kinds are their texts
    all_ways = kind_of(question).ways(question)

    places = {way[0]: place for place, way in enumerate(all_ways) if len(way) == 1}

    assert [sum(places[code] for code in way) for way in all_ways] == list(range(len(all_ways)))


def test_more_ways_than_can_be_counted_out_are_none() -> None:
    seven = asks("many", "choose_many", choices=offers(*"abcdefg"))
    fitting = asks("many", "choose_many", choices=offers(*"abcdef"))

    assert kind_of(seven).ways(seven) == []
    assert len(kind_of(fitting).ways(fitting)) == MOST_WAYS


def test_a_page_on_which_nothing_moves_has_no_tables() -> None:
    questionnaire = form(section("only", *DECIDING))

    assert tables(Worked(questionnaire, {}, final=True), questionnaire.sections[0]) == []


@pytest.mark.parametrize(
    "more",
    [
        (asks("then", relevant="${figure} > 1"),),
        (asks("then", relevant="${one} = 'a' and today() > '2020-01-01'"),),
        (asks("then", relevant="${one} = 'a'", warning=". != ''"),),
        (counts("then", "${one}"),),
        (repeats("rows", asks("then", relevant="${one} = 'a'")),),
        (asks("then", relevant="${one} = 'a'"), repeats("rows", asks("x"))),
        (asks("then", "choose_one", choices=offers("a"), choice_filter="${one} = name"),),
        (
            asks("other", "choose_many", choices=offers(*"abcdef")),
            asks("then", relevant="selected(${other}, 'a') and ${one} = 'a'"),
        ),
    ],
    ids=["a figure", "the day", "a doubt", "a sum", "in items", "beside items", "a filter", "many"],
)
def test_what_tables_cannot_say_is_left_to_the_expressions(more: tuple[Question, ...]) -> None:
    questionnaire = form(section("only", *DECIDING, asks("figure", "integer"), *more))

    assert tables(Worked(questionnaire, {}, final=True), questionnaire.sections[0]) is None
