"""Trees written as expressions, with no more brackets than they need; `parse` turns them back."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from surveys.conditions import OPERATORS, Tree
from surveys.conditions.operators import UNARY_STRENGTH
from surveys.expressions.refusals import ITEMS

OPERAND = UNARY_STRENGTH + 1
NO_PATHS: Mapping[str, str] = MappingProxyType({})


def render(tree: Tree, paths: Mapping[str, str] = NO_PATHS) -> str:
    """The tree as an expression. `paths`: how codes are written that ${code} can't stand for."""
    if "op" in tree:
        return _operation(tree, paths)
    if "ref" in tree:
        return paths.get(tree["ref"]) or f"${{{tree['ref']}}}"
    if "value" in tree:
        return _literal(tree["value"])
    if "lookup" in tree:
        where = render(tree["where"], paths)
        return f"instance({_quoted(tree['lookup'])}){ITEMS}[{where}]/{tree['take']}"
    if "column" in tree:
        return str(tree["column"])
    return "." if "this" in tree else "/".join([".."] * tree["up"])


def _operation(tree: Tree, paths: Mapping[str, str]) -> str:
    operator, arguments = OPERATORS[tree["op"]], tree["args"]
    if not operator.strength:
        parts = [render(argument, paths) for argument in arguments]
        if operator.name == "choice_name":
            parts[1] = f"'{render(arguments[1])}'"
        return f"{operator.spelling}({', '.join(parts)})"
    if len(arguments) == 1:
        return f"- {_operand(arguments[0], UNARY_STRENGTH, paths)}"
    repeats = operator.most is None and arguments[0].get("op") == operator.name
    first = _operand(arguments[0], operator.strength + repeats, paths)
    rest = (_operand(argument, operator.strength + 1, paths) for argument in arguments[1:])
    return f" {operator.spelling} ".join((first, *rest))


def _operand(tree: Tree, least: int, paths: Mapping[str, str]) -> str:
    written = render(tree, paths)
    return f"({written})" if _strength(tree) < least else written


def _strength(tree: Tree) -> int:
    operator = OPERATORS[tree["op"]] if "op" in tree else None
    if operator is None or not operator.strength:
        negative = isinstance(tree.get("value"), int | float) and tree["value"] < 0
        return UNARY_STRENGTH if negative else OPERAND
    return UNARY_STRENGTH if len(tree["args"]) == 1 else operator.strength


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return f"{str(value).lower()}()"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return _quoted(value) if isinstance(value, str) else _quoted(" ".join(value))


def _quoted(text: str) -> str:
    """A text in quotes; XPath has no way to write one with both kinds but to join two."""
    if "'" not in text or '"' not in text:
        quote = '"' if "'" in text else "'"
        return f"{quote}{text}{quote}"
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"
