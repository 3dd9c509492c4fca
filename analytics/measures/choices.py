"""Measures of what is chosen, rated, ranked or shared out."""

from collections.abc import Iterable, Iterator
from typing import Any

from analytics.measures.base import Line, Measure, Part, code_of, is_empty, number_of, scale_of
from surveys.definition import Question, QuestionKind

ANY_RANK = "any"
"""The value of the row that counts a place anywhere in the top k."""


class ChooseOne(Measure, of=(QuestionKind.CHOOSE_ONE,)):
    """A share per choice."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        return [Line(None, choice.code) for choice in question.choices]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, (code_of(answer),))


class ChooseMany(ChooseOne, of=(QuestionKind.CHOOSE_MANY,)):
    """A share per choice; together they may pass the whole."""

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, tuple({code_of(chosen) for chosen in answer}))


class YesNo(Measure, of=(QuestionKind.YES_NO,)):
    """A share for yes and one for no."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        return [Line(None, "yes"), Line(None, "no")]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, ("yes" if answer else "no",))


class Rating(Measure, of=(QuestionKind.RATING,)):
    """A share per step of the scale, and the mean of those who gave a number."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        return [*(Line(None, value) for value in scale_of(question)), Line(None, None)]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, (answer,), number_of(answer))


class Matrix(Measure, of=(QuestionKind.MATRIX,)):
    """A rating per item; an item left empty counts in none of that item's rows."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        values = [*scale_of(question), None]
        return [Line(item.code, value) for item in question.items for value in values]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        for item in question.items:
            value = answer.get(item.code)
            if not is_empty(value):
                yield Part(item.code, (value,), number_of(value))


class Ranking(Measure, of=(QuestionKind.RANKING,)):
    """A share per item and rank, of all who ranked anything, and one for a place in the top k."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        values = [*range(1, top_of(question) + 1), ANY_RANK]
        return [Line(item.code, value) for item in question.choices for value in values]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        placed = enumerate(answer[: top_of(question)], 1)
        ranks = {code: rank for rank, place in placed if place for code in _at(place)}
        if not ranks:
            return
        for choice in question.choices:
            rank = ranks.get(choice.code)
            yield Part(choice.code, () if rank is None else (rank, ANY_RANK))


class Points(Measure, of=(QuestionKind.POINTS,)):
    """A mean per item, of all who gave any points: an item left empty got none."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        return [Line(item.code, None) for item in question.items]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        if all(number_of(given) is None for given in answer.values()):
            return
        for item in question.items:
            yield Part(item.code, (), number_of(answer.get(item.code)) or 0)


def _at(place: Any) -> list[str]:
    """The codes that stand at one stored place: one, or several that share it."""
    return list(place) if isinstance(place, list) else [place]


def top_of(question: Question) -> int:
    """How many places a ranking has; without a limit, one per choice."""
    return question.top or len(question.choices)
