"""Answering: the page before the first question, the hub of sections, and a page per section."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.texts import lazy as _l
from core.typed import Typed, reads_typed
from core.web import local_path
from movement.looking import note_opening
from surveys import policy
from surveys.changes import kept
from surveys.completeness import (
    Entered,
    problems_of,
    section_states,
)
from surveys.confirming import Said, read_said
from surveys.definition import Section, text_in
from surveys.forms.answers import (
    AnswerField,
    RepeatField,
    SectionForm,
    form_answers,
    form_unread,
    section_form,
)
from surveys.forms.live import View
from surveys.models import ResponseState
from surveys.queries import responses as queries
from surveys.routes.evidence import sent_form
from surveys.routes.onward import after_saving, neighbours
from surveys.routes.visit import Visit, as_sent, remember_reason, visit
from surveys.services import evidence, responses
from surveys.services.responses import EditedElsewhere, Given

blueprint = Blueprint("responses", __name__)
LONGEST_EDITION = 9


@blueprint.get("/answer/<call>/<organisation>")
@access(policy.answers_somewhere)
def begin(call: str, organisation: str) -> ResponseReturnValue:
    """What it is about, who reads the answers, how long they are kept; and a button to start."""
    here = visit(queries.get_asked(get_session(), call, organisation))
    if here.open and not here.on_behalf:
        note_opening(here.asked.participation)
    if here.asked.response is not None and "again" not in request.args:
        return redirect(url_for(".hub", response_id=here.asked.response.id))
    return render_template("surveys/answering/begin.html", visit=here)


@blueprint.post("/answer/<call>/<organisation>")
@access(policy.answers_somewhere)
def start(call: str, organisation: str) -> ResponseReturnValue:
    """Start the organisation's response, or go on with it."""
    here = visit(queries.get_asked(get_session(), call, organisation))
    with transaction() as session:
        response_id = responses.start(session, here.asked, now=now())
    first = here.questionnaire.sections[0].code
    return redirect(url_for(".section", response_id=response_id, code=first), code=303)


@blueprint.route("/answer/<call>/<organisation>/on-behalf", methods=["GET", "POST"])
@access(policy.answers_somewhere)
def on_behalf(call: str, organisation: str) -> ResponseReturnValue:
    """Staff say why they give an organisation's answers; it is recorded with each change."""
    asked = queries.get_asked(get_session(), call, organisation)
    check(policy.acts_on_behalf(g.actor, asked.organisation.id))
    error, reason = "", request.form.get("reason", "").strip()
    onward = local_path(request.values.get("next", ""))
    if request.method == "POST":
        if reason:
            remember_reason(asked, reason)
            begin_url = url_for(".begin", call=call, organisation=organisation)
            return redirect(onward or begin_url, code=303)
        error = _("Say why you give these answers, such as “sent by post on 3 March”.")
    page = render_template(
        "surveys/answering/on_behalf.html", asked=asked, error=error, onward=onward
    )
    return page, 422 if error else 200


@blueprint.get("/responses/<uuid:response_id>")
@access(policy.answers_somewhere)
def hub(response_id: UUID) -> ResponseReturnValue:
    """The sections with their states, and the one next step."""
    here = visit(queries.get_response(get_session(), response_id))
    states = section_states(
        here.questionnaire, here.entered, here.response.editions, now=here.moment
    )
    return render_template("surveys/answering/hub.html", visit=here, states=states)


@blueprint.route("/responses/<uuid:response_id>/sections/<code>", methods=["GET", "POST"])
@access(policy.answers_somewhere)
def section(response_id: UUID, code: str) -> ResponseReturnValue:
    """A section's questions. Sending the page always saves what can be saved."""
    changing = request.method == "POST"
    found = queries.get_response(get_session(), response_id, changing=changing)
    here = as_sent(visit(found))
    chosen = here.section(code)
    if request.method != "POST":
        return _section_page(here, chosen, _form(here, chosen, sent=False))
    form = _form(here, chosen, sent=True)
    try:
        with transaction() as session:
            evidence.refuse_foreign(session, response_id, list(form.files()))
            responses.save_section(
                session,
                here.asked,
                code,
                Given(_answers(here, form), form_unread(form), _said()),
                edition=_edition(form),
                now=here.arrived,
                by=here.author,
            )
    except EditedElsewhere:
        return _conflict_page(here, chosen, form)
    return redirect(after_saving(here, chosen), code=303)


def _form(here: Visit, chosen: Section, *, sent: bool) -> SectionForm:
    return section_form(
        here.questionnaire,
        here.version_id,
        chosen,
        here.entered,
        formdata=sent_form(here, chosen) if sent else None,
        rotation=here.response.rotation,
        edition=here.response.editions.get(chosen.code, 0),
        view=View(here.moment, here.language, request.args.get("add", "")),
    )


def _answers(here: Visit, form: SectionForm) -> dict[str, Any]:
    """What was sent; what the page could not show, as it is no longer offered, stays."""
    asked, held = here.questionnaire.by_code, here.entered.answers
    return {
        code: kept(asked[code], held.get(code), sent) for code, sent in form_answers(form).items()
    }


def _edition(form: SectionForm) -> int:
    text = str(form.edition.data or "")
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_EDITION):
        raise DomainError(_l("This page is damaged. Open the section again."))
    return int(text)


def _said() -> Said:
    return read_said(request.form.getlist("offered"), request.form.getlist("right"))


def _section_page(here: Visit, chosen: Section, form: SectionForm) -> ResponseReturnValue:
    if here.response.state is ResponseState.SUBMITTED or not here.open:
        return redirect(url_for("submitting.review", response_id=here.response.id))
    if chosen.code not in form.asked:
        flash(_("That section is not asked, as your other answers stand."), "info")
        return redirect(url_for(".hub", response_id=here.response.id))
    if "check" in request.args:
        _name_problems(here, chosen, form)
    return render_template("surveys/answering/section.html", **_section_context(here, chosen, form))


def _section_context(here: Visit, chosen: Section, form: SectionForm) -> dict[str, Any]:
    codes = [section.code for section in here.questionnaire.sections]
    previous, following = neighbours(here, chosen, form.asked)
    for field in form.every_field():
        field.file_url = _file_url(here, field)
    return {
        "visit": here,
        "section": form.section,
        "form": form,
        "place": codes.index(chosen.code) + 1,
        "count": len(codes),
        "asked_again": "check" in request.args,
        "previous": previous,
        "following": following,
    }


def _file_url(here: Visit, field: AnswerField) -> str:
    """Where the file is that a question's answer names; "" where it names none."""
    file = (
        next((line.file for line in field.lines(here.language)), "") if field.kind.uploads else ""
    )
    if not file:
        return ""
    return url_for("evidence.download", response_id=here.response.id, evidence_id=file)


def _name_problems(here: Visit, chosen: Section, form: SectionForm) -> None:
    """Put each problem's sentence beside its question."""
    fields = {field.path: field for field in form.every_field()}
    for problem in problems_of(here.questionnaire, chosen, here.entered, now=here.moment):
        if problem.key in fields:
            fields[problem.key].errors.append(problem.sentence(here.language))


def _typed(view: Mapping[str, Any], sent: MultiDict[str, str]) -> Typed:
    """What was typed into a section's page, by question and in words, asking little of anything."""
    here: Visit | None = g.get("visit")
    if here is None:
        if g.get("unavailable"):
            return []
        here = as_sent(visit(queries.get_response(get_session(), view["response_id"])))
    chosen = here.section(view["code"])
    form = section_form(
        here.questionnaire,
        here.version_id,
        chosen,
        Entered({}, {}),
        formdata=sent,
        rotation=0,
        edition=0,
    )
    return [
        (text_in(field.question.texts, here.language), text)
        for field in form.answer_fields
        if (text := _in_words(here, field))
    ]


def _in_words(here: Visit, field: AnswerField) -> str:
    if field.unreadable is not None:
        return "\n".join(value for values in field.raw.values() for value in values if value)
    lines = here.in_words(field.question, field.stored)
    return "\n".join(f"{line.label} – {line.value}" if line.label else line.value for line in lines)


def _conflict_page(here: Visit, chosen: Section, form: SectionForm) -> ResponseReturnValue:
    """Both texts: what this page holds in the fields, what was saved meanwhile beside them."""
    session = get_session()
    session.refresh(here.response)
    saved = _form(here, chosen, sent=False)
    for mine, theirs in zip(form.answer_fields, saved.answer_fields, strict=True):
        if isinstance(mine, RepeatField):
            mine.adopt(theirs)
    differing = [
        (mine, theirs)
        for mine, theirs in zip(form.answer_fields, saved.answer_fields, strict=True)
        if mine.entered != theirs.entered
    ]
    form.edition.data = str(here.response.editions.get(chosen.code, 0))
    codes = [question.code for question in chosen.questions]
    last = queries.last_change(session, here.response.id, codes)
    context = _section_context(here, chosen, form)
    page = render_template(
        "surveys/answering/conflict.html", differing=differing, last=last, **context
    )
    return page, 409


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
    reads_typed(app, "responses.section", _typed)
