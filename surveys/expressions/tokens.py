"""Expressions cut into tokens by XPath's rules (section 3.7), for names in any script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.texts import lazy as _l
from surveys.expressions.refusals import at_character, unreadable

_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = f"[{_START}][{_START}\\-.0-9\xb7\u0300-\u036f\u203f-\u2040]*"
NAME = re.compile(_NAME)
_SPACE = re.compile(r"[ \t\r\n\xa0]*")
_TOKEN = re.compile(
    rf"""
    (?P<ref>\$\{{\s*(?P<saved>last-saved\#)?(?P<code>{_NAME})\s*\}})
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<up>\.\.)
    | (?P<this>\.)
    | (?P<name>{_NAME}(?::{_NAME})?)
    | (?P<sign><=|>=|!=|==|<>|//|[-+*/=<>(),\[\]])
    """,
    re.VERBOSE,
)
# Spreadsheet programs curl quotes as one types; XLSForm's tools take them as straight ones too.
_QUOTES = {"'": "'‘’", '"': '"“”'}
_OPENING = {curly: straight for straight, all_ in _QUOTES.items() for curly in all_}
OPERATOR_NAMES = frozenset({"and", "or", "div", "mod"})


@dataclass(frozen=True)
class Token:
    """A piece of an expression. `at`: its first character's place, counted from 1.

    `kind`: ref (`text` is the code), text (without quotes), number, up (..), this (.), name, sign,
    operator (a word between arguments) or end.
    """

    kind: str
    text: str
    at: int

    def __str__(self) -> str:
        return f"${{{self.text}}}" if self.kind == "ref" else self.text


def tokens(expression: str) -> Iterator[Token]:
    """The expression's tokens, the last of kind "end"; ExpressionError at what is none."""
    at, before = 0, None
    while True:
        at = _past_space(expression, at)
        if at == len(expression):
            yield Token("end", "", at + 1)
            return
        before, at = _token(expression, at, before)
        yield before


def _past_space(expression: str, at: int) -> int:
    space = _SPACE.match(expression, at)
    return space.end() if space else at


def _token(expression: str, at: int, before: Token | None) -> tuple[Token, int]:
    if expression[at] in _OPENING:
        return _quoted(expression, at)
    found = _TOKEN.match(expression, at)
    if found is None or found[0] in {"==", "<>", "//"}:
        raise unreadable(expression, at)
    if found["saved"]:
        advice = _l("answers of earlier responses can't be used in expressions")
        raise at_character(at + 1, found[0], advice)
    kind = "ref" if found["code"] else str(found.lastgroup)
    if kind == "name" and found[0] in OPERATOR_NAMES and _ends_operand(before):
        kind = "operator"
    return Token(kind, found["code"] or found[0], at + 1), found.end()


def _ends_operand(before: Token | None) -> bool:
    """Whether an operator must follow: XPath tells by the token before what a name is."""
    if before is None or before.kind == "operator":
        return False
    return before.kind != "sign" or before.text in {")", "]"}


def _quoted(expression: str, at: int) -> tuple[Token, int]:
    """A text in quotes: to the quote it began with or, where there is none, a like one."""
    opening = expression[at]
    straight = _OPENING[opening]
    end = expression.find(straight, at + 1) if opening == straight else -1
    if end < 0:
        closing = [expression.find(quote, at + 1) for quote in _QUOTES[straight]]
        end = min((place for place in closing if place > 0), default=-1)
    if end < 0:
        raise unreadable(expression, at)
    return Token("text", expression[at + 1 : end], at + 1), end + 1
