"""Draws bars and columns."""

from analytics.charts.canvas import LINE, TEXT, WIDTH, Canvas, width_of, wrapped
from analytics.charts.chart import Chart, Mark
from analytics.charts.labels import Labels, Unit

BAR = 14
GAP = 10
COLUMN_HEIGHT = 120


def figure_text(chart: Chart, mark: Mark, labels: Labels) -> str:
    """What stands beside a mark: its figure, a share also with n of base; or why there is none."""
    if mark.suppressed:
        return labels.withheld
    if mark.value is None:
        return labels.nobody
    figure = labels.figure(mark.value, chart.unit)
    if chart.unit is not Unit.PERCENT or chart.weighted or mark.n is None or mark.base is None:
        return figure
    return f"{figure} ({labels.of(mark.n, mark.base)})"


def draw_bars(canvas: Canvas, chart: Chart, labels: Labels) -> float:
    """Bars from the reading side, each below its label; the height used."""
    rows = [(series, mark) for series in chart.series for mark in series.marks]
    texts = [figure_text(chart, mark, labels) for _, mark in rows]
    beside = [t for (_, mark), t in zip(rows, texts, strict=True) if mark.value is not None]
    room = max(WIDTH - max(map(width_of, beside), default=0) - 6, WIDTH / 4)
    y = 0.0
    for (series, mark), text in zip(rows, texts, strict=True):
        y = canvas.lines(0, y, wrapped(mark.label, WIDTH))
        if mark.value is None:
            y = canvas.lines(0, y, wrapped(text, WIDTH), font_style="italic") + GAP
            continue
        length = room * mark.value / chart.top
        data = {"data_value": mark.value, "data_code": mark.code}
        canvas.rect(0, y + 1, length, BAR, fill=series.colour, **data)
        canvas.text(length + 6, y + TEXT, text)
        y += BAR + GAP
    return y


def draw_columns(canvas: Canvas, chart: Chart, labels: Labels) -> float:
    """Columns in reading order with their figures above and labels below; the height used.

    Where a label's longest word is wider than its column, bars in the same order take their place.
    """
    step = WIDTH / max(1, len(chart.rows))
    words = [word for mark in chart.rows for word in mark.label.split()]
    if any(width_of(word, 12) > step - 4 for word in words):
        return draw_bars(canvas, chart, labels)
    highest = max((mark.value or 0 for mark in chart.rows), default=0) or 1
    bottom = LINE + COLUMN_HEIGHT
    end = float(bottom)
    for series in chart.series:
        for place, mark in enumerate(series.marks):
            middle, height = step * (place + 0.5), COLUMN_HEIGHT * (mark.value or 0) / highest
            data = {"data_value": mark.value, "data_code": mark.code}
            if mark.value is not None:
                canvas.rect(
                    middle - step / 3, bottom - height, step / 1.5, height,
                    fill=series.colour, **data,
                )  # fmt: skip
            above = "–" if mark.suppressed else _short(chart, mark, labels)
            canvas.text(middle, bottom - height - 4, above, text_anchor="middle", font_size=12)
            lines = wrapped(mark.label, step - 4, 12)
            under = canvas.lines(middle, bottom + 2, lines, text_anchor="middle", font_size=12)
            end = max(end, under)
    return end


def _short(chart: Chart, mark: Mark, labels: Labels) -> str:
    return "·" if mark.value is None else labels.figure(mark.value, chart.unit)
