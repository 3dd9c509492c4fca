"""Counts of public responses as staff see them: no day, and no total, tells of a few people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

FEWEST = 5
"""The fewest people a count may tell of."""


@dataclass(frozen=True)
class Span:
    """Days on end, with how many responses came in them together."""

    first: date
    last: date
    count: int


def shown_total(total: int) -> int | None:
    """The total, None where it tells of a few: nobody at all is not a few."""
    return None if 0 < total < FEWEST else total


def spans(days: Mapping[date, int]) -> list[Span]:
    """The days' counts, days on end put together until each count tells of enough; else none.

    `days`: in their order. Each span takes the whole counts of its days, so that subtracting any
    from the total leaves whole spans.
    """
    made: list[Span] = []
    open_span: Span | None = None
    for day, count in days.items():
        open_span = Span(open_span.first if open_span else day, day, count + _count(open_span))
        if open_span.count >= FEWEST:
            made.append(open_span)
            open_span = None
    if open_span is not None and made:
        last = made.pop()
        made.append(Span(last.first, open_span.last, last.count + open_span.count))
    return made


def _count(span: Span | None) -> int:
    return span.count if span else 0
