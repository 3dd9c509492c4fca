"""A chart as a Plotly figure: plain data for the browser, without loading Plotly here.

Texts are escaped, because Plotly reads some markup in labels. It refuses to know how the figure
reaches the browser.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from analytics.charts import palette
from analytics.charts.bars import figure_text
from analytics.charts.canvas import wrapped
from analytics.charts.chart import Chart, ChartKind, Mark, Series
from analytics.charts.labels import Labels, Unit
from analytics.charts.scale import starts

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "responsive": True,
    "showSendToCloud": False,
    "showEditInChartStudio": False,
    "modeBarButtonsToRemove": ["sendDataToCloud", "editInChartStudio", "lasso2d", "select2d"],
}
"""No button that would send the data anywhere."""

_SYMBOLS = {
    "submitted": "square",
    "in_progress": "square-dot",
    "invited": "square-open",
    "silent": "square-x-open",
    "not_invited": "circle-open",
}
_Traces = list[dict[str, Any]]


def figure(chart: Chart, labels: Labels) -> dict[str, Any]:
    """`data`, `layout` and `config`, as `Plotly.newPlot` takes them."""
    return {
        "data": _TRACES[chart.kind](chart, labels),
        "layout": _layout(chart, labels),
        "config": CONFIG,
    }


def _bars(chart: Chart, labels: Labels) -> _Traces:
    return [
        {**_bar(s, chart, labels), "orientation": "h", "x": _values(s), "y": _codes(s.marks)}
        for s in chart.series
    ]


def _columns(chart: Chart, labels: Labels) -> _Traces:
    return [{**_bar(s, chart, labels), "x": _codes(s.marks), "y": _values(s)} for s in chart.series]


def _scale(chart: Chart, labels: Labels) -> _Traces:
    found = starts(chart)
    traces = _bars(chart, labels)
    for trace, series in zip(traces, chart.series, strict=True):
        trace["base"] = [found[series.code, mark.code] for mark in series.marks]
        trace["textposition"] = "inside"
    return traces


def _heat(chart: Chart, labels: Labels) -> _Traces:
    rows = range(len(chart.rows))
    marks = [[series.marks[row] for series in chart.series] for row in rows]
    return [
        {
            "type": "heatmap",
            "x": [series.code for series in chart.series],
            "y": _codes(chart.rows),
            "z": [[mark.value for mark in row] for row in marks],
            "text": [[_safe(figure_text(chart, mark, labels)) for mark in row] for row in marks],
            "texttemplate": "%{text}",
            "hoverinfo": "x+y+text",
            "colorscale": [[0, "#FFFFFF"], [1, palette.INTENSITY]],
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
        }
    ]


def _tiles(chart: Chart, _labels: Labels) -> _Traces:
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "name": _safe(series.label),
            "x": [mark.place[0] for mark in series.marks if mark.place],
            "y": [mark.place[1] for mark in series.marks if mark.place],
            "text": [_safe(mark.code) for mark in series.marks],
            "textfont": {"size": 9},
            "textposition": "bottom center",
            "hovertext": _names(series.marks),
            "hoverinfo": "text+name",
            "customdata": _values(series),
            "marker": {"symbol": _SYMBOLS[series.code], "size": 14, "color": series.colour},
        }
        for series in chart.series
    ]


def _days(chart: Chart, labels: Labels) -> _Traces:
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": _safe(series.label),
            "x": [mark.code for mark in series.marks],
            "y": _values(series),
            "hovertext": [labels.of(mark.n or 0, mark.base or 0) for mark in series.marks],
            "hoverinfo": "x+text",
            "line": {"shape": "hv", "color": series.colour},
        }
        for series in chart.series
    ]


_TRACES: dict[ChartKind, Callable[[Chart, Labels], _Traces]] = {
    ChartKind.RANKED_BARS: _bars,
    ChartKind.COLUMNS: _columns,
    ChartKind.STACKED_SCALE: _scale,
    ChartKind.HEAT_MAP: _heat,
    ChartKind.TILE_GRID: _tiles,
    ChartKind.TIMELINE: _days,
}


def _bar(series: Series, chart: Chart, labels: Labels) -> dict[str, Any]:
    texts = [_safe(figure_text(chart, mark, labels)) for mark in series.marks]
    return {
        "type": "bar",
        "name": _safe(series.label),
        "marker": {"color": series.colour},
        "text": texts,
        "textposition": "auto",
        "hoverinfo": "text+name",
        "hovertext": texts,
    }


def _layout(chart: Chart, labels: Labels) -> dict[str, Any]:
    """Our own few settings: the library's default template weighs 7 kB in every chart."""
    tiles, several = chart.kind is ChartKind.TILE_GRID, len(chart.series) > 1
    scale = chart.kind is ChartKind.STACKED_SCALE
    upside_down = chart.kind in {
        ChartKind.RANKED_BARS, ChartKind.STACKED_SCALE, ChartKind.HEAT_MAP, ChartKind.TILE_GRID,
    }  # fmt: skip
    marks = [mark for series in chart.series for mark in series.marks]
    vertical: dict[str, Any] = {"automargin": True, "showgrid": False, "visible": not tiles}
    if chart.kind in {ChartKind.RANKED_BARS, ChartKind.STACKED_SCALE, ChartKind.HEAT_MAP}:
        vertical |= _named(marks)
    return {
        "template": {},
        "title": {"text": _safe(chart.title), "subtitle": {"text": _safe(chart.subtitle)}},
        "barmode": "overlay",
        "font": {"family": "system-ui, sans-serif", "size": 13},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": several and (scale or tiles),
        "legend": {"orientation": "h"},
        "xaxis": {**_across(chart, labels), "visible": not (tiles or scale)},
        "yaxis": {**vertical, **({"autorange": "reversed"} if upside_down else {})}
        | ({"side": "right"} if labels.right_to_left else {}),
    }


def _across(chart: Chart, labels: Labels) -> dict[str, Any]:
    axis: dict[str, Any] = {"automargin": True, "showgrid": False}
    never = chart.kind in {ChartKind.TIMELINE, ChartKind.TILE_GRID}
    if labels.right_to_left and not never:
        axis["autorange"] = "reversed"
    if chart.unit is Unit.PERCENT and chart.kind is ChartKind.RANKED_BARS:
        axis["tickformat"] = ".0%"
    if chart.kind is ChartKind.COLUMNS:
        axis |= _named(chart.rows)
    if chart.kind is ChartKind.HEAT_MAP:
        axis |= _named(chart.series)
    return axis


def _named(ticks: Iterable[Mark | Series]) -> dict[str, Any]:
    """Names at a category axis's codes: two options of the same wording stay apart."""
    names = {tick.code: _safe(tick.label) for tick in ticks}
    return {
        "type": "category",
        "tickmode": "array",
        "tickvals": list(names),
        "ticktext": list(names.values()),
    }


def _values(series: Series) -> list[float | None]:
    return [mark.value for mark in series.marks]


def _codes(marks: Iterable[Mark]) -> list[str]:
    return [mark.code for mark in marks]


def _names(marks: Iterable[Mark]) -> list[str]:
    return [_safe(mark.label) for mark in marks]


def _safe(text: str) -> str:
    return "<br>".join(escape(line) for line in wrapped(text, 300))
