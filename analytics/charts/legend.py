"""Draws a legend: each series' mark with its name, as many in a line as fit."""

from collections.abc import Callable

from analytics.charts.canvas import LINE, TEXT, Canvas, width_of, wrapped
from analytics.charts.chart import Chart

SWATCH = 12

Box = Callable[[Canvas, tuple[float, float], str, float], None]
"""Draws a series' mark: on a canvas, at a corner, by the series' code, of a size."""


def draw_legend(canvas: Canvas, chart: Chart, y: float, *, box: Box | None = None) -> float:
    """The names of the series below y, with a plain swatch or their own mark; where it ends."""
    x = 0.0
    for series in chart.series:
        needed = SWATCH + 6 + width_of(series.label) + 12
        if x and x + needed > canvas.width:
            x, y = 0.0, y + LINE
        if box:
            box(canvas, (x + 1, y + 2), series.code, SWATCH)
        else:
            canvas.rect(x, y + 2, SWATCH, SWATCH, fill=series.colour)
        lines = wrapped(series.label, canvas.width - SWATCH - 6)
        for number, line in enumerate(lines):
            canvas.text(x + SWATCH + 6, y + TEXT + LINE * number, line)
        x += needed
        if len(lines) > 1:
            x, y = 0.0, y + LINE * len(lines)
    return y + LINE if x else y
