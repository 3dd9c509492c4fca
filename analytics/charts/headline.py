"""What a headline says of a table: who comes first and second, as facts and not as a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from analytics.measures import ANY_RANK
from analytics.table import ALL, Row, Table

OF_NUMBERS = {"integer", "decimal", "percent", "money"}
LAST = ("other", "none")
"""Choices that aren't in the running: they stand last and never in a headline."""


@dataclass(frozen=True)
class Headline:
    """The first places, each with all codes that share it, enough for two codes at least.

    `weighted_places`: the same with weighted figures; None for a table without.
    """

    places: tuple[tuple[str, ...], ...]
    weighted_places: tuple[tuple[str, ...], ...] | None
    n: int | None
    size: int

    @property
    def tied(self) -> bool:
        """Whether a place is shared."""
        return any(len(codes) > 1 for codes in self.places)

    @property
    def order_differs(self) -> bool:
        """Whether weighting changes who stands in these places."""
        return self.weighted_places is not None and self.weighted_places != self.places


def headline_of(table: Table) -> Headline | None:
    """The headline's facts, of all together; None where no figure may be or can be told."""
    rows = [row for row in leading_rows(table) if code_of(row) not in LAST]
    places = _places(rows, weighted=False)
    if not places:
        return None
    weighted = _places(rows, weighted=True) if table.weighting else None
    return Headline(places, weighted, table.n, table.size)


def leading_rows(table: Table, group: str = ALL) -> list[Row]:
    """The rows by which a question's options are ordered, one per option, in the question's order.

    The means of a matrix or of points, "in the top k" of a ranking, the shares of choices; of
    numbers there are no options to order.
    """
    wanted = {"matrix": None, "points": None, "ranking": ANY_RANK}
    if table.kind in OF_NUMBERS:
        return []
    if table.kind not in wanted:
        return [row for row in table.rows_of(group) if not row.is_mean]
    return [row for row in table.rows_of(group) if row.value == wanted[table.kind]]


def code_of(row: Row) -> str:
    """The code of the option a leading row stands for."""
    return str(row.value) if row.item is None else row.item


def ordered(rows: Iterable[Row], *, weighted: bool) -> list[Row]:
    """Highest figure first; ties in the order given; without a figure, "other", "none" last."""

    def rank(row: Row) -> tuple[bool, bool, float]:
        figure = row.figure(weighted=weighted)
        return (code_of(row) in LAST, figure is None, -(figure or 0))

    return sorted(rows, key=rank)


def _places(rows: Sequence[Row], *, weighted: bool) -> tuple[tuple[str, ...], ...]:
    told = [row for row in rows if row.figure(weighted=weighted)]
    by_figure = groupby(ordered(told, weighted=weighted), lambda r: r.figure(weighted=weighted))
    places: list[tuple[str, ...]] = []
    for _, tied in by_figure:
        if sum(map(len, places)) < 2:  # noqa: PLR2004 - first and second
            places.append(tuple(code_of(row) for row in tied))
    return tuple(places)
