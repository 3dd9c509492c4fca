"""Draws a timeline. Time runs from left to right in every language."""

from analytics.charts.canvas import LINE, TEXT, WIDTH, Canvas, width_of
from analytics.charts.chart import Chart
from analytics.charts.labels import Labels

HEIGHT = 120
EDGE = 4


def draw_timeline(canvas: Canvas, chart: Chart, labels: Labels) -> float:
    """Steps up to each day's total, the last one named, the first and last day below."""
    marks = chart.rows
    if not marks:
        return 0
    room = WIDTH - 2 * EDGE
    step = room / max(1, len(marks) - 1)
    points = [
        (EDGE + step * place, LINE + HEIGHT * (1 - (mark.value or 0) / chart.top))
        for place, mark in enumerate(marks)
    ]
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    path += "".join(f"H{x:.1f}V{y:.1f}" for x, y in points[1:])
    colour = chart.series[0].colour
    canvas.shape("path", d=path, fill="none", stroke=colour, stroke_width=2)
    for (x, y), mark in zip(points, marks, strict=True):
        data = {"data_value": mark.value, "data_code": mark.code}
        canvas.shape("circle", cx=x, cy=y, r=2.0, fill=colour, **data)
    bottom = LINE + HEIGHT
    canvas.rect(0, bottom + EDGE, WIDTH, 1)
    _dates(canvas, chart, bottom + 2 * EDGE)
    last = marks[-1]
    text = labels.of(last.n or 0, last.base or 0)
    canvas.text(WIDTH, max(TEXT, points[-1][1] - 5), text, text_anchor="end")
    return bottom + 2 * EDGE + 2 * LINE


def _dates(canvas: Canvas, chart: Chart, y: float) -> None:
    first, last = chart.rows[0].label, chart.rows[-1].label
    canvas.text(0, y + TEXT, first)
    if len(chart.rows) > 1:
        beside = width_of(first) + width_of(last) < WIDTH
        canvas.text(WIDTH, y + TEXT + (0 if beside else LINE), last, text_anchor="end")
