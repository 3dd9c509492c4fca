"""A chart as the table beside it: the same marks in the same order, for every reader."""

from dataclasses import dataclass

from analytics.charts.chart import Chart, ChartKind, Mark, Series
from analytics.charts.labels import Labels, Unit


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and the figure behind it where it shows one."""

    text: str
    value: float | None = None
    suppressed: bool = False


@dataclass(frozen=True)
class ChartTable:
    """`headings`: of the columns, the first one that of the rows' names."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(chart: Chart, labels: Labels) -> ChartTable:
    """Heat maps and scales have a column per series; the other charts say n of base."""
    crossed = chart.kind in {ChartKind.HEAT_MAP, ChartKind.STACKED_SCALE}
    if crossed:
        headings, rows = _crossed(chart, labels)
    elif chart.kind is ChartKind.TILE_GRID:
        headings, rows = _states(chart, labels)
    else:
        headings, rows = _listed(chart, labels)
    return ChartTable(chart.title, headings, rows)


_Parts = tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]


def _crossed(chart: Chart, labels: Labels) -> _Parts:
    headings = (_heading("label", labels), *(series.label for series in chart.series))
    rows = tuple(
        (Cell(row.label), *(_figure(chart, s.marks[place], labels) for s in chart.series))
        for place, row in enumerate(chart.rows)
    )
    return headings, rows


def _listed(chart: Chart, labels: Labels) -> _Parts:
    headings = tuple(_heading(code, labels) for code in ("label", "figure", "n", "base"))
    marks = [mark for series in chart.series for mark in series.marks]
    return headings, tuple(
        (Cell(m.label), _figure(chart, m, labels), _count(m.n, labels), _count(m.base, labels))
        for m in marks
    )


def _states(chart: Chart, labels: Labels) -> _Parts:
    def row(series: Series, mark: Mark) -> tuple[Cell, ...]:
        return (Cell(mark.label), Cell(series.label, mark.value))

    rows = tuple(row(series, mark) for series in chart.series for mark in series.marks)
    return (_heading("label", labels), _heading("state", labels)), rows


def _figure(chart: Chart, mark: Mark, labels: Labels) -> Cell:
    if mark.value is None:
        text = labels.withheld if mark.suppressed else labels.nobody
        return Cell(text, suppressed=mark.suppressed)
    return Cell(labels.figure(mark.value, chart.unit), mark.value)


def _count(number: int | None, labels: Labels) -> Cell:
    return Cell("" if number is None else labels.figure(number, Unit.COUNT))


def _heading(code: str, labels: Labels) -> str:
    return labels.headings.get(code, code)
