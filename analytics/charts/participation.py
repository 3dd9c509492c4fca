"""Charts of who takes part: participation is open to every reader of the dashboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from analytics.charts import palette
from analytics.charts.chart import Chart, ChartKind, Mark, Series
from analytics.charts.labels import Labels, Unit
from analytics.frame import Frame
from analytics.table import ALL

STATES = ("submitted", "in_progress", "invited", "silent", "not_invited")
"""How far an organisation is, in the order of the legend."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One organisation on the tile grid. `code`: the text on it; `state`: one of `STATES`."""

    code: str
    name: str
    column: int
    row: int
    state: str


def participation(
    submitted: Mapping[str, int], frame: Frame, labels: Labels, *, title: str
) -> Chart:
    """The response rate of each region, in the frame's order, in the region's colour."""
    series = tuple(
        Series(region, labels.name(region), palette.of_group(region), (mark,))
        for region in frame.regions
        for mark in [_rate(region, submitted.get(region, 0), frame.size(region), labels)]
    )
    subtitle = labels.base(sum(submitted.get(r, 0) for r in frame.regions), frame.total)
    kind = ChartKind.RANKED_BARS
    return Chart("participation", kind, title, subtitle, Unit.PERCENT, series, top=1.0)


def tile_grid(tiles: Sequence[Tile], labels: Labels, *, title: str) -> Chart:
    """One tile per organisation, a series per state that occurs, in the order of `STATES`."""
    series = tuple(
        Series(state, labels.name(state), palette.STATES[state], marks)
        for state in STATES
        if (marks := tuple(_tile(tile) for tile in tiles if tile.state == state))
    )
    spoke = sum(tile.state == "submitted" for tile in tiles)
    subtitle = labels.base(spoke, len(tiles))
    return Chart("tiles", ChartKind.TILE_GRID, title, subtitle, Unit.COUNT, series, top=1.0)


def timeline(
    received: Sequence[tuple[date, str, int]], size: int, labels: Labels, *, title: str
) -> Chart:
    """Responses received up to each day. `received`: days in order, as shown, and that day's."""
    totals = list(accumulate(count for _, _, count in received))
    marks = tuple(
        Mark(day.isoformat(), label, float(total), total, size)
        for (day, label, _), total in zip(received, totals, strict=True)
    )
    series = Series(ALL, labels.name(ALL), palette.NEUTRAL, marks)
    subtitle = labels.base(totals[-1] if totals else 0, size)
    top = float(max(totals, default=0)) or 1.0
    return Chart("received", ChartKind.TIMELINE, title, subtitle, Unit.COUNT, (series,), top)


def _rate(region: str, submitted: int, size: int, labels: Labels) -> Mark:
    value = submitted / size if size else None
    return Mark(region, labels.name(region), value, submitted, size)


def _tile(tile: Tile) -> Mark:
    return Mark(tile.code, tile.name, value=1.0, place=(tile.column, tile.row))
