"""Trees settled for one page: what lies outside it is replaced by its value, the rest is kept."""

from typing import Any

import pytest

from surveys.conditions import evaluate, settled
from surveys.expressions import parse
from surveys.expressions.refusals import ITEMS
from tests.surveys.test_vectors import VECTORS
from tests.surveys.vector_scope import VectorScope

SCOPE = {
    **VECTORS["scope"],
    "choice_names": {"m": {"x": "Extra"}},
    "lists": {"crops": [{"name": "x", "label": "4"}]},
}


def after(expression: str, *keep: str) -> dict[str, Any]:
    return settled(parse(expression), VectorScope(SCOPE), keep=frozenset(keep))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("${a}", ["3"]),
        ("${n}", ["1", "2", "3"]),
        ("jr:choice-name('x', '${m}')", "Extra"),
        ("indexed-repeat(${n}, ${r}, 2)", "2"),
        ("instance('crops')" + ITEMS + "[name = 'x']/label", ["4"]),
    ],
)
def test_what_lies_outside_the_page_becomes_its_value(expression: str, value: Any) -> None:
    assert after(expression) == {"value": value}


def test_the_place_in_a_repeat_becomes_a_number() -> None:
    assert after("position(..)") == {"op": "position", "args": [{"value": 2.0}]}


@pytest.mark.parametrize(
    "expression",
    ["${a}", "${u}", "jr:choice-name(${a}, '${m}')", "indexed-repeat(${n}, ${r}, ${a})", ". = 5",
     "indexed-repeat(${a}, ${r}, 2)", "instance('crops')" + ITEMS + "[name = ${a}]/label",
     "today()"],
)  # fmt: skip
def test_what_the_page_holds_or_nobody_knows_yet_is_kept(expression: str) -> None:
    assert after(expression, "a") == parse(expression)


@pytest.mark.parametrize(
    "case", [case for case in VECTORS["expressions"] if "scope" not in case],
    ids=lambda case: case["expression"],
)  # fmt: skip
def test_settling_changes_no_value(case: dict[str, Any]) -> None:
    tree, scope = parse(case["expression"]), VectorScope(SCOPE)
    if {"uuid", "random"} & set(case["expression"].replace("(", " ").split()):
        return

    assert repr(evaluate(settled(tree, scope, keep=frozenset("ab")), scope)) == repr(
        evaluate(tree, scope)
    )
