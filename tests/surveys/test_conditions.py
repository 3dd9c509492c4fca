"""Conditions: what must hold whatever the tree and the answers; the shared vectors aside."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.conditions import (
    CircularConditions,
    bound,
    evaluate,
    in_order,
    of_answers,
    references,
)
from surveys.logic import Visibility, shown_codes, visibility
from tests.surveys.questionnaire_builder import Tree, asking, op, ref, value

CODES = ("a", "b", "c", "d")
TWO = ("=", "!=", "<", "<=", ">", ">=", "selected", "+", "-")
ANSWERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["yes", "no", "x", "4", "dont_know"]),
    st.lists(st.sampled_from(["x", "y", "other"]), max_size=3),
    st.just({"choice": "other", "text": "boats"}),
    st.dictionaries(st.sampled_from(["item"]), st.integers(1, 5), max_size=1),
)


LITERALS: list[str | float] = ["yes", "x", "", "4", 0, 4, 2.5]


def trees(codes: tuple[str, ...]) -> st.SearchStrategy[Tree]:
    leaves = st.one_of(
        st.sampled_from(codes).map(ref) if codes else st.nothing(),
        st.sampled_from(LITERALS).map(value),
        st.just({"this": True}),
    )

    def larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        joined = st.lists(inner, min_size=2, max_size=4)
        return st.one_of(
            st.builds(op, st.sampled_from(TWO), inner, inner),
            st.builds(op, st.sampled_from(["not", "count_selected", "-"]), inner),
            st.builds(lambda name, args: op(name, *args), st.sampled_from(["and", "or"]), joined),
        )

    return st.recursive(leaves, larger, max_leaves=12)


@given(trees(CODES), st.dictionaries(st.sampled_from(CODES), ANSWERS), ANSWERS)
def test_every_tree_has_a_value_whatever_the_answers(
    tree: Tree, answers: dict[str, Any], this: Any
) -> None:
    assert isinstance(evaluate(tree, of_answers(answers, this)), str | float | bool | tuple)


@given(
    trees(CODES), st.dictionaries(st.sampled_from(CODES), ANSWERS), st.sets(st.sampled_from(CODES))
)
def test_binding_what_a_page_lacks_changes_no_value(
    tree: Tree, answers: dict[str, Any], kept: set[str]
) -> None:
    settled = bound(tree, answers, keep=frozenset(kept))

    assert references(settled) <= kept
    assert str(evaluate(settled, of_answers(answers))) == str(evaluate(tree, of_answers(answers)))


@given(
    trees(("a",)),
    trees(("a", "b")),
    trees(("a", "b", "c")),
    st.dictionaries(st.sampled_from(CODES), ANSWERS),
    st.dictionaries(st.sampled_from(CODES), ANSWERS),
)
def test_what_is_determined_stays_so_whatever_is_still_answered(
    for_b: Tree, for_c: Tree, for_d: Tree, answers: dict[str, Any], later: dict[str, Any]
) -> None:
    questionnaire = asking("a b c d", {"b": for_b, "c": for_c, "d": for_d})
    given_now = {
        code: answer for code, answer in answers.items() if answer not in (None, "", [], {})
    }

    before = visibility(questionnaire, given_now)
    after = shown_codes(questionnaire, {**later, **given_now})

    for code, seen in before.items():
        assert seen is not Visibility.SHOWN or code in after
        assert seen is not Visibility.HIDDEN or code not in after


def test_at_the_end_a_missing_answer_is_empty() -> None:
    questionnaire = asking(
        "a b c", {"b": op("=", ref("a"), value("yes")), "c": op("!=", ref("a"), value("yes"))}
    )

    assert shown_codes(questionnaire, {}) == {"a", "c"}


def test_an_answer_to_a_hidden_question_decides_nothing() -> None:
    questionnaire = asking(
        "a b c", {"b": op("=", ref("a"), value("yes")), "c": op("=", ref("b"), value("x"))}
    )

    assert shown_codes(questionnaire, {"a": False, "b": "x"}) == {"a"}


def test_conditions_in_a_circle_are_named_without_those_behind_it() -> None:
    needs = {"a": frozenset({"b"}), "b": frozenset({"a"}), "c": frozenset({"a"})}

    with pytest.raises(CircularConditions) as circle:
        in_order(needs)

    assert circle.value.codes == ["a", "b"]


def test_a_long_chain_of_conditions_needs_no_deep_recursion() -> None:
    codes = [f"q{number}" for number in range(1500)]
    relevant = {code: op("=", ref(before), value("yes")) for before, code in pairwise(codes)}
    questionnaire = asking(" ".join(codes), relevant)

    assert len(shown_codes(questionnaire, dict.fromkeys(codes, "yes"))) == 1500
