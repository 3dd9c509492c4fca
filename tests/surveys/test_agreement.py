"""Server and browser give any tree the same value, whatever the answers."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from surveys.conditions import UNKNOWN, EvaluationError, Unknown, Value, evaluate
from tests.surveys import in_browser
from tests.surveys.expression_trees import SCOPES, trees
from tests.surveys.questionnaire_builder import Tree
from tests.surveys.vector_scope import VectorScope, encode, same

AT_ONCE = 40
CASES = st.tuples(trees(exact=True), SCOPES)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with in_browser.prepared(chromium) as opened:
        yield opened


def on_server(tree: Tree, scope: dict[str, Any]) -> Any:
    """The value as JSON; unknown where the bounds are exceeded, as in the browser."""
    value: Value | Unknown = UNKNOWN
    with suppress(EvaluationError):
        value = evaluate(tree, VectorScope(scope))
    return encode(value)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large, HealthCheck.large_base_example],
)  # fmt: skip
@given(st.lists(CASES, min_size=AT_ONCE, max_size=AT_ONCE))
def test_any_tree_has_the_same_value_on_the_server_and_in_the_browser(
    page: Page, cases: list[tuple[Tree, dict[str, Any]]]
) -> None:
    found = in_browser.computed(page, [{"tree": tree, "scope": scope} for tree, scope in cases])

    expected = [on_server(tree, scope) for tree, scope in cases]
    pairs = zip(cases, found, expected, strict=True)
    assert [(case, got, value) for case, got, value in pairs if not same(got, value)] == []


@given(trees(), SCOPES)
def test_every_tree_has_a_value_of_xpath_s_types_or_is_too_large(
    tree: Tree, scope: dict[str, Any]
) -> None:
    result = on_server(tree, scope)

    assert isinstance(result, str | float | int | bool | list | dict)


@given(trees(exact=True), SCOPES, st.text(max_size=3))
def test_what_is_known_stays_so_whatever_is_still_answered(
    tree: Tree, scope: dict[str, Any], answer: str
) -> None:
    later = {**scope, "values": {**scope["values"], "open": answer}}

    before = on_server(tree, scope)

    assert before == {"unknown": True} or same(on_server(tree, later), before)
