"""Draws heat maps and tile grids."""

from analytics.charts import palette
from analytics.charts.canvas import LINE, WIDTH, Canvas, wrapped
from analytics.charts.chart import Chart, Mark
from analytics.charts.labels import Labels
from analytics.charts.legend import draw_legend

CELL = 26
TILE = 31
FAINTEST = 0.06
STRONGEST = 0.45
"""The strongest cell is still so light that ink reads on it, on light and on dark paper."""


def draw_heat_map(canvas: Canvas, chart: Chart, labels: Labels) -> float:
    """A row of cells per option below its label, a column per group; the height used."""
    step = WIDTH / max(1, len(chart.series))
    y = _heads(canvas, chart, step)
    for place, row in enumerate(chart.rows):
        y = canvas.lines(0, y + 6, wrapped(row.label, WIDTH))
        for column, series in enumerate(chart.series):
            _cell(canvas, chart, series.marks[place], labels, (step * column, y + 2, step - 2))
        y += CELL + 2
    return _notes(canvas, chart, labels, y)


def strength(chart: Chart, value: float) -> float:
    """How strongly a heat map's cell is inked, from the chart's lowest to its highest figure."""
    drawn = [m.value for series in chart.series for m in series.marks if m.value is not None]
    low, high = min(drawn), max(drawn)
    part = (value - low) / (high - low) if high > low else 0.5
    return round(FAINTEST + (STRONGEST - FAINTEST) * part, 3)


def draw_tiles(canvas: Canvas, chart: Chart, _labels: Labels) -> float:
    """Tiles where they stand on the map, by the state's own shape; the height used.

    A full tile has answered, a tile with a bar at its foot is in progress, an open one is
    invited, a dashed one silent; without a frame it is not invited.
    """
    places = [mark.place for series in chart.series for mark in series.marks if mark.place]
    left, top = min((p[0] for p in places), default=0), min((p[1] for p in places), default=0)
    for series in chart.series:
        for mark in series.marks:
            column, row = mark.place or (left, top)
            at = ((column - left) * TILE + 1.0, (row - top) * TILE + 1.0)
            _tile(canvas, at, series.code, mark)
    below = (max((p[1] for p in places), default=top) - top + 1) * TILE
    return draw_legend(canvas, chart, below + 6, box=_frame)


def width_of_tiles(chart: Chart) -> float:
    """The drawing's width: that of the map, and never less than a phone's."""
    columns = [mark.place[0] for series in chart.series for mark in series.marks if mark.place]
    return max(WIDTH, (max(columns) - min(columns) + 1) * TILE + 2) if columns else WIDTH


def _heads(canvas: Canvas, chart: Chart, step: float) -> float:
    heads = [wrapped(series.label, step - 4, 12) for series in chart.series]
    bottom = LINE * max(map(len, heads), default=0)
    for column, (series, lines) in enumerate(zip(chart.series, heads, strict=True)):
        y = bottom - LINE * len(lines)
        canvas.lines(step * column, y, lines, font_size=12)
        canvas.rect(step * column, bottom + 2, step - 2, 3, fill=series.colour)
    return float(bottom + 5)


def _cell(
    canvas: Canvas, chart: Chart, mark: Mark, labels: Labels, at: tuple[float, float, float]
) -> None:
    x, y, width = at
    if mark.value is None:
        canvas.rect(x, y, width, CELL - 2, fill="none", stroke="currentColor", stroke_dasharray=2)
        text = "–" if mark.suppressed else "·"
    else:
        ink = strength(chart, mark.value)
        data = {"data_value": mark.value, "data_code": mark.code}
        canvas.rect(x, y, width, CELL - 2, fill=palette.INTENSITY, fill_opacity=ink, **data)
        text = labels.figure(mark.value, chart.unit)
    canvas.text(x + width / 2, y + LINE, text, text_anchor="middle", font_size=12)


def _notes(canvas: Canvas, chart: Chart, labels: Labels, y: float) -> float:
    marks = [mark for series in chart.series for mark in series.marks]
    if any(mark.suppressed for mark in marks):
        y = canvas.lines(0, y + 4, wrapped(f"– {labels.withheld}", WIDTH, 12), font_size=12)
    if any(mark.value is None and not mark.suppressed for mark in marks):
        y = canvas.lines(0, y + 4, wrapped(f"· {labels.nobody}", WIDTH, 12), font_size=12)
    return y


def _tile(canvas: Canvas, at: tuple[float, float], state: str, mark: Mark) -> None:
    _frame(canvas, at, state, TILE - 2)
    ink = "#fff" if state == "submitted" else None
    middle = at[0] + (TILE - 2) / 2
    data = {"data_value": mark.value, "data_code": mark.code}
    text = {"text_anchor": "middle", "font_size": 12, "fill": ink}
    canvas.text(middle, at[1] + LINE + 2, mark.code, **text, **data)


def _frame(canvas: Canvas, at: tuple[float, float], state: str, size: float) -> None:
    colour = palette.STATES.get(state, palette.NEUTRAL)
    x, y = at
    if state == "submitted":
        canvas.rect(x, y, size, size, fill=colour)
    elif state != "not_invited":
        dashes = 3 if state == "silent" else None
        canvas.rect(x, y, size, size, fill="none", stroke=colour, stroke_dasharray=dashes)
    if state == "in_progress":
        canvas.rect(x, y + size * 0.8, size, size * 0.2, fill=colour)
