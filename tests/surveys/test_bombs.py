"""Expressions built to take long: each is refused, or answered within its bounds.

Nothing here looks at a clock. What bounds the time is counted: the steps an evaluation may take.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from surveys.conditions import EvaluationError, PlainScope, evaluate, of_answers
from surveys.conditions.context import MAX_NESTING, MAX_STEPS, MAX_TEXT
from surveys.expressions import ExpressionError, parse
from tests.surveys import in_browser
from tests.surveys.questionnaire_builder import Tree, op, ref, value
from tests.surveys.test_vectors import VECTORS

LONG = "a" * 90_000


def doubled(times: int) -> str:
    """concat() of itself, in itself, and so on: the text doubles each time."""
    return "'ab'" if not times else f"concat({doubled(times - 1)}, {doubled(times - 1)})"


def deep(levels: int) -> Tree:
    tree: Tree = value(1)
    for _ in range(levels):
        tree = op("not", tree)
    return tree


def outcome(compute: Callable[[], Any]) -> str:
    try:
        compute()
    except (ExpressionError, EvaluationError):
        return "refused"
    return "answered"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (doubled(12), "refused"),
        (doubled(9), "answered"),
        ("concat(" + ", ".join(["${long}"] * 2) + ")", "refused"),
        ("count(${long}) + " + " + ".join(["string-length(${long})"] * 40), "refused"),
        (" or ".join(["translate(${long}, ${long}, 'x') = 'y'"] * 30), "refused"),
        (" and ".join(["normalize-space(${long}) = ${long}"] * 30), "refused"),
        ("join(${long}, ${long}, ${long})", "refused"),
        ("uuid(100000000000)", "refused"),
        ("uuid(1 div 0)", "refused"),
        ("regex(${long}, '^(a+)+$')", "answered"),
        ("regex(concat(${long}, '!'), '^(a|a)*$')", "answered"),
        ("regex(${long}, '(x+x+)+y')", "answered"),
        ("regex(${long}, 'a{900}b')", "answered"),
        (" or ".join(["regex(${long}, 'a{900}[ab]{90}c')"] * 9), "refused"),
        ("round(1.5, 1000000000)", "answered"),
        ("round(1.5, -1000000000)", "answered"),
        ("pow(10, 1000000) * pow(-10, 1000001)", "answered"),
        ("exp10(100000000000) + exp(100000)", "answered"),
        ("substr(${long}, -100000000000, 100000000000)", "answered"),
        ("substring(${long}, -1 div 0, 1 div 0)", "answered"),
        ("number(${digits}) * 2", "answered"),
        ("date(100000000000000)", "answered"),
        ("concat(date(pow(10, 305)), date(-1 div 0), date(0 div 0))", "answered"),
        ("format-date(1 div 0, '%Y')", "answered"),
        ("selected-at(${long}, 1000000000000)", "answered"),
    ],
)
def test_a_bomb_is_refused_or_answered(expression: str, expected: str) -> None:
    scope = of_answers({"long": LONG, "digits": "9" * 90_000})

    assert outcome(lambda: evaluate(parse(expression), scope)) == expected


def test_node_sets_are_compared_pair_by_pair_only_while_steps_are_left() -> None:
    class Crowd(PlainScope):
        def values(self, code: str) -> tuple[str, ...]:
            return tuple(str(number) for number in range(1_000))

    tree = op("=", ref("a"), op("+", ref("a"), value(0.5)))

    assert outcome(lambda: evaluate(op("!=", ref("a"), ref("a")), Crowd(lambda _code: ""))) == (
        "refused"
    )
    assert evaluate(tree, Crowd(lambda _code: "")) is False
    assert MAX_STEPS < 1_000_000


@pytest.mark.parametrize("levels", [MAX_NESTING - 1, MAX_NESTING, 5_000])
def test_a_tree_nested_too_deep_is_not_evaluated(levels: int) -> None:
    expected = "answered" if levels < MAX_NESTING else "refused"

    assert outcome(lambda: evaluate(deep(levels), of_answers({}))) == expected


def test_no_value_is_longer_than_the_bound() -> None:
    assert outcome(lambda: evaluate(ref("a"), of_answers({"a": "x" * MAX_TEXT}))) == "answered"
    assert outcome(lambda: evaluate(ref("a"), of_answers({"a": "x" * (MAX_TEXT + 1)}))) == "refused"


def test_the_browser_calls_unknown_what_exceeds_the_bounds(chromium: Browser) -> None:
    scope = {**VECTORS["scope"], "values": {"long": LONG}}
    trees = [
        parse("concat(${long}, ${long})"),
        parse(" or ".join(["translate(${long}, ${long}, 'x') = 'y'"] * 30)),
        parse("regex(${long}, '^(a+)+$')"),
        parse("regex(${long}, 'a*a*a*b')"),
        parse("uuid(100000000000)"),
        deep(MAX_NESTING + 1),
    ]

    with in_browser.prepared(chromium) as page:
        found = in_browser.computed(page, [{"tree": tree, "scope": scope} for tree in trees])

    assert found == [{"unknown": True}] * len(trees)
