"""Charts: one description, the same figures in the drawing, the table and the Plotly figure."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.charts import palette
from analytics.charts.build import columns, ranked_bars
from analytics.charts.canvas import Canvas, wrapped
from analytics.charts.chart import Chart
from analytics.charts.figure import CONFIG, figure
from analytics.charts.participation import STATES
from analytics.charts.scale import starts
from analytics.charts.svg import svg
from analytics.charts.table import table
from analytics.disclosure import Audience
from surveys.definition import Choice, QuestionKind
from tests.analytics.drawing import (
    CHARTS,
    MATRIX,
    RATED,
    bars_chart,
    heat_chart,
    labels,
    participation_chart,
    scale_chart,
    tabulated,
    tiles_chart,
    timeline_chart,
)
from tests.analytics.invented import question

every_chart = pytest.mark.parametrize("make", CHARTS, ids=lambda make: make.__name__)


def drawn(drawing: str) -> list[tuple[str, float]]:
    marks = ET.fromstring(drawing).iter()  # noqa: S314 - our own drawing
    return sorted((m.attrib["data-code"], float(m.attrib["data-value"])) for m in marks
                  if "data-value" in m.attrib)  # fmt: skip


def drawn_points(drawing: str) -> list[dict[str, str]]:
    circles = ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}circle")  # noqa: S314 - ours
    return [circle.attrib for circle in circles]


def in_figure(trace: dict[str, Any], kind: str) -> list[float | None]:
    if kind == "tile_grid":
        return list(trace["customdata"])
    if kind == "heat_map":
        return [value for row in trace["z"] for value in row]
    return list(trace["x" if trace.get("orientation") == "h" else "y"])


@every_chart
def test_drawing_table_and_figure_show_the_same_figures(make: Callable[[], Chart]) -> None:
    chart = make()
    marks = [mark for series in chart.series for mark in series.marks]
    expected = sorted(mark.value for mark in marks if mark.value is not None)

    drawing = [value for _, value in drawn(svg(chart, labels()))]
    rows = table(chart, labels()).rows
    traces = figure(chart, labels())["data"]

    assert expected
    assert sorted(drawing) == expected
    assert sorted(c.value for row in rows for c in row if c.value is not None) == expected
    plotted = [value for trace in traces for value in in_figure(trace, chart.kind)]
    assert sorted(value for value in plotted if value is not None) == expected


@every_chart
def test_plotly_accepts_the_figure(make: Callable[[], Chart]) -> None:
    made = figure(make(), labels())

    accepted = go.Figure({"data": made["data"], "layout": made["layout"]})

    assert len(accepted.data) == len(made["data"])


@every_chart
@pytest.mark.parametrize("right_to_left", [False, True])
def test_a_drawing_has_a_name_and_neither_style_nor_script(
    make: Callable[[], Chart],
    right_to_left: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    chart = make()

    root = ET.fromstring(svg(chart, labels(right_to_left=right_to_left)))  # noqa: S314 - ours

    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == f"{chart.title}. {chart.subtitle}"
    for element in root.iter():
        assert not {"style", "onload", "onclick"} & element.attrib.keys()
        assert not element.tag.endswith(("script", "style"))
        assert float(element.attrib.get("font-size", 13)) >= 12


@every_chart
def test_nothing_is_drawn_outside_the_drawing(make: Callable[[], Chart]) -> None:
    root = ET.fromstring(svg(make(), labels()))  # noqa: S314 - our own drawing
    _, _, width, height = map(float, root.attrib["viewBox"].split())

    for rect in root.iter("{http://www.w3.org/2000/svg}rect"):
        x, y, w, h = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        assert x >= -0.1
        assert y >= 0
        assert x + w <= width + 0.1
        assert y + h <= height + 0.1


def test_bars_come_highest_first_and_other_last() -> None:
    asked = question(QuestionKind.CHOOSE_ONE, "other", "a", "b", "c")
    other = {"choice": "other", "text": "Fish"}
    answers = {"africa": ["b", "b", "c", other, other, other]}

    chart = ranked_bars(asked, tabulated(asked, answers), labels(), weighted=False)

    assert [mark.code for mark in chart.rows] == ["b", "c", "a", "other"]


def test_the_switch_draws_the_weighted_figures() -> None:
    rows = tabulated(MATRIX, RATED).by_row

    weighted = {mark.code: mark.value for mark in bars_chart(weighted=True).rows}

    assert weighted == {item: rows["all", item, None].weighted_mean for item in "xyz"}
    assert weighted != {mark.code: mark.value for mark in bars_chart().rows}


def test_a_merged_region_has_no_column_of_its_own() -> None:
    chart = heat_chart()

    assert [series.code for series in chart.series] == [
        "americas",
        "europe_central_asia",
        "africa+asia_pacific+mena",
    ]
    assert chart.series[2].label == "Africa and asia_pacific and Middle East and North Africa"


def test_a_region_keeps_its_colour_on_every_chart() -> None:
    heat = {series.code: series.colour for series in heat_chart(Audience.STAFF).series}
    rates = {series.code: series.colour for series in participation_chart().series}

    assert heat == rates == palette.REGIONS
    assert len(set(palette.REGIONS.values())) == 5


def test_a_suppressed_figure_is_said_in_words_and_drawn_nowhere() -> None:
    few: dict[str, list[Any]] = {"africa": [{"x": 5}] * 2}
    whole = tabulated(MATRIX, few, audience=Audience.CO_CHAIR)
    chart = ranked_bars(MATRIX, whole, labels(), weighted=False)

    drawing = svg(chart, labels())

    assert drawn(drawing) == []
    assert "too few to show" in drawing
    assert all(row[1].suppressed for row in table(chart, labels()).rows)
    assert chart.is_empty


def test_bars_grow_from_the_right_in_arabic_but_time_does_not_turn() -> None:
    chart, days = bars_chart(), timeline_chart()

    mirrored = ET.fromstring(svg(chart, labels(right_to_left=True)))  # noqa: S314 - ours
    bars = list(mirrored.iter("{http://www.w3.org/2000/svg}rect"))

    assert mirrored.attrib["direction"] == "rtl"
    ends = {float(bar.attrib["x"]) + float(bar.attrib["width"]) for bar in bars}
    assert all(abs(end - 360) < 0.2 for end in ends)
    turned = svg(days, labels(right_to_left=True))
    assert drawn_points(turned) == drawn_points(svg(days, labels()))
    assert 'direction="ltr"' in turned
    assert "\u20681 February\u2069" in turned


def test_low_steps_stand_left_of_the_turning_point_and_the_third_astride() -> None:
    chart = scale_chart()

    found = starts(chart)

    values = {(s.code, m.code): m.value or 0 for s in chart.series for m in s.marks}
    for item in "xyz":
        assert abs(found["3", item] + values["3", item] / 2) < 1e-12
        assert abs(found["1", item] + values["1", item] - found["2", item]) < 1e-12
        assert found["dont_know", item] >= found["5", item] + values["5", item]


def test_columns_with_words_too_wide_for_them_become_bars_in_the_same_order() -> None:
    asked = question(QuestionKind.CHOOSE_ONE, *"abcdef", "internationalisation")
    answers: dict[str, list[Any]] = {"africa": ["a", "b", "b"]}
    chart = columns(asked, tabulated(asked, answers), labels(), weighted=False)

    drawing = svg(chart, labels())

    assert ">Internationalisation<" in drawing
    bars = ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}rect")  # noqa: S314 - ours
    assert [bar.attrib["data-code"] for bar in bars] == [choice.code for choice in asked.choices]


def test_each_state_of_a_tile_is_told_without_colour() -> None:
    root = ET.fromstring(svg(tiles_chart(), labels()))  # noqa: S314 - our own drawing
    looks: dict[float, list[tuple[bool, bool, str | None]]] = {}

    for rect in root.iter("{http://www.w3.org/2000/svg}rect"):
        if float(rect.attrib["y"]) < 31:
            look = ("stroke" in rect.attrib, rect.attrib["fill"] == "none",
                    rect.attrib.get("stroke-dasharray"))  # fmt: skip
            looks.setdefault(float(rect.attrib["x"]), []).append(look)

    shapes = {tuple(look) for look in looks.values()}
    assert len(shapes) == len(STATES) - 1
    assert len(looks) == len(STATES) - 1


def test_the_timeline_ends_at_all_received() -> None:
    chart = timeline_chart()

    assert [mark.value for mark in chart.rows] == [1, 3, 3, 4, 6, 6, 7, 9]
    assert chart.subtitle == "9 of 192 answered"


def test_the_figure_offers_no_way_to_send_data_away() -> None:
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["showEditInChartStudio"] is False


@given(st.text(min_size=1, max_size=200))
def test_any_wording_gives_a_well_formed_drawing_and_inert_labels(text: str) -> None:
    named = tuple(Choice(code=c, texts={"en": text}) for c in ("a", "b"))
    asked = question(QuestionKind.CHOOSE_ONE).model_copy(
        update={"choices": named, "texts": {"en": text}}
    )
    chart = ranked_bars(asked, tabulated(asked, {"africa": ["a", "b"]}), labels(), weighted=False)

    ET.fromstring(svg(chart, labels()))  # noqa: S314 - our own drawing

    layout = figure(chart, labels())["layout"]
    for label in (*layout["yaxis"]["ticktext"], layout["title"]["text"]):
        assert "<" not in label.replace("<br>", "")


@given(st.text(), st.integers(40, 360))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    assert "".join("".join(wrapped(text, width)).split()) == "".join(text.split())


def test_a_canvas_escapes_attributes_and_text() -> None:
    canvas = Canvas()
    canvas.text(0, 0, "<b>&", data_code='"><script>')

    drawing = canvas.svg('"<', 10)

    assert "<b>" not in drawing
    assert "<script>" not in drawing
    assert ET.fromstring(drawing)[0].text == "<b>&"  # noqa: S314 - our own drawing
