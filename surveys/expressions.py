"""The grammar of conditions as people write them in XLSForm: a subset of XPath 1.0.

Weakest first: `or`, `and`, `= !=`, `< <= > >=`, `+ -`, a minus sign; operands are `${question}`,
`.` (the answer itself), texts in quotes, numbers, `not() selected() count-selected()` and brackets.
It turns writing into trees and trees into writing, and refuses to know what they mean
(`surveys.conditions`) or which questions exist.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions import MAX_DEPTH, MAX_NODES, OPERATORS, Tree, nodes

MAX_LENGTH = 10_000
PRECEDENCE: dict[str, int] = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("=", "!="), 3),
    **dict.fromkeys(("<", "<=", ">", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
}
MINUS_SIGN = 6
JOINING = frozenset({"and", "or"})
ORDERING = frozenset({"<", "<=", ">", ">="})
FUNCTIONS: dict[str, str] = {
    "not": "not",
    "selected": "selected",
    "count-selected": "count_selected",
}
_NAMES = {operator: name for name, operator in FUNCTIONS.items()}
# Spreadsheet programs curl quotes as one types; XLSForm's tools take them as straight ones too.
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<ref>\$\{\s*(?P<code>[A-Za-z_][A-Za-z0-9_.-]*)\s*\})
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>[0-9]{1,15}(?:\.[0-9]{0,15})?(?![0-9])|\.[0-9]{1,15}(?![0-9]))
    | (?P<this>\.(?![./]))
    | (?P<name>[A-Za-z_][A-Za-z0-9_-]*)
    | (?P<sign><=|>=|!=|=(?!=)|<|>|\+|-|\(|\)|,)
    | (?P<end>$)
    )""",
    re.VERBOSE,
)


class ExpressionError(ValueError):
    """What is wrong with an expression. `message`: a sentence with the place and the remedy."""

    def __init__(self, message: Lazy) -> None:
        super().__init__(message.message)
        self.message = message


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def parse(expression: str) -> dict[str, Any]:
    """The expression's tree; ExpressionError with position and remedy where it is none."""
    if len(expression) > MAX_LENGTH:
        raise ExpressionError(
            _l("This expression is longer than %(most)s characters. Shorten it.", most=MAX_LENGTH)
        )
    parser = _Parser(list(_tokens(expression.translate(_STRAIGHT))))
    tree = parser.expression(0)
    parser.expect_end()
    sizes = [depth for _node, depth in nodes(tree)]
    if len(sizes) > MAX_NODES or max(sizes) > MAX_DEPTH:
        raise _too_deep()
    return tree


def _too_deep() -> ExpressionError:
    return ExpressionError(
        _l(
            "This expression has more than %(nodes)s parts or is nested more than %(depth)s deep. "
            "Simplify it.",
            nodes=MAX_NODES,
            depth=MAX_DEPTH,
        )
    )


def _tokens(expression: str) -> Iterator[_Token]:
    at = 0
    while True:
        match = _TOKEN.match(expression, at)
        if match is None:
            raise _unreadable(expression, at)
        kind = str(match.lastgroup if match["code"] is None else "ref")
        yield _Token(kind, match["code"] or match[kind], match.start(kind) + 1)
        if kind == "end":
            return
        at = match.end()


def _unreadable(expression: str, at: int) -> ExpressionError:
    rest = expression[at:].lstrip()
    place = len(expression) - len(rest) + 1
    if rest.startswith("${"):
        advice = _l("write a question's code between ${ and }: letters, digits and _")
    elif rest[0] in "'\"":
        advice = _l("close the quotation mark")
    elif rest.startswith("=="):
        advice = _l("write = once")
    elif rest.startswith(("&", "|")):
        advice = _l("write the word: and, or")
    elif rest[0].isdigit():
        advice = _l("use numbers of at most 15 digits")
    else:
        advice = _l("it can't be used in conditions here; take it out")
    return ExpressionError(
        _l("Character %(at)s, “%(found)s”: %(advice)s.", at=place, found=rest[:20], advice=advice)
    )


class _Parser:
    """Reads by precedence: each call takes what binds more strongly than its caller's operator."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def expression(self, weakest: int) -> dict[str, Any]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _too_deep()
        left = self._signed()
        while (strength := self._strength()) > weakest:
            left = self._operation(left, strength)
        self._depth -= 1
        return left

    def expect_end(self) -> None:
        if self._peek().kind != "end":
            raise _unexpected(
                self._peek(), _l("put an operator, such as and, before it, or take it out")
            )

    def _operation(self, left: dict[str, Any], strength: int) -> dict[str, Any]:
        operator = self._take()
        arguments = [left, self.expression(strength)]
        while operator.text in JOINING and self._at(operator):
            self._take()
            arguments.append(self.expression(strength))
        if operator.text in ORDERING:
            _refuse_texts(operator, arguments)
        return {"op": operator.text, "args": arguments}

    def _signed(self) -> dict[str, Any]:
        if (self._peek().kind, self._peek().text) == ("sign", "-"):
            self._take()
            return {"op": "-", "args": [self.expression(MINUS_SIGN - 1)]}
        return self._operand()

    def _operand(self) -> dict[str, Any]:
        token = self._take()
        match token.kind:
            case "ref":
                return {"ref": token.text}
            case "text":
                return {"value": token.text[1:-1]}
            case "number":
                return {"value": float(token.text) if "." in token.text else int(token.text)}
            case "this":
                return {"this": True}
            case "name":
                return self._call(token)
            case "sign" if token.text == "(":
                inner = self.expression(0)
                self._close(token)
                return inner
        raise _unexpected(token, _l("a question, a text, a number or a bracket belongs here"))

    def _call(self, name: _Token) -> dict[str, Any]:
        if name.text not in FUNCTIONS:
            raise _unknown(name, function=self._peek().text == "(")
        operator = FUNCTIONS[name.text]
        bracket = self._take()
        if bracket.text != "(":
            raise _unexpected(bracket, _l("write ( after %(name)s", name=name.text))
        arguments = [self.expression(0)]
        while self._peek().text == ",":
            self._take()
            arguments.append(self.expression(0))
        self._close(bracket)
        wanted = OPERATORS[operator].least
        if len(arguments) != wanted:
            advice = _l("it takes %(count)s in its brackets", count=wanted)
            raise _unexpected(name, advice)
        return {"op": operator, "args": arguments}

    def _close(self, opened: _Token) -> None:
        if self._take().text != ")":
            raise _unexpected(opened, _l("this bracket is not closed with )"))

    def _strength(self) -> int:
        token = self._peek()
        return PRECEDENCE.get(token.text, 0) if token.kind in {"sign", "name"} else 0

    def _at(self, token: _Token) -> bool:
        following = self._peek()
        return (following.kind, following.text) == (token.kind, token.text)

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._tokens[self._next]
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token


def _unexpected(token: _Token, advice: Lazy) -> ExpressionError:
    if token.kind == "end":
        return ExpressionError(_l("The expression ends too early: %(advice)s.", advice=advice))
    found = f"${{{token.text}}}" if token.kind == "ref" else token.text
    return ExpressionError(
        _l("Character %(at)s, “%(found)s”: %(advice)s.", at=token.at, found=found, advice=advice)
    )


def _unknown(name: _Token, *, function: bool) -> ExpressionError:
    if function:
        return ExpressionError(
            _l(
                "Character %(at)s: the function %(name)s() can't be used here. "
                "These can: %(known)s.",
                at=name.at,
                name=name.text,
                known=", ".join(f"{known}()" for known in FUNCTIONS),
            )
        )
    advice = _l("put a text into quotation marks, a question's code between ${ and }")
    return _unexpected(name, advice)


def _refuse_texts(operator: _Token, arguments: list[dict[str, Any]]) -> None:
    """Larger and smaller compare numbers: with a text such as a date they'd never be true."""
    if any(isinstance(argument.get("value"), str) for argument in arguments):
        raise _unexpected(operator, _l("it compares numbers only, not texts"))


def render(tree: Tree) -> str:
    """The tree as an expression, with no more brackets than it needs; `parse` turns it back."""
    if "ref" in tree:
        return f"${{{tree['ref']}}}"
    if "this" in tree:
        return "."
    if "value" in tree:
        return _render_literal(tree["value"])
    operator, arguments = tree["op"], tree["args"]
    if operator in _NAMES:
        return f"{_NAMES[operator]}({', '.join(render(argument) for argument in arguments)})"
    if len(arguments) == 1:
        return f"- {_operand(arguments[0], MINUS_SIGN)}"
    strength = PRECEDENCE[operator]
    first = _operand(arguments[0], strength + (operator in JOINING))
    return f" {operator} ".join((first, *(_operand(a, strength + 1) for a in arguments[1:])))


def _operand(tree: Tree, least: int) -> str:
    written = render(tree)
    return f"({written})" if _strength_of(tree) < least else written


def _strength_of(tree: Tree) -> int:
    operator = tree.get("op")
    if operator is None or operator in _NAMES:
        return MINUS_SIGN + 1
    return MINUS_SIGN if len(tree["args"]) == 1 else PRECEDENCE[operator]


def _render_literal(value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    quote = '"' if "'" in value else "'"
    return f"{quote}{value}{quote}"
