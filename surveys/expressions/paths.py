"""Paths in expressions: `../x`, `/data/x`, `current()/../x`, and look-ups in the form's lists.

A path is taken for the question its last name names; where that lies is known by its name alone.
"""

from collections.abc import Callable
from typing import Any

from core.texts import lazy as _l
from surveys.expressions.refusals import LOOKUP, STEPS_TO_ITEMS, advice_on, at_character, too_early
from surveys.expressions.tokens import Token

Resolve = Callable[[str], bool]
STEPS = frozenset({"name", "up", "this"})
COUNTING = frozenset({"count", "count-non-empty"})
"""Functions to which it doesn't matter which column of a choice they count."""


class Reader:
    """Tokens with a place among them; the grammar's parser is one."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def peek(self, ahead: int = 0) -> Token:
        """The next token, or one further ahead, or already passed."""
        return self._tokens[max(0, min(self._next + ahead, len(self._tokens) - 1))]

    def take(self) -> Token:
        """The next token, which is passed."""
        token = self.peek()
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def at(self, *signs: str) -> bool:
        """Whether these signs or words come next."""
        return all(
            token.text == sign and token.kind in {"sign", "operator", "name"}
            for token, sign in ((self.peek(i), sign) for i, sign in enumerate(signs))
        )

    def expect(self, sign: str) -> Token:
        """Pass this sign; ExpressionError if it doesn't come next."""
        token = self.take()
        if token.kind != "sign" or token.text != sign:
            raise misplaced(token, _l("write %(sign)s here", sign=sign))
        return token


def misplaced(token: Token, advice: Any) -> Exception:
    """The error for a token that doesn't belong where it stands."""
    if token.kind == "end":
        return too_early(advice)
    return at_character(token.at, str(token), advice)


def read_path(reader: Reader, resolve: Resolve | None) -> dict[str, Any]:
    """The path that begins here: a question, the answer itself, or so many levels up."""
    start = reader.peek()
    name, levels = _steps(reader)
    if reader.peek().kind == "sign" and reader.peek().text == "[":
        raise misplaced(reader.peek(), advice_on("["))
    if name is None:
        return {"up": levels} if levels else {"this": True}
    if resolve is not None and not resolve(name.text):
        advice = _l("there is no question “%(name)s”; write ${code}", name=name.text)
        raise misplaced(start, advice)
    return {"ref": name.text}


def _steps(reader: Reader) -> tuple[Token | None, int]:
    """The last name of a path and how often it went up before."""
    if not reader.at("/"):
        first = _current(reader) or reader.take()
        name, levels = (first, 0) if first.kind == "name" else (None, int(first.kind == "up"))
    else:
        name, levels = None, 0
    while reader.at("/"):
        reader.take()
        step = reader.take()
        if step.kind not in STEPS or (step.kind == "up" and name is not None):
            raise misplaced(step, _l("paths end with a question's name; write ${code}"))
        if step.kind == "name" and reader.at("("):
            raise misplaced(step, _l("tests of nodes can't be used; write ${code}"))
        name = step if step.kind == "name" else name
        levels += step.kind == "up"
    return name, levels


def _current(reader: Reader) -> Token | None:
    """`current()` at the start of a path, which is the answer itself."""
    if not reader.at("current", "(", ")"):
        return None
    token = reader.take()
    reader.take()
    reader.take()
    return Token("this", ".", token.at)


def read_lookup(reader: Reader, where: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """A look-up (`LOOKUP`) with its condition and column; `where` reads the condition."""
    counted = reader.peek(-1).text == "(" and reader.peek(-2).text in COUNTING
    shape = _l("write %(lookup)s", lookup=f"{LOOKUP}[condition]/column")
    steps = [sign for step in STEPS_TO_ITEMS for sign in ("/", step)]
    start = reader.take()
    reader.expect("(")
    name = reader.take()
    reader.expect(")")
    if name.kind != "text" or not reader.at(*steps):
        raise misplaced(start, shape)
    for _ in steps:
        reader.take()
    condition: dict[str, Any] = {"op": "true", "args": []}
    if reader.at("["):
        reader.take()
        condition = where()
        reader.expect("]")
    if counted and reader.at(")"):  # every choice has a name: as many as there are choices
        return {"lookup": name.text, "where": condition, "take": "name"}
    if condition.get("op") == "true" and not reader.at("/"):
        raise misplaced(start, shape)
    reader.expect("/")
    column = reader.take()
    if column.kind != "name" or reader.at("/") or reader.at("["):
        raise misplaced(column, _l("a look-up ends with the name of a column"))
    return {"lookup": name.text, "where": condition, "take": column.text}
