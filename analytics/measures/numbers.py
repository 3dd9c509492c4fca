"""Measures of numbers: their mean, and for figures of money and the like their quartiles."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from analytics.measures.base import Line, Measure, Part, is_empty, number_of
from surveys.definition import Question, QuestionKind

QUARTILES = {
    "lower_quartile": Fraction(1, 4),
    "median": Fraction(1, 2),
    "upper_quartile": Fraction(3, 4),
}
"""The values of rows with quartiles, and the part of the numbers below each."""


def spread_lines(item: str | None) -> list[Line]:
    """The mean and the quartiles of one item's numbers."""
    return [Line(item, None), *(Line(item, name, part) for name, part in QUARTILES.items())]


class Integer(Measure, of=(QuestionKind.INTEGER,)):
    """The mean."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        return [Line(None, None)]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, (), number_of(answer))


class Decimal(Integer, of=(QuestionKind.DECIMAL, QuestionKind.PERCENT)):
    """The mean and the quartiles."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        return spread_lines(None)


class Money(Measure, of=(QuestionKind.MONEY,)):
    """The mean and the quartiles of the amounts in each currency: they are never added up."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        given = {answer["currency"] for answer in answers if not is_empty(answer)}
        offered = question.currencies or sorted(given)
        return [line for currency in offered for line in spread_lines(currency)]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(answer["currency"], (), number_of(answer["amount"]))
