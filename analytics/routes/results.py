"""The dashboards: who has answered, each section's figures, comments, and downloads of a figure."""

import csv
import io
from collections.abc import Iterator

from flask import Blueprint, Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from analytics import policy
from analytics.consent import QUESTION
from analytics.queries.comments import comments_on, text_questions
from analytics.queries.consultations import find_rounds
from analytics.queries.exports import organisation_names
from analytics.queries.waves import find_waves
from analytics.routes import participation
from analytics.routes.consultation_view import spoke
from analytics.routes.figures import (
    Drawn,
    asked_of,
    charted,
    figure_of,
    filter_words,
    find_drawn,
    sections,
)
from analytics.routes.labels import took_part
from analytics.routes.view import View, view_of
from analytics.routes.words import say as _
from core import audit
from core.access import access, check
from core.cells import safe
from core.clock import now
from core.db import get_session, sessions
from core.i18n import format_moment
from core.navigation import entry
from core.texts import lazy as _l
from movement import destinations
from movement.models import CallKind
from surveys.kinds import Cell
from surveys.queries.public_forms import public_lines

blueprint = Blueprint("results", __name__, url_prefix="/results")


@blueprint.get("")
@access(policy.may_see_some_results)
def index() -> ResponseReturnValue:
    """The waves and rounds whose results this person may see."""
    waves = [
        wave for wave in find_waves(get_session()) if policy.may_see_results(g.actor, wave.call)
    ]
    public = [
        line
        for line in public_lines(get_session())
        if policy.may_see_public_results(g.actor, line.form.process_id)
    ]
    rounds = [
        (call, spoke(n, size))
        for call, n, size in find_rounds(get_session())
        if policy.may_see_results(g.actor, call)
    ]
    return render_template(
        "analytics/index.html", waves=waves, took_part=took_part, rounds=rounds, public=public
    )


@blueprint.get("/<code>/")
@access(policy.may_see_some_results)
def overview(code: str) -> ResponseReturnValue:
    """Who has answered: by region, one by one, over time."""
    view = view_of(code)
    figures = [figure_of(one, view) for one in participation.drawn(view)]
    return _page(
        "analytics/participation.html",
        view,
        figures=figures,
        headline=took_part(view.wave.n, view.wave.frame.total),
        may_export=policy.may_export(g.actor, view.wave.call),
        names=organisation_names(get_session(), view.wave.call.id) if view.staff else {},
    )


@blueprint.get("/<code>/sections/<section_code>")
@access(policy.may_see_some_results)
def section(code: str, section_code: str) -> ResponseReturnValue:
    """The figures of one section's questions."""
    view = view_of(code)
    shown = view.questionnaire.section(section_code)
    check(shown is not None and bool(charted(shown)))
    assert shown is not None  # noqa: S101 - checked just above
    asked = [asked_of(question, view) for question in charted(shown)] if view.wave.n else []
    words = filter_words(view)
    return _page("analytics/section.html", view, section=shown, asked=asked, filter_words=words)


@blueprint.get("/<code>/comments")
@access(policy.may_see_some_results)
def comments(code: str) -> ResponseReturnValue:
    """What organisations wrote, as far as each agreed; the secretariat sees all, recorded."""
    view = view_of(code)
    if view.staff and request.method == "GET":
        _note_look(view)
    questions = text_questions(view.wave)
    texts = [(q, comments_on(view.wave, q, everything=view.staff)) for q in questions]
    return _page(
        "analytics/comments.html",
        view,
        texts=texts,
        asks_consent=QUESTION in view.questionnaire.by_code,
        names=organisation_names(get_session(), view.wave.call.id),
    )


@blueprint.get("/<code>/tables/<chart>.csv")
@access(policy.may_see_some_results)
def table(code: str, chart: str) -> ResponseReturnValue:
    """The figures of one chart, exactly as the page shows them."""
    view = view_of(code)
    check(policy.may_take_figures(g.actor, view.wave.call), hide=False)
    drawn = find_drawn(chart, view, participation.drawn)
    answer = Response("\ufeff" + _csv(drawn, view), mimetype="text/csv")
    name = f"{view.wave.call.code}-{drawn.code}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _page(template: str, view: View, **more: object) -> str:
    return render_template(template, view=view, sections=sections(view), **more)


def _csv(drawn: Drawn, view: View) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(heading) for heading in drawn.table.headings])
    for row in drawn.table.rows:
        writer.writerow([safe(c.text if c.value is None else c.value) for c in row])
    writer.writerow([])
    writer.writerows([safe(cell) for cell in row] for row in _around(drawn, view))
    return text.getvalue()


def _around(drawn: Drawn, view: View) -> Iterator[tuple[Cell, ...]]:
    yield _("Question"), drawn.chart.title
    yield _("Base"), drawn.chart.subtitle
    yield _("Figures"), drawn.reading
    yield _("Counted"), filter_words(view)
    if view.wave.updated_at:
        yield _("Last answer"), format_moment(view.wave.updated_at)
    if view.wave.call.demonstration:
        yield _("Notice"), _("Demonstration: all answers and people shown here are invented.")


def _note_look(view: View) -> None:
    """Note, in a transaction of its own, that staff saw texts with their authors' names."""
    with sessions()() as own:
        about = view.wave.call.code
        audit.record(own, "comments.seen", about=about, now=now(), by=view.actor)
        own.commit()


def init_app(app: Flask) -> None:
    """Register the pages."""
    from analytics.routes import explore  # noqa: F401, PLC0415 - adds its pages to the blueprint

    app.register_blueprint(blueprint)
    destinations.register_overview(CallKind.SURVEY, lambda call: f"/results/{call.code}/")
    entry(app, _l("Results"), "results.index", policy.may_see_some_results, position=40)
