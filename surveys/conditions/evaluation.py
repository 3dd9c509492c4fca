"""Evaluates trees: three-valued, total and bounded.

An unknown argument makes the result unknown, but where the others decide. Nothing is ever
evaluated as code. It refuses to know what the operators do (`surveys.conditions.operators`) and
where answers are found (a `Scope`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.texts import lazy as _l
from surveys.conditions.context import MAX_NESTING, Context, Effort, EvaluationError, Scope
from surveys.conditions.operators import OPERATORS, Kind, Operator
from surveys.conditions.patterns import PatternError
from surveys.conditions.trees import Tree
from surveys.conditions.values import (
    UNKNOWN,
    Unknown,
    Value,
    to_boolean,
    to_moment,
    to_number,
    to_text,
    to_texts,
)

Arguments = Sequence[Tree]


def evaluate(tree: Tree, scope: Scope, effort: Effort | None = None) -> Value | Unknown:
    """The expression's value; UNKNOWN while an answer still to come could change it.

    `effort`: shared with other evaluations. Raises EvaluationError past a bound on steps or on a
    text's length.
    """
    try:
        return _Evaluation(scope, effort).value(tree)
    except PatternError as wrong:
        message = _l("The pattern of regex() can't be used: %(advice)s.", advice=wrong.advice)
        raise EvaluationError(message) from wrong


def holds(tree: Tree, scope: Scope, effort: Effort | None = None) -> bool | Unknown:
    """Whether the condition is true: XPath's boolean() of its value."""
    value = evaluate(tree, scope, effort)
    return UNKNOWN if value is UNKNOWN else to_boolean(value)


class _Evaluation:
    def __init__(self, scope: Scope, effort: Effort | None) -> None:
        self._scope = scope
        self._context = Context(scope, effort)
        self._depth = 0

    def value(self, tree: Tree) -> Value | Unknown:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise EvaluationError(_l("This expression is nested too deep. Simplify it."))
        operator = tree.get("op")
        self._context.spend(1)
        if operator is None:
            value = self._leaf(tree)
        elif operator in _PARTLY:
            value = _PARTLY[operator](self, tree["args"])
        else:
            value = self._applied(OPERATORS[operator], tree["args"])
        if value is not UNKNOWN:
            self._context.weigh(value)
        self._depth -= 1
        return value

    def _leaf(self, tree: Tree) -> Value | Unknown:
        if "ref" in tree:
            return self._scope.values(tree["ref"])
        if "value" in tree:
            return _literal(tree["value"])
        if "this" in tree:
            return (self._scope.this(),)
        if "lookup" in tree:
            return self._looked_up(tree)
        if "column" in tree:
            return self._column(tree["column"])
        return float(self._scope.position(tree["up"]))

    def _applied(self, operator: Operator, arguments: Arguments) -> Value | Unknown:
        values: list[Value] = []
        for argument in arguments:
            value = self.value(argument)
            if value is UNKNOWN:
                return UNKNOWN
            values.append(value)
        if operator.spread is not None:
            values = _spread(values, operator.spread)
        context = self._context
        ready = [_CONVERT[operator.kind(i)](value, context) for i, value in enumerate(values)]
        if operator.apply is None:
            raise AssertionError(operator.name)  # those without are in _PARTLY
        return operator.apply(context, *ready) if operator.contextual else operator.apply(*ready)

    def and_(self, arguments: Arguments) -> Value | Unknown:
        return self._decided(arguments, by=False)

    def or_(self, arguments: Arguments) -> Value | Unknown:
        return self._decided(arguments, by=True)

    def _decided(self, arguments: Arguments, *, by: bool) -> bool | Unknown:
        open_still = False
        for argument in arguments:
            value = self.value(argument)
            if value is UNKNOWN:
                open_still = True
            elif to_boolean(value) is by:
                return by
        return UNKNOWN if open_still else not by

    def if_(self, arguments: Arguments) -> Value | Unknown:
        condition = self.value(arguments[0])
        if condition is UNKNOWN:
            then, otherwise = self.value(arguments[1]), self.value(arguments[2])
            same = type(then) is type(otherwise) and then == otherwise
            return then if same else UNKNOWN
        return self.value(arguments[1] if to_boolean(condition) else arguments[2])

    def coalesce(self, arguments: Arguments) -> Value | Unknown:
        for argument in arguments:
            value = self.value(argument)
            if value is UNKNOWN or to_text(value):
                return value if value is UNKNOWN else to_text(value)
        return ""

    def once(self, arguments: Arguments) -> Value | Unknown:
        value = self._scope.this() or self.value(arguments[0])
        return value if value is UNKNOWN else to_text(value)

    def position(self, arguments: Arguments) -> Value | Unknown:
        return self.value(arguments[0]) if arguments else float(self._context.place)

    def indexed_repeat(self, arguments: Arguments) -> Value | Unknown:
        places = []
        for repeat, place in zip(arguments[1::2], arguments[2::2], strict=True):
            value = self.value(place)
            if value is UNKNOWN:
                return UNKNOWN
            number = to_number(value, self._context.zone)
            places.append((str(repeat["ref"]), int(number) if abs(number) < 1e9 else 0))  # noqa: PLR2004  # no repeat has as many items
        return self._scope.indexed(arguments[0]["ref"], places)

    def choice_name(self, arguments: Arguments) -> Value | Unknown:
        value = self.value(arguments[0])
        if value is UNKNOWN:
            return UNKNOWN
        return self._scope.choice_name(to_text(value), arguments[1]["ref"])

    def _column(self, name: str) -> Value:
        item = self._context.item
        if item is None:
            return (self._scope.column(name),)
        return (item[name],) if name in item else ()

    def _looked_up(self, tree: Tree) -> Value | Unknown:
        context = self._context
        outer = context.item, context.place, context.size
        items = self._scope.lookup(tree["lookup"])
        found: list[str] = []
        for place, item in enumerate(items, start=1):
            context.item, context.place, context.size = item, place, len(items)
            wanted = self.value(tree["where"])
            if wanted is UNKNOWN:
                break
            matches = wanted == place if isinstance(wanted, float) else to_boolean(wanted)
            found.extend([item[tree["take"]]] if matches and tree["take"] in item else [])
        else:
            wanted = True
        context.item, context.place, context.size = outer
        return UNKNOWN if wanted is UNKNOWN else tuple(found)


_PARTLY: Mapping[str, Callable[[_Evaluation, Arguments], Value | Unknown]] = {
    "and": _Evaluation.and_,
    "or": _Evaluation.or_,
    "if": _Evaluation.if_,
    "coalesce": _Evaluation.coalesce,
    "once": _Evaluation.once,
    "position": _Evaluation.position,
    "indexed_repeat": _Evaluation.indexed_repeat,
    "choice_name": _Evaluation.choice_name,
}
_CONVERT: Mapping[Kind, Callable[[Value, Context], Any]] = {
    Kind.NUMBER: lambda value, context: to_number(value, context.zone),
    Kind.TEXT: lambda value, _context: to_text(value),
    Kind.BOOLEAN: lambda value, _context: to_boolean(value),
    Kind.NODES: lambda value, _context: to_texts(value),
    Kind.MOMENT: lambda value, context: to_moment(value, context.zone),
    Kind.ANY: lambda value, _context: value,
}


def _literal(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(value)
    return value if isinstance(value, str | bool) else float(value)


def _spread(values: list[Value], start: int) -> list[Value]:
    spread = values[:start]
    for value in values[start:]:
        spread.extend(value if isinstance(value, tuple) else (value,))
    return spread
