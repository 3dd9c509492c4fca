"""The results of a consultation's round: who spoke, what is contested, what was decided."""

import csv
import io
from collections.abc import Iterator, Sequence

from flask import Blueprint, Flask, Response, g, render_template, url_for
from flask.typing import ResponseReturnValue

from analytics import policy
from analytics.charts.svg import svg
from analytics.consultations import Contested, contested
from analytics.routes.consultation_charts import (
    COVERAGE,
    DECISIONS,
    POSITIONS,
    all_of,
    find,
)
from analytics.routes.consultation_sentences import (
    about_decisions,
    about_positions,
    how_sure,
    notes,
    outside,
)
from analytics.routes.consultation_view import RoundView, spoke, view_of_round
from analytics.routes.explore import interactive
from analytics.routes.figures import Drawn, Figure
from analytics.routes.words import say as _
from core.access import access, check
from core.cells import safe
from surveys.kinds import Cell

blueprint = Blueprint("consultation_results", __name__, url_prefix="/results/consultations")
MOST_NAMED = 5


@blueprint.get("/<call>/")
@access(policy.may_see_some_results)
def overview(call: str) -> ResponseReturnValue:
    """Who spoke: by region, by kind, over time; and how sure one can be."""
    view = view_of_round(call)
    headline = spoke(view.data.n, view.data.frame.total)
    told = [*how_sure(view), outside(view), *notes(view)]
    return _page(view, all_of(COVERAGE, view), name=_("Who contributed"), says=(headline, told))


@blueprint.get("/<call>/positions")
@access(policy.may_see_some_results)
def positions(call: str) -> ResponseReturnValue:
    """What is contested: by paragraph, by position, by region."""
    view = view_of_round(call)
    found, withheld = contested(view.data.said, view.data.order, everything=view.everything)
    headline, told = about_positions(view, found, withheld)
    ranked = [one for one in found if one.rank is not None][:MOST_NAMED]
    says = (headline, [*told, *notes(view)])
    return _page(view, all_of(POSITIONS, view), name=_("Positions"), says=says, ranked=ranked)


@blueprint.get("/<call>/decisions")
@access(policy.may_see_some_results)
def decisions(call: str) -> ResponseReturnValue:
    """What was decided, and which themes were spoken of."""
    view = view_of_round(call)
    headline, told = about_decisions(view)
    says = (headline, [*told, *notes(view)])
    return _page(view, all_of(DECISIONS, view), name=_("Decisions and themes"), says=says)


@blueprint.get("/<call>/explore/<chart>")
@access(policy.may_see_some_results)
def explore(call: str, chart: str) -> ResponseReturnValue:
    """One chart, interactive, with its table beside it."""
    view = view_of_round(call)
    drawn = _find(view, chart)
    place = (url_for(".overview", call=call), view.title)
    return interactive(drawn, _figure(view, drawn), place=place, spoken=drawn.labels.language)


@blueprint.get("/<call>/tables/<chart>.csv")
@access(policy.may_see_some_results)
def table(call: str, chart: str) -> ResponseReturnValue:
    """The figures of one chart, exactly as the page shows them."""
    view = view_of_round(call)
    check(policy.may_take_figures(g.actor, view.data.call), hide=False)
    drawn = _find(view, chart)
    text = io.StringIO()
    csv.writer(text).writerows([safe(cell) for cell in row] for row in _rows(view, drawn))
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    name = f"{view.data.call.code}-{drawn.code}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _rows(view: RoundView, drawn: Drawn) -> Iterator[tuple[Cell, ...]]:
    yield drawn.table.headings
    for row in drawn.table.rows:
        yield tuple(c.text if c.value is None else c.value for c in row)
    yield ()
    yield _("Question"), drawn.chart.title
    yield _("Base"), drawn.chart.subtitle
    yield _("Figures"), drawn.reading
    if view.data.call.demonstration:
        yield _("Notice"), _("Demonstration: all answers and people shown here are invented.")


def _find(view: RoundView, chart: str) -> Drawn:
    found = find(view, chart)
    check(found is not None)
    assert found is not None  # noqa: S101 - checked just above
    return found


def _figure(view: RoundView, drawn: Drawn) -> Figure:
    table_of = drawn.table
    call = view.data.call.code
    return Figure(
        title=drawn.title,
        base=f"{drawn.reading} {drawn.chart.subtitle}",
        svg=svg(drawn.chart, drawn.labels),
        table=(table_of.headings, [[cell.text for cell in row] for row in table_of.rows]),
        explore_url=url_for(".explore", call=call, chart=drawn.code),
        csv_url=url_for(".table", call=call, chart=drawn.code) if view.takes_figures else None,
    )


def _page(
    view: RoundView,
    drawn: list[Drawn],
    *,
    name: str,
    says: tuple[str, list[str]],
    ranked: Sequence[Contested] = (),
) -> str:
    headline, told = says
    return render_template(
        "analytics/consultations/page.html",
        view=view,
        name=name,
        headline=headline,
        told=[sentence for sentence in told if sentence],
        ranked=ranked,
        figures=[_figure(view, one) for one in drawn if not one.chart.is_empty],
    )


def init_app(app: Flask) -> None:
    """Register the pages; the list of results leads to them."""
    app.register_blueprint(blueprint)
