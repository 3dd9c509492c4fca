"""Kinds answered with a number: whole, decimal, a percentage, an amount of money.

Numbers are read as people write them, in any script's digits. Where a figure could mean two
numbers it is not guessed at: the person is asked to write it otherwise.
"""

import math
import re
from abc import abstractmethod
from fractions import Fraction
from functools import cache
from typing import Any

from babel import UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_currency_name

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Question, QuestionKind
from surveys.kinds.base import (
    Cell,
    Column,
    Kind,
    Line,
    Raw,
    Unreadable,
    first,
    number_text,
    wrong_shape,
)

LARGEST = 10**15
DECIMALS = 10
"""Places kept after the point."""
WHOLE_PERCENT = 100
LONGEST = 40
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,'’ \u00a0\u202f\u066c])\d{3}(?:\1\d{3})*")
_PLAIN = re.compile(r"[+-]?\d{1,20}")
_SPACES = re.compile(r"(?<=\d)['’ \u00a0\u202f\u066c](?=\d{3}(?!\d))")
_POINTS = re.compile(r"[.,\u066b]")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+")
IN_DIGITS = _l("Write a number in digits, such as 12.5.")
WHOLE = _l("Write a whole number in digits, such as 120.")
TWO_WAYS = _l(
    "This can be read as two different numbers. For thousands write it without a point or comma; "
    "for a fraction add a zero at the end."
)
CHOOSE_CURRENCY = _l("Choose the currency of this amount.")


def whole_number(text: str) -> int:
    """The whole number a text writes, with or without grouping; raise `Unreadable`."""
    digits = re.sub(r"[^\d+-]", "", text) if _GROUPED.fullmatch(text) else text
    if not _PLAIN.fullmatch(digits) or abs(int(digits)) > LARGEST:
        raise Unreadable(WHOLE)
    return int(digits)


def decimal_number(text: str, *, guess: bool = False) -> int | float:
    """The number a text writes, with point or comma and any grouping; raise `Unreadable`.

    `guess`: the text comes from a control that always writes a point.
    """
    if len(text) > LONGEST:
        raise Unreadable(IN_DIGITS)
    if _EITHER.fullmatch(text) and not guess:
        raise Unreadable(TWO_WAYS)
    text = _SPACES.sub("", text)
    points = _POINTS.findall(text)
    if len(points) > 1:
        last = points[-1]
        grouping = points[0]
        same = set(points) == {last}
        groups = text if same else text[: text.rindex(last)]
        if len(set(points[:-1])) > 1 or not _GROUPS.fullmatch(groups.replace(grouping, ".")):
            raise Unreadable(IN_DIGITS)
        text = text.replace(grouping, "") if same else groups.replace(grouping, "") + _rest(text)
    number = _POINTS.sub(".", text)
    if not _NUMBER.fullmatch(number):
        raise Unreadable(IN_DIGITS)
    return storable(float(number))


def _rest(text: str) -> str:
    """From the last point on."""
    return text[max(text.rfind(point) for point in ".,\u066b") :]


def storable(number: float) -> int | float:
    """A number as it is stored: rounded to ten places, whole ones as such; raise `Unreadable`."""
    if abs(number) > LARGEST or not math.isfinite(number):
        raise Unreadable(IN_DIGITS)
    rounded = round(number, DECIMALS)
    return int(rounded) if rounded == int(rounded) else rounded


def typed_number(number: float) -> str:
    """A number as an input shows it, so that it can be read in one way only."""
    text = number_text(number)
    return text + "0" if _EITHER.fullmatch(text) else text


def refuse_outside(question: Question, number: float) -> None:
    """Raise `Unreadable` for a number that is no step of the question's range."""
    span = question.range
    if span is None:
        return
    inside = min(span.start, span.end) <= number <= max(span.start, span.end)
    steps = (Fraction(repr(number)) - Fraction(repr(span.start))) / Fraction(repr(span.step or 1))
    if not inside or steps.denominator != 1:
        raise Unreadable(
            _l(
                "Give a number from %(start)s to %(end)s, in steps of %(step)s.",
                start=number_text(span.start),
                end=number_text(span.end),
                step=number_text(abs(span.step)),
            )
        )


class _Number(Kind):
    @abstractmethod
    def read(self, question: Question, text: str) -> int | float:
        """The number of a text that isn't empty; raise `Unreadable`."""

    def checked(self, question: Question, number: float) -> int | float:
        """A number that can be an answer; raise `Unreadable`."""
        refuse_outside(question, number)
        return number

    def from_raw(self, question: Question, raw: Raw) -> int | float | None:
        text = first(raw)
        return self.checked(question, self.read(question, text)) if text else None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {"": ["" if stored is None else typed_number(stored)]}

    def from_json(self, question: Question, value: Any) -> int | float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong_shape()
        return self.checked(question, storable(value))

    def value(self, question: Question, stored: Any) -> str:
        return number_text(stored)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", number_text(stored))]


class Integer(_Number, of=QuestionKind.INTEGER):
    """A whole number, written in any script's digits, with or without grouping."""

    title = _l("Whole number")

    def read(self, question: Question, text: str) -> int:
        return whole_number(text)

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {"": ["" if stored is None else str(stored)]}

    def from_json(self, question: Question, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
            raise wrong_shape()
        return int(self.checked(question, value))


class Decimal(_Number, of=QuestionKind.DECIMAL):
    """A number with or without places after the point, kept to ten of them."""

    title = _l("Decimal number")

    def read(self, question: Question, text: str) -> int | float:
        return decimal_number(text, guess=question.range is not None)


class Percent(_Number, of=QuestionKind.PERCENT):
    """A percentage between 0 and 100, stored as that number."""

    title = _l("Percentage")

    def read(self, question: Question, text: str) -> int | float:
        bare = text.strip("%٪\u00a0\u202f \u200e\u200f\u061c")
        if not bare:
            raise Unreadable(IN_DIGITS)
        return decimal_number(bare, guess=question.range is not None)

    def checked(self, question: Question, number: float) -> int | float:
        if not 0 <= number <= WHOLE_PERCENT:
            raise Unreadable(_l("Give a percentage between 0 and 100."))
        return super().checked(question, number)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", f"{number_text(stored)}\u00a0%")]


class Money(Kind, of=QuestionKind.MONEY):
    """An amount with its currency, stored as {"amount": 12.5, "currency": "CHF"}."""

    title = _l("Amount of money")
    CURRENCY = "-currency"

    def suffixes(self, question: Question) -> list[str]:
        return ["", self.CURRENCY]

    def offered(self, question: Question) -> tuple[str, ...]:
        """The currencies an amount may be in: the question's, else all in use."""
        return question.currencies or currencies_in_use()

    def named(self, question: Question, language: str) -> list[tuple[str, str]]:
        """The currencies with their names, for a list to choose from."""
        return [(code, currency_name(code, language)) for code in self.offered(question)]

    def from_raw(self, question: Question, raw: Raw) -> Any:
        text = first(raw)
        if not text:
            return None
        amount = decimal_number(text)
        offered = self.offered(question)
        currency = first(raw, self.CURRENCY) or (offered[0] if len(offered) == 1 else "")
        if currency not in offered:
            raise Unreadable(CHOOSE_CURRENCY)
        return {"amount": amount, "currency": currency}

    def to_raw(self, question: Question, stored: Any) -> Raw:
        if stored is None:
            return {}
        return {"": [typed_number(stored["amount"])], self.CURRENCY: [stored["currency"]]}

    def from_json(self, question: Question, value: Any) -> Any:
        if not isinstance(value, dict) or set(value) != {"amount", "currency"}:
            raise wrong_shape()
        amount, currency = value["amount"], value["currency"]
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            raise wrong_shape()
        if not isinstance(currency, str) or currency not in self.offered(question):
            raise Unreadable(CHOOSE_CURRENCY)
        return {"amount": storable(amount), "currency": currency}

    def value(self, question: Question, stored: Any) -> str:
        return number_text(stored["amount"])

    def columns(self, question: Question) -> list[Column]:
        parts: dict[str, Lazy] = {"amount": _l("amount"), "currency": _l("currency")}
        return [Column(f"{question.code}.{p}", question, p, words) for p, words in parts.items()]

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return [None, None] if stored is None else [stored["amount"], stored["currency"]]

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", f"{number_text(stored['amount'])}\u00a0{stored['currency']}")]


@cache
def currencies_in_use() -> tuple[str, ...]:
    """Codes of the currencies that are legal tender somewhere today (CLDR), by code."""
    spells = get_global("territory_currencies").values()
    current = {code for of in spells for code, _from, until, tender in of if tender and not until}
    return tuple(sorted(current))


def currency_name(code: str, language: str) -> str:
    """A currency's name in a language, its code where the language has none for it."""
    try:
        return get_currency_name(code, locale=language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return code
