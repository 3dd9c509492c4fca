"""Whole counts of one question, region by region: all that shares, means and weights need.

Tallies add up exactly, so a group of regions is the sum of its regions. It refuses to know which
of them may be shown.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import Self

from analytics.frame import Answered, Frame
from analytics.measures import Line, Measure, Part, is_empty, measure_of
from surveys.definition import Question


@dataclass(frozen=True, slots=True)
class Count:
    """One row's sum: of hits for a share, of the numbers given for a mean; and of how many.

    `numbers`: of a row with a quantile the numbers themselves, from the lowest.
    """

    total: int | Fraction = 0
    base: int = 0
    numbers: tuple[int | float, ...] = ()

    @property
    def ratio(self) -> float | None:
        """The share or the mean; None when nobody stands in the base."""
        return float(Fraction(self.total) / self.base) if self.base else None

    def __add__(self, other: Self) -> "Count":
        numbers = self.numbers + other.numbers
        return Count(
            self.total + other.total,
            self.base + other.base,
            tuple(sorted(numbers)) if self.numbers and other.numbers else numbers,
        )


@dataclass
class Tally:
    """The counts of one region or group.

    `submitted`: responses of the wave; `answered`, `missing` and `not_asked` (hidden by a
    condition) part them.
    """

    submitted: int = 0
    answered: int = 0
    not_asked: int = 0
    counts: dict[Line, Count] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """Asked, and not answered."""
        return self.submitted - self.answered - self.not_asked

    def bases(self, lines: Iterable[Line]) -> tuple[int, ...]:
        """Everything that says "of how many" here: the wave's, the question's, each row's."""
        return (self.submitted, self.answered, *(self.counts[line].base for line in lines))

    def __add__(self, other: Self) -> "Tally":
        keys = self.counts.keys() | other.counts.keys()
        none = Count()
        return Tally(
            self.submitted + other.submitted,
            self.answered + other.answered,
            self.not_asked + other.not_asked,
            {key: self.counts.get(key, none) + other.counts.get(key, none) for key in keys},
        )


def together(tallies: Iterable[Tally], lines: Iterable[Line]) -> Tally:
    """The sum of several regions' tallies; of none, zeros in every row."""
    return reduce(Tally.__add__, tallies, Tally(counts=dict.fromkeys(lines, Count())))


def lines_of(question: Question, responses: Iterable[Answered], frame: Frame) -> list[Line]:
    """The rows of the question's table for all that was answered in the wave."""
    answers = [response.answer(question.code) for response in frame.counted(responses)]
    return measure_of(question).lines(question, answers)


def tally_by_region(
    question: Question, responses: Iterable[Answered], frame: Frame, lines: Sequence[Line]
) -> dict[str, Tally]:
    """Each region's tally of these rows, in the frame's order, regions without a response too."""
    measure = measure_of(question)
    by_region: dict[str, list[Answered]] = {region: [] for region in frame.regions}
    for response in frame.counted(responses):
        by_region[str(response.region)].append(response)
    return {
        region: _tally(question, measure, gathered, lines) for region, gathered in by_region.items()
    }


def _tally(
    question: Question, measure: Measure, responses: Sequence[Answered], lines: Sequence[Line]
) -> Tally:
    asked = [r for r in responses if question.code in r.shown]
    answers = [r.answer(question.code) for r in asked]
    said = [list(measure.parts(question, a)) for a in answers if not is_empty(a)]
    said = [parts for parts in said if parts]
    parts = [part for parts in said for part in parts]
    if measure.nothing is not None:
        silent = len(asked) - len(said)
        parts += [p for _ in range(silent) for p in measure.parts(question, measure.nothing)]
    return Tally(
        submitted=len(responses),
        answered=len(said),
        not_asked=len(responses) - len(asked),
        counts=_counts(lines, parts),
    )


def _counts(lines: Sequence[Line], parts: Sequence[Part]) -> dict[Line, Count]:
    bases = Counter(part.item for part in parts)
    hits = Counter(Line(part.item, value) for part in parts for value in part.hits)
    numbers: dict[str | None, list[int | float]] = {}
    for part in parts:
        if part.number is not None:
            numbers.setdefault(part.item, []).append(part.number)

    def count(line: Line) -> Count:
        given = numbers.get(line.item, [])
        if line.quantile is not None:
            return Count(base=len(given), numbers=tuple(sorted(given)))
        return _mean(given) if line.is_mean else Count(hits[line], bases[line.item])

    return {line: count(line) for line in lines}


def _mean(numbers: Sequence[int | float]) -> Count:
    # Fractions, because a sum of floats depends on the order of the responses.
    parts = (Fraction(number) for number in numbers if not isinstance(number, int))
    whole = sum(number for number in numbers if isinstance(number, int))
    return Count(sum(parts, Fraction(whole)), len(numbers))
