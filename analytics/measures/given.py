"""Measures of whether anything was given at all: a text, a file, a tick, an item of a repeat."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from analytics.measures.base import Line, Measure, Part, is_empty
from analytics.measures.numbers import spread_lines
from surveys.definition import Question, QuestionKind

ANSWERED = "answered"
"""The value of the row that counts who gave anything."""


class Given(Measure, of=(QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.FILE)):
    """How many of those who were asked gave anything."""

    nothing: ClassVar[Any] = ""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        return [Line(None, ANSWERED)]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, () if is_empty(answer) else (ANSWERED,))


class Acknowledged(Measure, of=(QuestionKind.ACKNOWLEDGE,)):
    """The share of those who ticked the box, of all who were asked."""

    nothing: ClassVar[Any] = False

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        return [Line(None, "yes")]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, ("yes",) if answer else ())


class Repeated(Measure, of=(QuestionKind.REPEAT,)):
    """How many of those asked added anything, and how many items those added."""

    nothing: ClassVar[Any] = ()

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        return [Line(None, ANSWERED), *spread_lines(None)]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, (ANSWERED,), len(answer)) if answer else Part(None)
