"""Results of public questionnaires: tables for those who read results, texts and rows for staff."""

import io
from collections.abc import Iterator

from flask import Blueprint, Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from analytics import policy
from analytics.export.csv_files import write_table
from analytics.export.public_rows import cells_of, columns_of
from analytics.frame import Answered
from analytics.measures.given import ANSWERED
from analytics.public_shapes import OTHER_YEARS
from analytics.public_table import PublicTable, tabulate_public, tabulated
from analytics.queries.public import PublicData, get_public
from analytics.routes.words import say as _
from core import audit
from core.access import access, check
from core.clock import now
from core.db import get_session, sessions
from core.i18n import current_language
from surveys.batches.columns import is_text
from surveys.definition import Question, Section, text_in
from surveys.kinds import Cell, kind_of
from surveys.public_counts import shown_total
from surveys.public_policy import may_run_public

blueprint = Blueprint("public_results", __name__, url_prefix="/public")
Figure = tuple[Question, PublicTable]


@blueprint.get("/<code>/results")
@access(policy.may_see_some_public_results)
def overview(code: str) -> ResponseReturnValue:
    """A table for each question that has figures."""
    data = get_public(get_session(), code)
    check(policy.may_see_public_results(g.actor, data.form.process_id))
    return render_template(
        "analytics/public/results.html",
        data=data,
        spoken=_spoken(data),
        total=shown_total(len(data.given)),
        sections=_sections(data),
        words=_words,
        staff=may_run_public(g.actor),
    )


def _sections(data: PublicData) -> list[tuple[Section, list[Figure]]]:
    made = []
    for section in data.questionnaire.sections:
        counted_here = [q for q in section.questions if tabulated(q)]
        if counted_here:
            made.append((section, [(q, tabulate_public(q, data.responses)) for q in counted_here]))
    return made


def _words(question: Question, values: tuple[int | str, ...], language: str) -> str:
    """What a row counts, in words; of rare answers put together, all of them."""
    ours = {
        "yes": _("Yes"),
        "no": _("No"),
        "any": _("Chosen at all"),
        ANSWERED: _("Answered"),
        OTHER_YEARS: _("Other years"),
    }
    named = [question.choice(str(value)) for value in values]
    words = [
        text_in(choice.texts, language) if choice else str(ours.get(str(value), value))
        for choice, value in zip(named, values, strict=True)
    ]
    return _(" or ").join(words) if words else str(_("Mean"))


@blueprint.get("/<code>/texts")
@access(may_run_public)
def texts(code: str) -> ResponseReturnValue:
    """What people wrote, for staff; each look is recorded."""
    data = get_public(get_session(), code)
    _note("public.texts_seen", data)
    return render_template(
        "analytics/public/texts.html", data=data, spoken=_spoken(data), written=_written(data)
    )


def _written(data: PublicData) -> list[tuple[Question, list[str]]]:
    """Each question with the texts given to it, shortest first: no order of people."""
    asked = [inner for q in data.questionnaire.questions() for inner in q.everything()]
    found = [(q, _texts_to(data, q)) for q in asked if q.asks]
    return [(q, sorted(said, key=_by_length)) for q, said in found if said or _is_text(q)]


def _is_text(question: Question) -> bool:
    return not tabulated(question)


def _by_length(text: str) -> tuple[int, str]:
    return len(text), text


def _texts_to(data: PublicData, question: Question) -> list[str]:
    stored = data.given_to(question.code)
    if _is_text(question):
        language = current_language()
        lines = (kind_of(question).summary(question, one, language) for one in stored)
        return [line.value for some in lines for line in some]
    columns = kind_of(question).columns(question)
    texts = [at for at, column in enumerate(columns) if is_text(column)]
    if not texts:
        return []
    rows = (kind_of(question).to_cells(question, one) for one in stored)
    return [str(cells[at]) for cells in rows for at in texts if cells[at]]


@blueprint.get("/<code>/answers.csv")
@access(may_run_public)
def export(code: str) -> ResponseReturnValue:
    """Every submitted response as a row, in no order of time; each download is recorded."""
    data = get_public(get_session(), code)
    _note("public.exported", data)
    text = io.StringIO()
    write_table(text, *_table(data))
    answer = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{data.form.code}.csv")
    return answer


def _table(data: PublicData) -> tuple[list[str], Iterator[list[Cell]]]:
    """The headings and the rows."""
    asked = [question for question in data.questionnaire.questions() if question.asks]
    names = [name for q in asked for name in columns_of(q, data.given_to(q.code))]

    def cells(response: Answered) -> list[Cell]:
        found = [cells_of(q, response.answers.get(q.code)) for q in asked]
        by_name = {name: cell for some in found for name, cell in some.items()}
        return [by_name.get(name) for name in names]

    rows = (
        [response.language, response.source.value, *cells(answered)]
        for response, answered in zip(data.given, data.responses, strict=True)
    )
    return ["language", "source", *names], rows


def _spoken(data: PublicData) -> str:
    languages = data.questionnaire.languages
    return current_language() if current_language() in languages else languages[0]


def _note(action: str, data: PublicData) -> None:
    """Note, in a transaction of its own, that staff saw what people wrote."""
    if request.method != "GET":
        return
    with sessions()() as own:
        audit.record(own, action, about=data.form.code, now=now(), by=g.actor)
        own.commit()


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
