"""Function calls: whether a function exists and its arguments are of number and kind it takes."""

import re
from typing import Any

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions import FUNCTIONS, OPERATORS, Kind, Operator
from surveys.conditions.moments import CODES
from surveys.conditions.patterns import PatternError, compiled
from surveys.expressions.paths import misplaced
from surveys.expressions.refusals import unknown_function
from surveys.expressions.tokens import NAME, Token

Argument = tuple[Token, dict[str, Any]]
"""An argument's tree, with the token it begins with."""
OF_THIS = frozenset({"string", "number", "string-length", "normalize-space"})
"""Functions that without an argument speak of the answer itself."""
NODE_SETS = frozenset({"ref", "this", "column", "lookup"})
_NAMED = re.compile(rf"\s*(?:\$\{{\s*({NAME.pattern})\s*\}}|(?:[^\s'\"]*/)?({NAME.pattern}))\s*")


def call_of(name: Token, arguments: list[Argument]) -> dict[str, Any]:
    """The tree of a call; ExpressionError where the function or an argument can't be used."""
    if name.text not in FUNCTIONS:
        raise unknown_function(name.text, name.at, sorted(FUNCTIONS))
    operator = OPERATORS[FUNCTIONS[name.text]]
    if not arguments and name.text in OF_THIS:
        arguments = [(name, {"this": True})]
    if not operator.allows(len(arguments)):
        raise misplaced(name, _count(operator))
    if operator.name == "choice_name":
        arguments[1] = (arguments[1][0], _question(arguments[1]))
    for place, argument in enumerate(arguments):
        _check_kind(operator, place, argument)
    if operator.name == "regex":
        _check_pattern(arguments[1])
    if operator.name in {"format_date", "format_date_time"}:
        _check_format(arguments[1])
    return {"op": operator.name, "args": [tree for _token, tree in arguments]}


def _count(operator: Operator) -> Lazy:
    least, most = operator.least, operator.most
    if operator.step > 1:
        return _l(
            "it takes %(count)s in its brackets, or more in steps of %(step)s",
            count=least,
            step=operator.step,
        )
    if most == least:
        return _l("it takes %(count)s in its brackets", count=least)
    if most is None:
        return _l("it takes at least %(count)s in its brackets", count=least)
    return _l("it takes %(least)s to %(most)s in its brackets", least=least, most=most)


def _check_kind(operator: Operator, place: int, argument: Argument) -> None:
    token, tree = argument
    if operator.name == "position" and "up" not in tree:
        raise misplaced(token, _l("position() takes .., the repeat's item"))
    if operator.name == "indexed_repeat":
        # A question, then repeats and numbers by turns.
        if (place == 0 or place % 2 == 1) and "ref" not in tree:
            advice = _l("the name of a question or a repeat belongs here: ${code}")
            raise misplaced(token, advice)
    elif operator.kind(place) is Kind.NODES and not _is_node_set(tree):
        advice = _l("%(name)s() takes a question or a repeat", name=operator.spelling)
        raise misplaced(token, advice)


def _is_node_set(tree: dict[str, Any]) -> bool:
    """Whether it stands for nodes: itself, or whichever way if() decides."""
    if tree.get("op") == "if":
        return all(_is_node_set(branch) for branch in tree["args"][1:])
    return bool(tree.keys() & (NODE_SETS | {"up"}))


def _question(argument: Argument) -> dict[str, Any]:
    """jr:choice-name() takes its question's name in quotes, so that it isn't its answer."""
    token, tree = argument
    if "ref" in tree:
        return tree
    found = _NAMED.fullmatch(tree["value"]) if isinstance(tree.get("value"), str) else None
    if found is None:
        raise misplaced(token, _l("write the question's code in quotes: '${code}'"))
    return {"ref": found[1] or found[2]}


def _check_pattern(argument: Argument) -> None:
    token, tree = argument
    if not isinstance(tree.get("value"), str):
        raise misplaced(token, _l("write the pattern as one text in quotes"))
    try:
        compiled(tree["value"])
    except PatternError as wrong:
        place = token.at + 1 + wrong.at
        raise misplaced(Token("text", wrong.found, place), wrong.advice) from wrong


def _check_format(argument: Argument) -> None:
    token, tree = argument
    written = tree.get("value")
    for code in re.finditer(r"%(.?)", written, re.DOTALL) if isinstance(written, str) else ():
        if code[1] not in CODES or not code[1]:
            advice = _l("write one of %(codes)s after %%", codes=" ".join(sorted(CODES - {"%"})))
            raise misplaced(Token("text", code[0], token.at + 1 + code.start()), advice)
