"""What every measure answers: which rows a question's table has, and what an answer adds to them.

One class per kind of question. It refuses to know regions, weights and who may see what.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from surveys.definition import Question, QuestionKind


class NotTabulated(ValueError):
    """The question's kind has no table: notes, and what is calculated."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a question's table: an item and a value; without a value, the item's mean.

    `quantile`: of a row with a quantile of the numbers given, the part of them below it.
    """

    item: str | None
    value: int | str | None
    quantile: Fraction | None = None

    @property
    def is_mean(self) -> bool:
        """Whether the row carries a mean and not a share."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Part:
    """What an answer says of one item: the values it hits, and its number if it has one."""

    item: str | None
    hits: tuple[int | str, ...] = ()
    number: int | float | None = None


class Measure(ABC):
    """The rows of one kind of question and how an answer counts in them."""

    KINDS: ClassVar[dict[QuestionKind, "Measure"]] = {}
    nothing: ClassVar[Any] = None
    """The answer that silence stands for, where bases count all who were asked."""

    def __init_subclass__(cls, *, of: Iterable[QuestionKind] = ()) -> None:
        """Register a measure for its kinds."""
        Measure.KINDS.update(dict.fromkeys(of, cls()) if of else {})

    @abstractmethod
    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        """Every row of the question's table, in the order shown.

        `answers`: all that count in the wave, for kinds whose rows are what was answered.
        """

    @abstractmethod
    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        """What the answer says, one part per item it answers; nothing if it says nothing."""


def code_of(answer: Any) -> Any:
    """The choice's code: "other, specify" is stored with its text."""
    return answer.get("choice") if isinstance(answer, dict) else answer


def is_empty(answer: Any) -> bool:
    """Whether nothing was said: 0 and False are answers."""
    return answer is None or answer in ("", [], {}, ())


def number_of(answer: Any) -> int | float | None:
    """The answer's number; None for "don't know" and other codes."""
    is_number = isinstance(answer, int | float) and not isinstance(answer, bool)
    return answer if is_number else None


def scale_of(question: Question) -> list[int | str]:
    """The steps of the question's scale as stored: numbers first, then codes."""
    return sorted((c.value for c in question.choices), key=lambda v: isinstance(v, str))


def measure_of(question: Question) -> Measure:
    """How this question is counted. Raises `NotTabulated` for notes and calculated values."""
    try:
        return Measure.KINDS[question.kind]
    except KeyError:
        sentence = f"Question {question.code} is a {question.kind}: it has no table of figures."
        raise NotTabulated(sentence) from None
