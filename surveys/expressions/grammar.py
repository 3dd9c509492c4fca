"""The grammar of expressions, read by precedence.

Weakest first: `or`, `and`, `= !=`, `< <= > >=`, `+ -`, `* div mod`, a minus sign; operands are
`${question}`, paths, `.`, texts in quotes, numbers, function calls and brackets. The operators and
functions are those of `surveys.conditions.operators`.
"""

from typing import Any

from core.texts import lazy as _l
from surveys.conditions import MAX_DEPTH, MAX_NODES, OPERATORS, nodes
from surveys.conditions.operators import UNARY_STRENGTH
from surveys.expressions.calls import call_of
from surveys.expressions.paths import Reader, Resolve, misplaced, read_lookup, read_path
from surveys.expressions.refusals import ExpressionError, advice_on, at_character, too_large
from surveys.expressions.tokens import Token, tokens

MAX_LENGTH = 32_767  # as much as a spreadsheet's cell holds
STRENGTHS = {o.spelling: o.strength for o in OPERATORS.values() if o.strength}
JOINING = frozenset(o.spelling for o in OPERATORS.values() if o.strength and o.most is None)
EXACT = 2**53


def parse(
    expression: str, *, columns: bool = False, resolve: Resolve | None = None
) -> dict[str, Any]:
    """The expression's tree; ExpressionError with position and remedy where it is none.

    `columns`: a bare name is a column of a choice, as in choice_filter. `resolve`: whether the name
    a path ends with is a question's or a repeat's; without it every name is.
    """
    if len(expression) > MAX_LENGTH:
        raise ExpressionError(
            _l("This expression is longer than %(most)s characters. Shorten it.", most=MAX_LENGTH)
        )
    parser = _Parser(list(tokens(expression)), columns=columns, resolve=resolve)
    tree = parser.expression(0)
    parser.expect_end()
    sizes = [depth for _node, depth in nodes(tree)]
    if len(sizes) > MAX_NODES or max(sizes) > MAX_DEPTH:
        raise too_large(MAX_NODES, MAX_DEPTH)
    return tree


class _Parser(Reader):
    """Each call takes what binds more strongly than its caller's operator."""

    def __init__(self, found: list[Token], *, columns: bool, resolve: Resolve | None) -> None:
        super().__init__(found)
        self._columns = columns
        self._resolve = resolve
        self._depth = 0

    def expression(self, weakest: int) -> dict[str, Any]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_large(MAX_NODES, MAX_DEPTH)
        left = self._signed()
        while (strength := self._strength()) > weakest:
            left = self._operation(left, strength)
        self._depth -= 1
        return left

    def expect_end(self) -> None:
        token = self.peek()
        if token.kind == "sign" and token.text in "[]":
            raise misplaced(token, advice_on(token.text))
        if token.kind != "end":
            raise misplaced(token, _l("put an operator, such as and, before it, or take it out"))

    def _strength(self) -> int:
        token = self.peek()
        return STRENGTHS.get(token.text, 0) if token.kind in {"sign", "operator"} else 0

    def _operation(self, left: dict[str, Any], strength: int) -> dict[str, Any]:
        operator = self.take().text
        arguments = [left, self.expression(strength)]
        while operator in JOINING and self.at(operator):
            self.take()
            arguments.append(self.expression(strength))
        return {"op": operator, "args": arguments}

    def _signed(self) -> dict[str, Any]:
        if self.at("-"):
            self.take()
            return {"op": "-", "args": [self.expression(UNARY_STRENGTH - 1)]}
        return self._operand()

    def _operand(self) -> dict[str, Any]:
        token = self.peek()
        if token.kind == "name":
            return self._named(token)
        if token.kind in {"this", "up"} or self.at("/"):
            return self._path()
        if self.at("("):
            return self._bracketed()
        if token.kind == "number":
            return _number(self.take())
        if token.kind in {"ref", "text"}:
            return {"ref" if token.kind == "ref" else "value": self.take().text}
        raise misplaced(token, _l("a question, a text, a number or a bracket belongs here"))

    def _bracketed(self) -> dict[str, Any]:
        opened = self.take()
        inner = self.expression(0)
        self._close(opened)
        return inner

    def _named(self, token: Token) -> dict[str, Any]:
        if self.at("current", "("):
            return self._path()
        if self.at("instance", "("):
            return read_lookup(self, self._where)
        if self.peek(1).text == "(":
            return self._call()
        if self.peek(1).text == "/":
            return self._path()
        if self._columns:
            return {"column": self.take().text}
        raise misplaced(
            token, _l("put a text into quotation marks, a question's code between ${ and }")
        )

    def _path(self) -> dict[str, Any]:
        start = self.peek()
        of_position = self.peek(-2).text == "position" and self.peek(-1).text == "("
        path = read_path(self, self._resolve)
        if "up" in path and not of_position:
            raise misplaced(start, _l(".. can stand only in position(..), or before a name"))
        return path

    def _where(self) -> dict[str, Any]:
        outer, self._columns = self._columns, True
        condition = self.expression(0)
        self._columns = outer
        return condition

    def _call(self) -> dict[str, Any]:
        name, opened = self.take(), self.take()
        arguments = []
        while not self.at(")"):
            arguments.append((self.peek(), self.expression(0)))
            if not self.at(","):
                break
            self.take()
        self._close(opened)
        return call_of(name, arguments)

    def _close(self, opened: Token) -> None:
        token = self.peek()
        if token.kind == "sign" and token.text in "[]":
            raise misplaced(token, advice_on(token.text))
        if self.take().text != ")":
            raise misplaced(opened, _l("this bracket is not closed with )"))


def _number(token: Token) -> dict[str, Any]:
    number = float(token.text)
    if number == float("inf"):
        raise at_character(token.at, token.text, _l("this number is too large"))
    whole = "." not in token.text and number < EXACT
    return {"value": int(token.text) if whole else number}
