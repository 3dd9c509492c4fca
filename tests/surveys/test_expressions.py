"""The grammar of conditions: what it reads, what it refuses, and that writing inverts reading."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.texts import Lazy
from surveys.conditions import MAX_DEPTH
from surveys.expressions import FUNCTIONS, ExpressionError, parse, render
from tests.surveys.questionnaire_builder import Tree, op, ref, value

ORDERING = ("<", "<=", ">", ">=")
PLAIN = ("=", "!=", "+", "-", "selected")


def sentence(message: Any) -> str:
    """A lazy sentence in English."""
    if not isinstance(message, Lazy):
        return str(message)
    return message.message % {name: sentence(part) for name, part in message.values.items()}


def refusal(expression: str) -> str:
    with pytest.raises(ExpressionError) as refused:
        parse(expression)
    return sentence(refused.value.message)


def trees() -> st.SearchStrategy[Tree]:
    numbers = st.one_of(st.integers(0, 10**14), st.sampled_from([0.5, 2.25, 10.0]))
    texts = st.text(st.characters(exclude_characters="\"'‘’“”", codec="utf-8"), max_size=8)
    leaves = st.one_of(
        st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True).map(ref),
        st.sampled_from(["and", "or", "not"]).map(ref),
        st.one_of(texts, st.just("it's"), st.just('a "word"')).map(value),
        numbers.map(value),
        st.just({"this": True}),
    )
    return st.recursive(leaves, _larger, max_leaves=15)


def _larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    numeric = inner.filter(lambda tree: not isinstance(tree.get("value"), str))
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        st.builds(op, st.sampled_from(PLAIN), inner, inner),
        st.builds(op, st.sampled_from(ORDERING), numeric, numeric),
        st.builds(op, st.sampled_from(["not", "count_selected", "-"]), inner),
        st.builds(lambda name, parts: op(name, *parts), st.sampled_from(["and", "or"]), several),
    )


@given(trees())
@example(op("-", op("-", value(1), value(2)), op("-", value(3), op("-", value(4)))))
@example(op("and", op("and", ref("a"), ref("b")), ref("c")))
def test_reading_what_was_written_gives_the_same_tree(tree: Tree) -> None:
    assert parse(render(tree)) == tree


@given(st.text())
@example("${a} = '" + "x" * 20_000)
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    said, tree = "", None
    try:
        tree = parse(text)
    except ExpressionError as refused:
        said = sentence(refused.message)

    assert said.endswith(".") if tree is None else parse(render(tree)) == tree


@pytest.mark.parametrize(
    ("expression", "tree"),
    [
        ("${a} = 'yes'", op("=", ref("a"), value("yes"))),
        ('${ a }="yes"', op("=", ref("a"), value("yes"))),
        (". >= 0", op(">=", {"this": True}, value(0))),
        ("${a}-1", op("-", ref("a"), value(1))),
        ("1 - 2 - 3", op("-", op("-", value(1), value(2)), value(3))),
        ("1 - (2 - 3)", op("-", value(1), op("-", value(2), value(3)))),
        ("- ${a} + 1", op("+", op("-", ref("a")), value(1))),
        ("1 + 1 = 2", op("=", op("+", value(1), value(1)), value(2))),
        ("1 < 2 = 1", op("=", op("<", value(1), value(2)), value(1))),
        ("${a} and ${b} and ${c}", op("and", ref("a"), ref("b"), ref("c"))),
        ("${a} or ${b} and ${c}", op("or", ref("a"), op("and", ref("b"), ref("c")))),
        ("(${a} or ${b}) and ${c}", op("and", op("or", ref("a"), ref("b")), ref("c"))),
        ("not(selected(${a}, 'x'))", op("not", op("selected", ref("a"), value("x")))),
        ("count-selected(.) <= 3", op("<=", op("count_selected", {"this": True}), value(3))),
        (".5 = 0.5", op("=", value(0.5), value(0.5))),
        ("${a} = ‘yes’", op("=", ref("a"), value("yes"))),
        ("1 and ${and} or 2", op("or", op("and", value(1), ref("and")), value(2))),
    ],
)
def test_an_expression_is_read_by_precedence(expression: str, tree: Tree) -> None:
    assert parse(expression) == tree


@pytest.mark.parametrize(
    ("expression", "place", "remedy"),
    [
        ("a = 'x'", 1, r"between \$\{ and \}"),
        ("${a} == 'x'", 6, "write = once"),
        ("${a} = 'x' && 1", 12, "and, or"),
        ("${a} = 'x", 8, "close the quotation mark"),
        ("${a = 1", 1, r"between \$\{ and \}"),
        ("(${a} = 1", 1, "not closed"),
        ("${a} 1", 6, "operator"),
        ("not(1, 2)", 1, "takes 1"),
        ("selected(${a})", 1, "takes 2"),
        ("${d} > '2020-01-01'", 6, "numbers only"),
        ("../a = 1", 1, "take it out"),
        ("1234567890123456 = 1", 1, "15 digits"),
    ],
)
def test_a_refusal_names_the_place_and_the_remedy(expression: str, place: int, remedy: str) -> None:
    said = refusal(expression)

    assert said.startswith(f"Character {place},")
    assert re.search(remedy, said)


@pytest.mark.parametrize("name", ["today", "regex", "count", "jr:choice-name", "pulldata"])
def test_a_function_outside_the_list_is_refused_by_name(name: str) -> None:
    said = refusal(f"{name.replace('jr:', '')}(1) > 0")

    assert f"the function {name.replace('jr:', '')}()" in said
    assert all(f"{known}()" in said for known in FUNCTIONS)


def test_an_expression_that_breaks_off_says_what_belongs_there() -> None:
    assert refusal("${a} =").startswith("The expression ends too early")


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 5_000 + "1" + ")" * 5_000,
        "-" * 9_000 + "1",
        "not(" * 2_000 + "1" + ")" * 2_000,
        "1 = " * 2_000 + "1",
        " or ".join(["1"] * 501),
        "1 + " * 100_000 + "1",
    ],
    ids=["brackets", "signs", "functions", "comparisons", "parts", "length"],
)
def test_an_exploding_expression_is_refused(expression: str) -> None:
    assert "implify" in refusal(expression) or "horten" in refusal(expression)


def test_an_expression_of_the_greatest_depth_is_read() -> None:
    nested = "not(" * (MAX_DEPTH - 1) + "1" + ")" * (MAX_DEPTH - 1)

    assert render(parse(nested)) == nested
