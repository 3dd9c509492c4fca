"""The grammar of expressions: what it reads, what it refuses, and that writing inverts reading."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.texts import Lazy
from surveys.conditions import MAX_DEPTH, OPERATORS, nodes
from surveys.expressions import UNSUPPORTED, ExpressionError, parse, render
from surveys.expressions.refusals import ITEMS
from tests.surveys.expression_trees import trees
from tests.surveys.questionnaire_builder import Tree, op, ref, value

THIS = {"this": True}


def sentence(message: Any) -> str:
    """A lazy sentence in English."""
    if not isinstance(message, Lazy):
        return str(message)
    return message.message % {name: sentence(part) for name, part in message.values.items()}


def refusal(expression: str, **more: Any) -> str:
    with pytest.raises(ExpressionError) as refused:
        parse(expression, **more)
    return sentence(refused.value.message)


def is_writable(tree: Tree) -> bool:
    """Whether an expression can say it: no minus in a number, no text with both quotes.

    What a function takes is checked when reading only: count() of a number has a tree.
    """
    values = [node["value"] for node, _depth in nodes(tree) if "value" in node]
    if any("'" in v and '"' in v for v in values if isinstance(v, str)):
        return False
    if any(v < 0 or str(v) == "-0.0" for v in values if not isinstance(v, str)):
        return False
    found = [
        node
        for node, _depth in nodes(tree)
        if node.get("op") in {"count", "sum", "count_non_empty"}
    ]
    return (
        all(node["args"][0].keys() & {"ref", "this", "lookup"} for node in found)
        and "%q" not in values
    )


@given(trees().filter(is_writable))
@example(op("-", op("-", value(1), value(2)), op("-", value(3), op("-", value(4)))))
@example(op("and", op("and", ref("a"), ref("b")), ref("c")))
@example(op("*", op("mod", ref("a"), value(2)), op("+", value(1), op("+", value(1), value(2)))))
@example(op("concat", value("it's"), value('a "word"'), value("‘curly’")))
def test_reading_what_was_written_gives_the_same_tree(tree: Tree) -> None:
    assert parse(render(tree), columns=True) == tree


@given(st.text())
@example("${a} = '" + "x" * 40_000)
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    said, tree = "", None
    try:
        tree = parse(text)
    except ExpressionError as refused:
        said = sentence(refused.message)

    assert said.endswith(".") if tree is None else parse(render(tree)) == tree


PIECES = ["${a}", "1", "'x'", "(", ")", ",", "-", "*", "div", "and", "=", "..", "/", "x", "not(",
          "instance(", "'list'", "[", "]", "current()", ".", "if("]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)))
def test_any_row_of_tokens_is_read_or_refused_with_a_sentence(pieces: list[str]) -> None:
    said, tree = "", None
    try:
        tree = parse(" ".join(pieces), columns=True)
    except ExpressionError as refused:
        said = sentence(refused.message)

    assert said.endswith(".") if tree is None else parse(render(tree), columns=True) == tree


@pytest.mark.parametrize(
    ("expression", "tree"),
    [
        ("${a} = 'yes'", op("=", ref("a"), value("yes"))),
        ('${ a }="yes"', op("=", ref("a"), value("yes"))),
        (". >= 0", op(">=", THIS, value(0))),
        ("${a}-1", op("-", ref("a"), value(1))),
        ("${été} = 1", op("=", ref("été"), value(1))),
        ("1 - 2 - 3", op("-", op("-", value(1), value(2)), value(3))),
        ("1 - (2 - 3)", op("-", value(1), op("-", value(2), value(3)))),
        ("- ${a} + 1", op("+", op("-", ref("a")), value(1))),
        ("-2 * 3", op("*", op("-", value(2)), value(3))),
        ("1 + 2 * 3", op("+", value(1), op("*", value(2), value(3)))),
        ("6 div 2 mod 2", op("mod", op("div", value(6), value(2)), value(2))),
        ("1 + 2 + 3", op("+", value(1), value(2), value(3))),
        ("1 + 1 = 2", op("=", op("+", value(1), value(1)), value(2))),
        ("1 < 2 = 1", op("=", op("<", value(1), value(2)), value(1))),
        ("${a} and ${b} and ${c}", op("and", ref("a"), ref("b"), ref("c"))),
        ("${a} or ${b} and ${c}", op("or", ref("a"), op("and", ref("b"), ref("c")))),
        ("(${a} or ${b}) and ${c}", op("and", op("or", ref("a"), ref("b")), ref("c"))),
        ("not(selected(${a}, 'x'))", op("not", op("selected", ref("a"), value("x")))),
        ("selected (., 'x')", op("selected", THIS, value("x"))),
        ("count-selected(.) <= 3", op("<=", op("count_selected", THIS), value(3))),
        (".5 = 0.5", op("=", value(0.5), value(0.5))),
        ("1. = 1", op("=", value(1.0), value(1))),
        ("${a} = ‘yes’", op("=", ref("a"), value("yes"))),
        ("${a} = “yes”", op("=", ref("a"), value("yes"))),
        ('${a} = "it’s"', op("=", ref("a"), value("it’s"))),
        ("1 and ${and} or 2", op("or", op("and", value(1), ref("and")), value(2))),
        ("jr:choice-name(${a}, '${a}')", op("choice_name", ref("a"), ref("a"))),
        ("jr:choice-name('x', '/data/group/a')", op("choice_name", value("x"), ref("a"))),
        ("position(../..)", op("position", {"up": 2})),
        ("string-length()", op("string_length", THIS)),
        ("now()", op("now")),
    ],
)  # fmt: skip
def test_an_expression_is_read_by_precedence(expression: str, tree: Tree) -> None:
    assert parse(expression) == tree


@pytest.mark.parametrize(
    "path", ["../x", "../../x", "/data/x", "/data/group/x", "current()/../x", "./x", "data/x"]
)
def test_a_path_is_the_question_its_last_name_names(path: str) -> None:
    assert parse(f"{path} = 1", resolve={"x"}.__contains__) == op("=", ref("x"), value(1))
    assert "no question “x”" in refusal(path, resolve={"y"}.__contains__)


@pytest.mark.parametrize(
    ("expression", "tree"),
    [
        ("state = ${a}", op("=", {"column": "state"}, ref("a"))),
        ("div div mod", op("div", {"column": "div"}, {"column": "mod"})),
        ("a-b - c", op("-", {"column": "a-b"}, {"column": "c"})),
        ("and and or", op("and", {"column": "and"}, {"column": "or"})),
        ("not(mod)", op("not", {"column": "mod"})),
        (
            "instance('crops')" + ITEMS + "[name = ${a}]/label",
            {"lookup": "crops", "where": op("=", {"column": "name"}, ref("a")), "take": "label"},
        ),
    ],
)
def test_a_bare_name_is_a_column_or_an_operator_as_xpath_tells_them_apart(
    expression: str, tree: Tree
) -> None:
    assert parse(expression, columns=True) == tree


@pytest.mark.parametrize(
    ("expression", "place", "remedy"),
    [
        ("a = 'x'", 1, r"between \$\{ and \}"),
        ("${a} == 'x'", 6, "write = once"),
        ("${a} = 'x' && 1", 12, "and, or"),
        ("${a} | ${b}", 6, "can't be joined"),
        ("${a} = 'x", 8, "close the quotation mark"),
        ("${a = 1", 1, r"between \$\{ and \}"),
        ("${last-saved#a}", 1, "earlier responses"),
        ("(${a} = 1", 1, "not closed"),
        ("${a} 1", 6, "operator"),
        ("5 mod2", 3, "operator"),
        ("not(1, 2)", 1, "takes 1"),
        ("selected(${a})", 1, "takes 2"),
        ("substring('a')", 1, "takes 2 to 3"),
        ("concat()", 1, "at least 1"),
        ("weighted-checklist(1, 2, 3)", 1, "steps of 2"),
        ("1 <> 2", 3, "write !="),
        ("${a} % 2", 6, "mod"),
        ("//a", 1, "code between"),
        ("../a[1]", 5, "instance"),
        ("count(${r}[${a} > 1])", 11, "only after instance"),
        ("${r}[1]", 5, "only after instance"),
        ("sum(if(${a}, ${b}, 1))", 5, "takes a question"),
        ("concat(instance('l')" + ITEMS + "[1])", 34, "write /"),
        ("parent::a", 7, "axes"),
        ("@a", 1, "attributes"),
        ("/data/a/text()", 9, "tests of nodes"),
        ("* = 1", 1, "belongs here"),
        (".. = 1", 1, "position"),
        ("position(${a})", 10, r"takes \.\."),
        ("count(1)", 7, "takes a question"),
        ("indexed-repeat('a', ${b}, 1)", 16, "name of a question"),
        ("jr:choice-name(${a}, concat('a', 'b'))", 22, "in quotes"),
        ("regex(., ${a})", 10, "one text in quotes"),
        ("regex(., 'a(?=b)')", 12, r"only \(\?:"),
        ("format-date(today(), '%Y-%A')", 26, "after %"),
        ("instance('a')" + ITEMS, 1, "condition"),
        ("9" * 400, 1, "too large"),
    ],
)
def test_a_refusal_names_the_place_and_the_remedy(expression: str, place: int, remedy: str) -> None:
    said = refusal(expression)

    assert said.startswith(f"Character {place},")
    assert re.search(remedy, said)


@pytest.mark.parametrize("name", sorted(UNSUPPORTED))
def test_a_function_of_other_tools_is_refused_by_name(name: str) -> None:
    said = refusal(f"1 + {name}('x')")

    assert said.startswith("Character 5")
    assert name == "instance" or f"the function {name}()" in said


@pytest.mark.parametrize(
    ("written", "meant"), [("TRUE", "true()"), ("sting-length", "string-length()")]
)
def test_a_misspelt_function_is_told_the_likely_one(written: str, meant: str) -> None:
    assert meant in refusal(f"{written}('a')")


@pytest.mark.parametrize(
    "pattern",
    ["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?i)a", "(?P<x>a)", "(?<x>a)", r"(a)\1", r"\Aa",
     r"a\z", r"a\Z", r"\Qa\E", "[[:alpha:]]", "a**", "a*+", "a{2,1}", "a{1001}", "{2}", "a{,2}",
     "[]", "[z-a]", r"[a-\d]", "(a", "a)", "[a", "a]", "+", "^*", r"\u0041", r"\x41", r"\ka",
     r"\p{Latin}", r"\p{IsAlpha}", "a\\", "((a{1000}){1000}){1000}"],
)  # fmt: skip
def test_a_pattern_outside_the_common_subset_is_refused(pattern: str) -> None:
    assert refusal(f'regex(., "{pattern}")').startswith("Character ")


def test_an_expression_that_breaks_off_says_what_belongs_there() -> None:
    assert refusal("${a} =").startswith("The expression ends too early")


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 5_000 + "1" + ")" * 5_000,
        "-" * 9_000 + "1",
        "not(" * 2_000 + "1" + ")" * 2_000,
        "if(1, 2, " * 100 + "3" + ")" * 100,
        "1 = " * 200 + "1",
        " or ".join(["1"] * 2_001),
        "1 + " * 100_000 + "1",
        "../" * 9_000,
        "concat(" + "'a', " * 3_000 + "'a')",
        ("instance('a')" + ITEMS + "[") * 90 + "1" + "]/b" * 90,
    ],
    ids=["brackets", "signs", "functions", "choices", "comparisons", "parts", "length", "steps",
         "arguments", "look-ups"],
)  # fmt: skip
def test_an_exploding_expression_is_refused(expression: str) -> None:
    said = refusal(expression)

    assert re.search("implify|horten|too early", said)


def test_choices_are_counted_with_or_without_a_column_and_a_condition() -> None:
    every = {"lookup": "l", "where": op("true"), "take": "name"}
    some = {"lookup": "l", "where": op("=", {"column": "x"}, value(1)), "take": "name"}

    assert parse("count(instance('l')" + ITEMS + ")") == op("count", every)
    assert parse("count(instance('l')" + ITEMS + "[x = 1])") == op("count", some)
    assert parse("instance('l')" + ITEMS + "/label") == {**every, "take": "label"}
    assert parse(render(op("count", every))) == op("count", every)


def test_an_if_between_questions_is_a_node_set() -> None:
    tree = parse("sum(if(${a}, ${b}, if(${c}, ${d}, ../e)))")

    assert tree == op("sum", op("if", ref("a"), ref("b"), op("if", ref("c"), ref("d"), ref("e"))))


def test_an_expression_of_the_greatest_depth_is_read() -> None:
    nested = "not(" * (MAX_DEPTH - 1) + "1" + ")" * (MAX_DEPTH - 1)

    assert render(parse(nested)) == nested


def test_a_long_sum_is_not_deep() -> None:
    written = " + ".join(f"${{q{number}}}" for number in range(300))

    assert render(parse(written)) == written


def test_every_function_of_the_table_has_a_spelling_of_its_own() -> None:
    assert len({operator.spelling for operator in OPERATORS.values()}) == len(OPERATORS)
