"""Where the segments of a stacked scale stand, and their drawing.

Segments of the steps meet at the turning point; answers beside the scale stand apart at the end.
"""

from analytics.charts.canvas import WIDTH, Canvas, wrapped
from analytics.charts.chart import Chart
from analytics.charts.labels import Labels
from analytics.charts.legend import draw_legend

BAR = 20
APART = 0.04
"""The gap before answers beside the scale, in parts of the whole."""


def starts(chart: Chart) -> dict[tuple[str, str], float]:
    """Each segment's start, in shares from the turning point, by series and row code."""
    steps = [series for series in chart.series if series.code.isdecimal()]
    beside = [series for series in chart.series if not series.code.isdecimal()]
    ends, found = [0.0], {}
    for place, row in enumerate(chart.rows):
        at = -sum(
            (series.marks[place].value or 0) * min(1.0, max(0.0, (chart.middle or 0) - step))
            for step, series in enumerate(steps)
        )
        for series in steps:
            found[series.code, row.code] = at
            at += series.marks[place].value or 0
        ends.append(at)
    for place, row in enumerate(chart.rows):
        at = max(ends) + APART
        for series in beside:
            found[series.code, row.code] = at
            at += series.marks[place].value or 0
    return found


def draw_scale(canvas: Canvas, chart: Chart, labels: Labels) -> float:
    """The legend, then a divided bar per item below its label; the height used."""
    found = starts(chart)
    low = min(found.values(), default=0.0)
    high = max(
        (found[s.code, m.code] + (m.value or 0) for s in chart.series for m in s.marks), default=1.0
    )
    unit = WIDTH / ((high - low) or 1)
    y = draw_legend(canvas, chart, 0) + 4
    for place, row in enumerate(chart.rows):
        y = canvas.lines(0, y, wrapped(row.label, WIDTH))
        drawn = [(s, s.marks[place]) for s in chart.series if s.marks[place].value is not None]
        if drawn and chart.middle is not None:  # behind the segments, so that figures stay free
            canvas.rect(-low * unit - 0.5, y - 2, 1, BAR + 6)
        for series, mark in drawn:
            x, width = (found[series.code, row.code] - low) * unit, (mark.value or 0) * unit
            data = {"data_value": mark.value, "data_code": mark.code, "data_series": series.code}
            canvas.rect(x, y + 1, width, BAR, fill=series.colour, **data)
            text = labels.figure(mark.value or 0, chart.unit)
            if width >= 34:  # noqa: PLR2004 - the room "100%" takes
                ink = {"fill": "#000", "font_size": 12, "text_anchor": "middle"}
                canvas.text(x + width / 2, y + 15, text, **ink)
        if not drawn:
            canvas.text(0, y + 15, labels.withheld if row.suppressed else labels.nobody)
        y += BAR + 8
    return y
