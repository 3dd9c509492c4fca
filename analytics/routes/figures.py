"""From charts to what the pages show: picture, table, words and links, all of the same marks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from analytics import consent
from analytics.charts.chart import Chart
from analytics.charts.labels import Labels
from analytics.charts.svg import svg
from analytics.charts.table import ChartTable
from analytics.charts.table import table as table_of_chart
from analytics.routes.forms import Form, forms_of
from analytics.routes.sentences import about_weighting, headline, notes
from analytics.routes.view import View
from analytics.routes.words import say as _
from core.access import check
from core.i18n import comma
from surveys.definition import Question, Section, text_in

SEPARATOR = "."


@dataclass(frozen=True)
class Drawn:
    """A chart with the labels it is drawn with. `code`: its name in addresses."""

    code: str
    title: str
    reading: str
    chart: Chart
    labels: Labels

    @property
    def table(self) -> ChartTable:
        """The same figures as a table."""
        return table_of_chart(self.chart, self.labels)


@dataclass(frozen=True)
class Figure:
    """What the template's macro `chart` asks for."""

    title: str
    base: str
    svg: Markup
    table: tuple[tuple[str, ...], list[list[str]]]
    explore_url: str | None
    csv_url: str | None


@dataclass(frozen=True)
class Asked:
    """A question's part of a page.

    `figures`: none where nothing may be shown; `refused`: because of the filter.
    """

    code: str
    title: str
    headline: str
    base: str
    weighting: str
    notes: list[str]
    refused: bool
    figures: list[Figure]


def figure_of(drawn: Drawn, view: View) -> Figure:
    """A chart as the page shows it."""
    table = drawn.table
    address: dict[str, Any] = {"code": view.wave.call.code, "chart": drawn.code, **view.query}
    return Figure(
        title=drawn.title,
        base=drawn.reading,
        svg=svg(drawn.chart, drawn.labels),
        table=(table.headings, [[cell.text for cell in row] for row in table.rows]),
        explore_url=url_for("results.explore", **address),
        csv_url=url_for("results.table", **address) if view.takes_figures else None,
    )


def asked_of(question: Question, view: View) -> Asked:
    """All the page says and shows of one question."""
    table = view.table(question, by_region=False)
    by_region = view.table(question, by_region=True)
    drawn = [_draw(question, form, view) for form in forms_of(question)]
    return Asked(
        code=question.code,
        title=text_in(question.texts, view.language),
        headline=headline(question, table, view),
        base=view.labels.base(table.n, table.size),
        weighting=about_weighting(question, table, view),
        notes=list(notes(table, by_region, view)),
        refused=table.n is None,
        figures=[figure_of(one, view) for one in drawn if not one.chart.is_empty],
    )


def charted(section: Section) -> list[Question]:
    """The section's questions that have figures; consent is told beside the comments."""
    return [q for q in section.questions if forms_of(q) and q.code != consent.QUESTION]


def sections(view: View) -> list[Section]:
    """The sections that have a page of figures."""
    return [section for section in view.questionnaire.sections if charted(section)]


def find_drawn(code: str, view: View, others: Callable[[View], list[Drawn]]) -> Drawn:
    """The chart of this name; raises `NotFound`. `others`: charts of no question."""
    for drawn in others(view):
        if drawn.code == code:
            return drawn
    question_code, _dot, form_code = code.rpartition(SEPARATOR)
    question = view.questionnaire.by_code.get(question_code)
    forms = forms_of(question) if question else []
    form = next((form for form in forms if form.code == form_code), None)
    check(form is not None)
    assert question is not None and form is not None  # noqa: S101, PT018 - checked just above
    return _draw(question, form, view)


def filter_words(view: View) -> str:
    """How the page counts, in one line."""
    regions = view.labels.joined([view.labels.name(r) for r in view.chosen]) if view.chosen else ""
    way = _("regions count by their members") if view.weighted else _("each answer counts the same")
    return (regions or _("All regions")) + comma() + way


def _draw(question: Question, form: Form, view: View) -> Drawn:
    return Drawn(
        code=f"{question.code}{SEPARATOR}{form.code}",
        title=form.title(),
        reading=form.reading(question, view),
        chart=form.chart(question, view),
        labels=view.labels,
    )
