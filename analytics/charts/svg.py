"""A chart as a small SVG for the page: readable at a phone's width, printable, without script.

Every mark carries its figure in `data-value`, unrounded.
"""

from collections.abc import Callable

from markupsafe import Markup

from analytics.charts.bars import draw_bars, draw_columns
from analytics.charts.canvas import WIDTH, Canvas
from analytics.charts.chart import Chart, ChartKind
from analytics.charts.days import draw_timeline
from analytics.charts.grids import draw_heat_map, draw_tiles, width_of_tiles
from analytics.charts.labels import Labels
from analytics.charts.scale import draw_scale

_DRAW: dict[ChartKind, Callable[[Canvas, Chart, Labels], float]] = {
    ChartKind.RANKED_BARS: draw_bars,
    ChartKind.COLUMNS: draw_columns,
    ChartKind.HEAT_MAP: draw_heat_map,
    ChartKind.STACKED_SCALE: draw_scale,
    ChartKind.TILE_GRID: draw_tiles,
    ChartKind.TIMELINE: draw_timeline,
}
_NEVER_MIRRORED = {ChartKind.TILE_GRID, ChartKind.TIMELINE}


def svg(chart: Chart, labels: Labels) -> Markup:
    """The chart's drawing, to stand in a page as it is; an empty chart's says so."""
    tiles = chart.kind is ChartKind.TILE_GRID
    mirrored = labels.right_to_left and chart.kind not in _NEVER_MIRRORED
    isolated = labels.right_to_left and not mirrored
    width = width_of_tiles(chart) if tiles else WIDTH
    canvas = Canvas(width, mirrored=mirrored, isolated=isolated)
    height = _DRAW[chart.kind](canvas, chart, labels)
    drawing = canvas.svg(f"{chart.title}. {chart.subtitle}", max(height, 1), wide=tiles)
    return Markup(drawing)  # noqa: S704 - the canvas has escaped every text and attribute
