"""Charts of a question's table.

Each builder takes tables as tabulated for the reader: what was suppressed there has no figure to
draw. `weighted` chooses which of the table's figures are drawn.
"""

from collections.abc import Mapping
from dataclasses import replace

from analytics.charts import palette
from analytics.charts.chart import Chart, ChartKind, Mark, Series
from analytics.charts.headline import code_of, leading_rows, ordered
from analytics.charts.labels import Labels, Unit
from analytics.table import ALL, Row, Table
from surveys.definition import Question, text_in

PLAIN_STEPS = 2
"""A scale of so few steps has no turning point."""

UNITS = {
    "matrix": Unit.MEAN,
    "integer": Unit.MEAN,
    "decimal": Unit.MEAN,
    "percent": Unit.MEAN,
    "money": Unit.MEAN,
    "points": Unit.POINTS,
}
"""What the leading figures of a kind are; shares where none is named."""


def ranked_bars(question: Question, table: Table, labels: Labels, *, weighted: bool) -> Chart:
    """The question's options with the highest first: means, points or shares."""
    names = names_in(question, labels)
    rows = ordered(leading_rows(table), weighted=weighted)
    marks = tuple(_mark(code_of(row), names, row, weighted=weighted) for row in rows)
    series = Series(ALL, labels.name(ALL), palette.NEUTRAL, marks)
    return _chart(ChartKind.RANKED_BARS, question, table, labels, (series,), weighted=weighted)


def columns(question: Question, table: Table, labels: Labels, *, weighted: bool) -> Chart:
    """The distribution over a scale or over choices, in the question's order."""
    names = names_in(question, labels)
    rows = [row for row in table.rows_of(ALL) if not row.is_mean]
    marks = tuple(_mark(str(row.value), names, row, weighted=weighted) for row in rows)
    series = Series(ALL, labels.name(ALL), palette.NEUTRAL, marks)
    return _chart(ChartKind.COLUMNS, question, table, labels, (series,), weighted=weighted)


def heat_map(
    question: Question,
    table: Table,
    by_region: Table,
    labels: Labels,
    *,
    weighted: bool,
    ranked: bool = True,
) -> Chart:
    """The options, ordered as of all together, by region or merged group.

    A region shown inside a merged group has no column of its own. `ranked` False: the options
    keep the question's order, as the steps of a scale do.
    """
    names = names_in(question, labels)
    rows = leading_rows(table)
    codes = [code_of(row) for row in (ordered(rows, weighted=weighted) if ranked else rows)]
    merged = [size.group for size in by_region.groups if "+" in size.group]
    inside = {region for group in merged for region in group.split("+")}
    series = []
    for group in (size.group for size in by_region.groups if size.group not in inside):
        of_group = {code_of(row): row for row in leading_rows(by_region, group)}
        marks = tuple(_mark(code, names, of_group[code], weighted=weighted) for code in codes)
        series.append(Series(group, labels.name(group), palette.of_group(group), marks))
    return _chart(ChartKind.HEAT_MAP, question, by_region, labels, tuple(series), weighted=weighted)


def means(
    question: Question,
    table: Table,
    by_region: Table,
    labels: Labels,
    *,
    weighted: bool,
    item: str | None = None,
) -> Chart:
    """One mean of all together, then that of each region or merged group in its colour.

    `item`: whose means, where there are several: a currency's.
    """
    merged = [size.group for size in by_region.groups if "+" in size.group]
    inside = {region for group in merged for region in group.split("+")}
    series = []
    rows = (*table.rows, *(row for row in by_region.rows if row.group not in inside))
    for row in (row for row in rows if row.is_mean and row.item == item):
        name = {row.group: labels.name(row.group)}
        marks = (_mark(row.group, name, row, weighted=weighted),)
        series.append(Series(row.group, name[row.group], palette.of_group(row.group), marks))
    chart = _chart(ChartKind.RANKED_BARS, question, table, labels, tuple(series), weighted=weighted)
    return replace(chart, unit=Unit.MEAN)


def stacked_scale(question: Question, table: Table, labels: Labels, *, weighted: bool) -> Chart:
    """How each item was rated: a series per step, the low steps left of the turning point.

    Items with the highest mean come first. Answers beside the scale ("don't know") come last.
    """
    names = names_in(question, labels)
    values = sorted((choice.value for choice in question.choices), key=_scale_order)
    steps = [value for value in values if isinstance(value, int)]
    means = [row for row in table.rows_of(ALL) if row.is_mean]
    items = [row.item for row in ordered(means, weighted=weighted)]
    series = []
    for value in values:
        rows = [table.by_row[ALL, item, value] for item in items]
        marks = (_mark(row.item or table.question, names, row, weighted=weighted) for row in rows)
        is_step = isinstance(value, int)
        colour = palette.of_step(values.index(value), len(steps)) if is_step else palette.BESIDE
        series.append(Series(str(value), names[str(value)], colour, tuple(marks)))
    chart = _chart(
        ChartKind.STACKED_SCALE, question, table, labels, tuple(series), weighted=weighted
    )
    middle = len(steps) / 2 if len(steps) > PLAIN_STEPS else None
    return replace(chart, unit=Unit.PERCENT, top=1.0, middle=middle)


def names_in(question: Question, labels: Labels) -> Mapping[str, str]:
    """The wording of the question, its choices and items by code, in the labels' language."""
    listed = {o.code: text_in(o.texts, labels.language) for o in question.choices + question.items}
    asked = text_in(question.texts, labels.language)
    return {"yes": labels.name("yes"), "no": labels.name("no"), question.code: asked, **listed}


def _mark(code: str, names: Mapping[str, str], row: Row, *, weighted: bool) -> Mark:
    value = row.figure(weighted=weighted)
    return Mark(code, names.get(code, code), value, row.n, row.base, row.suppressed)


def _chart(
    kind: ChartKind,
    question: Question,
    table: Table,
    labels: Labels,
    series: tuple[Series, ...],
    *,
    weighted: bool,
) -> Chart:
    unit = UNITS.get(table.kind, Unit.PERCENT)
    title = text_in(question.texts, labels.language)
    subtitle = labels.base(table.n, table.size)
    top = _top(question, unit, series)
    return Chart(question.code, kind, title, subtitle, unit, series, top, weighted)


def _top(question: Question, unit: Unit, series: tuple[Series, ...]) -> float:
    """The end of the scale: the whole, the scale's highest step, or the most points given."""
    if unit is Unit.PERCENT:
        return 1.0
    steps = [choice.value for choice in question.choices if isinstance(choice.value, int)]
    given = [mark.value or 0.0 for one in series for mark in one.marks]
    return float(max(steps, default=0)) or max(given, default=0) or 1.0


def _scale_order(value: int | str) -> tuple[bool, int]:
    """Steps from the low end, then the answers beside the scale in the order offered."""
    return (isinstance(value, str), value if isinstance(value, int) else 0)
