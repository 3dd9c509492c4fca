"""Measures of days, months and times: how many fall into each year, month or hour."""

from collections.abc import Iterable, Iterator
from typing import Any

from analytics.measures.base import Line, Measure, Part, is_empty
from surveys.definition import Question, QuestionKind


class Times(Measure, of=(QuestionKind.TIME,)):
    """A share per hour of the day, from the first to the last that was given."""

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        hours = [int(answer[:2]) for answer in answers if not is_empty(answer)]
        span = range(min(hours), max(hours) + 1) if hours else range(0)
        return [Line(None, f"{hour:02}:00") for hour in span]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, (f"{answer[:2]}:00",))


class Days(Measure, of=(QuestionKind.DATE, QuestionKind.MONTH, QuestionKind.DATE_TIME)):
    """A share per year, and where all fall into one year a share per month.

    An answer counts in its year and in its month; which of them has rows is the wave's matter.
    """

    def lines(self, question: Question, answers: Iterable[Any] = ()) -> list[Line]:
        months = sorted({answer[:7] for answer in answers if not is_empty(answer)})
        years = sorted({month[:4] for month in months})
        return [Line(None, one) for one in (months if len(years) == 1 else years)]

    def parts(self, question: Question, answer: Any) -> Iterator[Part]:
        yield Part(None, (answer[:4], answer[:7]))
