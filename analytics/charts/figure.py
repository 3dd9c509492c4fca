"""A chart as a Plotly figure: plain data for the browser, without loading Plotly here.

The plot is to stand in a container with `dir="ltr"`: mirroring is done here. It refuses to know
how the figure reaches the browser.
"""

from collections.abc import Callable, Iterable
from typing import Any

from analytics.charts import palette
from analytics.charts.bars import figure_text
from analytics.charts.chart import Chart, ChartKind, Mark, Series
from analytics.charts.labels import Labels
from analytics.charts.layout import layout
from analytics.charts.scale import starts
from analytics.charts.wording import safe

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
        "layout": layout(chart, labels),
        "config": CONFIG,
    }


def _bars(chart: Chart, labels: Labels) -> _Traces:
    return [
        {**_bar(s, chart, labels), "orientation": "h", "x": _values(s), "y": _codes(s.marks)}
        for s in chart.series
    ]


def _columns(chart: Chart, labels: Labels) -> _Traces:
    return [
        {
            **_bar(s, chart, labels),
            "x": _codes(s.marks),
            "y": _values(s),
            "text": _figures(chart, s.marks, labels),
        }
        for s in chart.series
    ]


def _scale(chart: Chart, labels: Labels) -> _Traces:
    found = starts(chart)
    inside = {"textposition": "inside", "insidetextanchor": "middle"}
    return [
        {
            **trace,
            **inside,
            "text": _figures(chart, series.marks, labels),
            "base": [found[series.code, mark.code] for mark in series.marks],
        }
        for trace, series in zip(_bars(chart, labels), chart.series, strict=True)
    ]


def _heat(chart: Chart, labels: Labels) -> _Traces:
    marks = [[s.marks[row] for s in chart.series] for row in range(len(chart.rows))]
    hover = [[_hover(chart, mark, labels) for mark in row] for row in marks]
    return [
        {
            "type": "heatmap",
            "x": [series.code for series in chart.series],
            "y": _codes(chart.rows),
            "z": [[mark.value for mark in row] for row in marks],
            "text": [_figures(chart, row, labels) for row in marks],
            "texttemplate": "%{text}",
            "hovertext": hover,
            "hoverinfo": "text",
            "textfont": {"color": "#111111"},
            "colorscale": [[0, palette.FAINT], [1, palette.STRONG]],
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
        }
    ]


def _tiles(chart: Chart, labels: Labels) -> _Traces:
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": safe(series.label, labels),
            "x": [mark.place[0] for mark in series.marks if mark.place],
            "y": [mark.place[1] for mark in series.marks if mark.place],
            "hovertext": [safe(f"{m.label} ({m.code})", labels) for m in series.marks],
            "hoverinfo": "text+name",
            "customdata": _values(series),
            "marker": {"symbol": _SYMBOLS[series.code], "size": 11, "color": series.colour},
        }
        for series in chart.series
    ]


def _days(chart: Chart, labels: Labels) -> _Traces:
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": safe(series.label, labels),
            "x": _codes(series.marks),
            "y": _values(series),
            "hovertext": [
                safe(f"{m.label}: {labels.of(m.n or 0, m.base or 0)}", labels) for m in series.marks
            ],
            "hoverinfo": "text",
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
    return {
        "type": "bar",
        "name": safe(series.label, labels),
        "marker": {"color": series.colour},
        "text": [safe(figure_text(chart, mark, labels), labels) for mark in series.marks],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "hoverinfo": "text+name",
        "hovertext": [_hover(chart, mark, labels) for mark in series.marks],
    }


def _hover(chart: Chart, mark: Mark, labels: Labels) -> str:
    return safe(f"{mark.label}: {figure_text(chart, mark, labels)}", labels)


def _figures(chart: Chart, marks: Iterable[Mark], labels: Labels) -> list[str]:
    """The bare figures; a dash and a dot where one is withheld or nobody answered."""
    return [
        ("–" if mark.suppressed else "·")
        if mark.value is None
        else safe(labels.figure(mark.value, chart.unit), labels)
        for mark in marks
    ]


def _values(series: Series) -> list[float | None]:
    return [mark.value for mark in series.marks]


def _codes(marks: Iterable[Mark]) -> list[str]:
    return [mark.code for mark in marks]
