"""Charts of every sort, from invented answers, for the tests of drawings and figures."""

from datetime import date
from typing import Any

from analytics.charts.build import columns, heat_map, ranked_bars, stacked_scale
from analytics.charts.chart import Chart
from analytics.charts.labels import Labels, Unit
from analytics.charts.participation import STATES, Tile, participation, tile_grid, timeline
from analytics.disclosure import Audience
from analytics.table import Table
from analytics.tabulate import tabulate
from surveys.definition import Question, QuestionKind
from tests.analytics.invented import FRAME, SCALE, choices, question, wave

RATED: dict[str, list[Any]] = {
    "africa": [{"x": 5, "y": 2, "z": 3}] * 3 + [{"x": 4, "y": "dont_know"}] * 5,
    "americas": [{"x": 3, "y": 1}] * 9,
    "asia_pacific": [{"x": 1, "y": 5, "z": 4}] * 14,
    "mena": [{"x": 2, "y": 4}, {"x": 2}],
}
MATRIX = question(QuestionKind.MATRIX, *SCALE, items=choices("x", "y", "z"))


def labels(*, right_to_left: bool = False) -> Labels:
    def written(value: float, unit: Unit) -> str:
        return f"{value:.0%}" if unit is Unit.PERCENT else f"{value:g}"

    return Labels(
        language="en",
        figure=written,
        of=lambda n, base: f"{n} of {base}",
        base=lambda n, size: f"{n} of {size} answered",
        joined=" and ".join,
        withheld="too few to show",
        nobody="nobody",
        names={"africa": "Africa", "mena": "Middle East and North Africa"},
        right_to_left=right_to_left,
    )


def tabulated(asked: Question, answers: dict[str, list[Any]], **options: Any) -> Table:
    options = {"by_region": False, "weighted": True, "audience": Audience.STAFF, **options}
    return tabulate(asked, wave(answers), FRAME, **options)


def bars_chart(*, weighted: bool = False) -> Chart:
    return ranked_bars(MATRIX, tabulated(MATRIX, RATED), labels(), weighted=weighted)


def heat_chart(audience: Audience = Audience.CO_CHAIR) -> Chart:
    whole = tabulated(MATRIX, RATED, audience=audience)
    by_region = tabulated(MATRIX, RATED, by_region=True, audience=audience)
    return heat_map(MATRIX, whole, by_region, labels(), weighted=False)


def scale_chart() -> Chart:
    return stacked_scale(MATRIX, tabulated(MATRIX, RATED), labels(), weighted=False)


def columns_chart() -> Chart:
    asked = question(QuestionKind.RATING, *SCALE)
    answers: dict[str, list[Any]] = {"africa": [5, 4, "dont_know"], "mena": [1]}
    return columns(asked, tabulated(asked, answers), labels(), weighted=False)


def participation_chart() -> Chart:
    return participation({"africa": 8, "mena": 2}, FRAME, labels(), title="Who took part")


def timeline_chart() -> Chart:
    days = [(date(2020, 2, day), f"{day} February", day % 3) for day in range(1, 9)]
    return timeline(days, 192, labels(), title="Received")


def tiles_chart() -> Chart:
    tiles = [Tile(f"C{n}", f"Society {n}", 3 + n, 2, state) for n, state in enumerate(STATES)]
    return tile_grid(tiles, labels(), title="Who has spoken")


CHARTS = [
    bars_chart, heat_chart, scale_chart, columns_chart,
    participation_chart, timeline_chart, tiles_chart,
]  # fmt: skip
