"""What one answer adds to a table: which rows a question has, and which of them an answer hits.

One class per kind of question. It refuses to know regions, weights and who may see what.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from surveys.definition import Question, QuestionKind

ANY_RANK = "any"
"""The value of the row that counts a place anywhere in the top k."""


class NotTabulated(ValueError):
    """The question's kind has no table: texts, dates and notes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a question's table: an item and a value; without a value, the item's mean."""

    item: str | None
    value: int | str | None

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

    of: ClassVar[QuestionKind]

    @abstractmethod
    def lines(self, question: Question) -> list[Line]:
        """Every row of the question's table, in the order shown."""

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


class ChooseOne(Measure):
    """A share per choice."""

    of = QuestionKind.CHOOSE_ONE

    def lines(self, question: Question) -> list[Line]:
        return [Line(None, choice.code) for choice in question.choices]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, (code_of(answer),))


class ChooseMany(ChooseOne):
    """A share per choice; together they may pass the whole."""

    of = QuestionKind.CHOOSE_MANY

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, tuple({code_of(chosen) for chosen in answer}))


class YesNo(Measure):
    """A share for yes and one for no."""

    of = QuestionKind.YES_NO

    def lines(self, question: Question) -> list[Line]:
        return [Line(None, "yes"), Line(None, "no")]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, ("yes" if answer else "no",))


class Rating(Measure):
    """A share per step of the scale, and the mean of those who gave a number."""

    of = QuestionKind.RATING

    def lines(self, question: Question) -> list[Line]:
        return [*(Line(None, value) for value in scale_of(question)), Line(None, None)]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, (answer,), number_of(answer))


class Matrix(Measure):
    """A rating per item; an item left empty counts in none of that item's rows."""

    of = QuestionKind.MATRIX

    def lines(self, question: Question) -> list[Line]:
        values = [*scale_of(question), None]
        return [Line(item.code, value) for item in question.items for value in values]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        for item in question.items:
            value = answer.get(item.code)
            if not is_empty(value):
                yield Part(item.code, (value,), number_of(value))


class Ranking(Measure):
    """A share per item and rank, of all who ranked anything, and one for a place in the top k."""

    of = QuestionKind.RANKING

    def lines(self, question: Question) -> list[Line]:
        values = [*range(1, top_of(question) + 1), ANY_RANK]
        return [Line(item.code, value) for item in question.choices for value in values]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        placed = answer[: top_of(question)]
        ranks = {code_of(code): rank for rank, code in enumerate(placed, 1) if not is_empty(code)}
        if not ranks:
            return
        for choice in question.choices:
            rank = ranks.get(choice.code)
            yield Part(choice.code, () if rank is None else (rank, ANY_RANK))


class Points(Measure):
    """A mean per item, of all who gave any points: an item left empty got none."""

    of = QuestionKind.POINTS

    def lines(self, question: Question) -> list[Line]:
        return [Line(item.code, None) for item in question.items]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        if all(number_of(given) is None for given in answer.values()):
            return
        for item in question.items:
            yield Part(item.code, (), number_of(answer.get(item.code)) or 0)


class Integer(Measure):
    """The mean."""

    of = QuestionKind.INTEGER

    def lines(self, question: Question) -> list[Line]:
        return [Line(None, None)]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, (), number_of(answer))


_KINDS: Sequence[type[Measure]] = (
    ChooseOne, ChooseMany, YesNo, Rating, Matrix, Ranking, Points, Integer,
)  # fmt: skip
MEASURES = {kind.of: kind() for kind in _KINDS}


def measure_of(question: Question) -> Measure:
    """How this question is counted. Raises `NotTabulated` for texts, dates and notes."""
    try:
        return MEASURES[question.kind]
    except KeyError:
        sentence = f"Question {question.code} is a {question.kind}: it has no table of figures."
        raise NotTabulated(sentence) from None


def top_of(question: Question) -> int:
    """How many places a ranking has; without a limit, one per choice."""
    return question.top or len(question.choices)
