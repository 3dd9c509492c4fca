"""The description of a chart: what is drawn, and nothing of how.

SVG, Plotly figure and table are made of the same description, so their figures are the same. It
refuses to know how figures were computed: whoever is not to see one never puts it in here.
"""

from dataclasses import dataclass
from enum import StrEnum

from analytics.charts.labels import Unit


class ChartKind(StrEnum):
    """The forms a chart may take."""

    RANKED_BARS = "ranked_bars"
    HEAT_MAP = "heat_map"
    STACKED_SCALE = "stacked_scale"
    TILE_GRID = "tile_grid"
    TIMELINE = "timeline"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure of a series: a bar, a cell, a segment, a tile or a day.

    `value`: None where nobody stands in the base or, `suppressed`, where too few do. `n` of
    `base`: as in the table it comes from. `place`: a tile's column and row, from 0.
    """

    code: str
    label: str
    value: float | None = None
    n: int | None = None
    base: int | None = None
    suppressed: bool = False
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Marks of one colour. In a heat map, a scale and bars, all series name the same codes."""

    code: str
    label: str
    colour: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Chart:
    """A chart with its question and base. `top`: the value at the scale's end, above 0.

    `subtitle`: how many answered, of how many. `weighted`: whether regions were weighted.
    `middle`: how many steps from the low end a scale has before its turning point: 2 of five,
    with the third astride; None where it has none.
    """

    code: str
    kind: ChartKind
    title: str
    subtitle: str
    unit: Unit
    series: tuple[Series, ...]
    top: float
    weighted: bool = False
    middle: float | None = None

    @property
    def rows(self) -> tuple[Mark, ...]:
        """The first series' marks: they name the rows every series has."""
        return self.series[0].marks if self.series else ()

    @property
    def is_empty(self) -> bool:
        """Whether it has no figure to draw."""
        return all(mark.value is None for series in self.series for mark in series.marks)
