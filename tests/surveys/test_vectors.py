"""The shared vectors: server and browser give each expression the value written down for it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from surveys.conditions import (
    FUNCTIONS,
    OPERATORS,
    evaluate,
    nodes,
    of_answers,
)
from surveys.expressions import parse
from tests.surveys import in_browser
from tests.surveys.vector_scope import VectorScope, encode, same

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "condition_vectors.json").read_text())
EXPRESSIONS: list[dict[str, Any]] = VECTORS["expressions"]


def scope_of(case: dict[str, Any]) -> dict[str, Any]:
    return {**VECTORS["scope"], **case.get("scope", {})}


def tree_of(case: dict[str, Any]) -> dict[str, Any]:
    return parse(case["expression"], columns="columns" in scope_of(case))


def title(case: dict[str, Any]) -> str:
    return f"{case['expression']} {case.get('note', '')}".strip()


@pytest.mark.parametrize("group", list(dict.fromkeys(case["group"] for case in EXPRESSIONS)))
def test_an_expression_has_the_value_of_the_shared_vector(group: str) -> None:
    cases = [case for case in EXPRESSIONS if case["group"] == group]

    found = [encode(evaluate(tree_of(case), VectorScope(scope_of(case)))) for case in cases]

    wrong = [
        (title(case), value, case["expect"])
        for case, value in zip(cases, found, strict=True)
        if not same(value, case["expect"])
    ]
    assert wrong == []


def test_the_browser_gives_each_expression_the_same_value(chromium: Browser) -> None:
    cases = [{"tree": tree_of(case), "scope": scope_of(case)} for case in EXPRESSIONS]

    with in_browser.prepared(chromium) as page:
        found = in_browser.computed(page, cases)

    wrong = [
        (title(case), value, case["expect"])
        for case, value in zip(EXPRESSIONS, found, strict=True)
        if not same(value, case.get("browser", case["expect"]))
    ]
    assert wrong == []


@pytest.mark.parametrize("case", VECTORS["answers"], ids=lambda case: case["name"])
def test_a_tree_has_the_value_of_the_shared_vector(case: dict[str, Any]) -> None:
    result = encode(evaluate(case["tree"], of_answers(case["answers"], case.get("this"))))

    assert same(result, case["expect"])


def test_the_browser_gives_each_tree_the_same_value(chromium: Browser) -> None:
    with in_browser.prepared(chromium) as page:
        found = in_browser.of_answers(page, VECTORS["answers"])

    pairs = zip(VECTORS["answers"], found, strict=True)
    assert [case["name"] for case, value in pairs if not same(value, case["expect"])] == []


def test_every_operator_and_function_has_shared_vectors() -> None:
    used = {
        node["op"] for case in EXPRESSIONS for node, _depth in nodes(tree_of(case)) if "op" in node
    }

    assert used == set(OPERATORS)
    assert set(FUNCTIONS.values()) < used


def test_most_vectors_come_from_another_evaluator() -> None:
    own = [case for case in EXPRESSIONS if case.keys() & {"deviates", "beyond"}]

    assert len(EXPRESSIONS) - len(own) >= 300


def test_the_browser_s_module_stays_small() -> None:
    source = in_browser.SOURCE.read_bytes()

    assert len(gzip.compress(source)) <= 7_500
