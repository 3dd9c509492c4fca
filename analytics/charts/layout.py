"""The layout of a Plotly figure: our own few settings, where the default template weighs 7 kB."""

from collections.abc import Iterable
from typing import Any

from analytics.charts.chart import Chart, ChartKind, Mark, Series
from analytics.charts.labels import Labels
from analytics.charts.wording import NARROW, TICK, safe

ROOM = 1.8
"""The value axis ends past the longest bar, so that the figure beside it has room."""

_ROWS = {ChartKind.RANKED_BARS, ChartKind.STACKED_SCALE, ChartKind.HEAT_MAP}
_NEVER_MIRRORED = {ChartKind.TIMELINE, ChartKind.TILE_GRID}


def layout(chart: Chart, labels: Labels) -> dict[str, Any]:
    """Title, axes, legend and height, as Plotly's `layout`."""
    legend = chart.kind in {ChartKind.STACKED_SCALE, ChartKind.TILE_GRID}
    title = {"text": safe(chart.title, labels), "subtitle": {"text": safe(chart.subtitle, labels)}}
    start = 1 if labels.right_to_left else 0
    return {
        "template": {},
        "title": {**title, "x": start, "automargin": True, "yref": "container"},
        "barmode": "overlay",
        "bargap": 0.4,
        "font": {"family": "system-ui, sans-serif", "size": 13},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": _head(chart), "b": 8},
        "height": _height(chart),
        "uniformtext": {"minsize": 11, "mode": "hide"},
        "showlegend": legend,
        "legend": {"orientation": "h", "yanchor": "top", "y": -0.02},
        "xaxis": _across(chart, labels),
        "yaxis": _upward(chart, labels),
    }


def _across(chart: Chart, labels: Labels) -> dict[str, Any]:
    axis: dict[str, Any] = {"automargin": True, "showgrid": False, "zeroline": False}
    mirrored = labels.right_to_left and chart.kind not in _NEVER_MIRRORED
    if chart.kind is ChartKind.RANKED_BARS:
        longest = max((m.value or 0 for s in chart.series for m in s.marks), default=0) or 1
        ends = [0, longest * ROOM]
        return {**axis, "visible": False, "range": ends[::-1] if mirrored else ends}
    if mirrored:
        axis["autorange"] = "reversed"
    if chart.kind is ChartKind.COLUMNS:
        return {**axis, **_named(chart.rows, labels, NARROW), "tickangle": 0}
    if chart.kind is ChartKind.HEAT_MAP:
        return {**axis, **_named(chart.series, labels, NARROW), "side": "top", "tickangle": 0}
    if chart.kind is ChartKind.TIMELINE and chart.rows:
        few = [chart.rows[0], chart.rows[len(chart.rows) // 2], chart.rows[-1]]
        return {**axis, **_named(few, labels, NARROW), "type": "date", "tickangle": 0}
    return {**axis, "visible": False}


def _upward(chart: Chart, labels: Labels) -> dict[str, Any]:
    axis: dict[str, Any] = {"automargin": True, "showgrid": False, "zeroline": False}
    if labels.right_to_left and chart.kind not in _NEVER_MIRRORED:
        axis["side"] = "right"
    if chart.kind in _ROWS:
        marks = [mark for series in chart.series for mark in series.marks]
        return {**axis, **_named(marks, labels, TICK), "autorange": "reversed"}
    if chart.kind is ChartKind.TILE_GRID:
        return {**axis, "visible": False, "autorange": "reversed", "scaleanchor": "x"}
    return {**axis, "rangemode": "tozero", "visible": chart.kind is ChartKind.TIMELINE}


def _named(ticks: Iterable[Mark | Series], labels: Labels, width: float) -> dict[str, Any]:
    """Names at an axis's codes: two options of the same wording stay apart."""
    names = {tick.code: safe(tick.label, labels, width) for tick in ticks}
    return {
        "type": "category",
        "tickmode": "array",
        "tickvals": list(names),
        "ticktext": list(names.values()),
    }


def _head(chart: Chart) -> int:
    """Pixels above the plot: for the title and, on a heat map, the regions' names in lines."""
    return 160 if chart.kind is ChartKind.HEAT_MAP else 72


def _height(chart: Chart) -> int:
    """Pixels: so much per row that a name of three lines has room."""
    rows = len({mark.code for series in chart.series for mark in series.marks})
    if chart.kind not in _ROWS:
        return 420
    return 68 + _head(chart) + 56 * rows + (120 if chart.kind is ChartKind.STACKED_SCALE else 0)
