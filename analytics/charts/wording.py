"""Texts as Plotly takes them: markup escaped, lines broken, each in its own direction."""

from html import escape

from analytics.charts.canvas import wrapped
from analytics.charts.labels import Labels

TICK = 190
NARROW = 80
"""Widths in pixels for names beside and below a plot; titles take a phone's."""


def safe(text: str, labels: Labels, width: float = 340) -> str:
    """The text in lines: Plotly reads some markup in labels, so none is left in it.

    Where the language is written from the right each line is isolated, because the plot itself
    always stands in a container written from the left.
    """
    around = "\u2068{}\u2069" if labels.right_to_left else "{}"
    return "<br>".join(around.format(escape(line)) for line in wrapped(text, width))
