"""Answering a public questionnaire: a page per section, the check page, submitting, thanks."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.access import access, anyone
from core.clock import now
from core.db import transaction
from surveys.completeness import MISSING, Problem, all_doubts, all_problems, problems_of
from surveys.confirming import Said, answer_at, mark_of, read_said
from surveys.definition import Section
from surveys.forms.answers import (
    ADD,
    PREFIX,
    REMOVE,
    SectionForm,
    form_answers,
    form_unread,
    section_form,
)
from surveys.forms.live import View
from surveys.logic import worked_out
from surveys.problems import found_in
from surveys.public_models import PublicResponse
from surveys.routes.public import no_response
from surveys.routes.public_refusals import refuse_in
from surveys.routes.public_visit import PREFIX as BELOW
from surveys.routes.public_visit import (
    PublicVisit,
    arrive,
    forget,
    remember,
    started_here,
)
from surveys.services import public_responses as services

blueprint = Blueprint("public_answers", __name__, url_prefix=BELOW)
refuse_in(blueprint)
OK = 200


@blueprint.route("/<code>/sections/<section>", methods=["GET", "POST"])
@access(anyone)
def answer(code: str, section: str) -> ResponseReturnValue:
    """A section's questions. Sending the page always saves what can be saved."""
    here = arrive(code)
    chosen = here.section(section)
    if request.method == "POST":
        return _save(here, chosen)
    if here.response is None or not here.open:
        return redirect(url_for("public.begin", code=code))
    form = _form(here, here.response, chosen, sent=False)
    if chosen.code not in form.asked:
        return redirect(url_for(".review", code=code))
    if "check" in request.args:
        _name_problems(here, chosen, form)
    return render_template(
        "surveys/public/section.html",
        visit=here,
        section=form.section,
        form=form,
        place=here.codes.index(chosen.code) + 1,
        before=here.neighbours(chosen.code)[0],
        asked_again="check" in request.args,
    )


def _form(
    here: PublicVisit, response: PublicResponse, chosen: Section, *, sent: bool
) -> SectionForm:
    form = section_form(
        here.questionnaire,
        here.form.version_id,
        chosen,
        here.entered,
        formdata=request.form if sent else None,
        rotation=services.rotation_of(response.id),
        edition=0,
        view=View(here.moment, here.spoken, request.args.get("add", ""), tiny=True),
    )
    for field in form.answer_fields:
        field.number = ""  # these small pages number no questions
    return form


def _save(here: PublicVisit, chosen: Section) -> ResponseReturnValue:
    response = here.response
    if response is None:
        raise no_response()
    form = _form(here, response, chosen, sent=True)
    answers, unread = form_answers(form), form_unread(form)
    with transaction() as database:
        saved = services.save_section(
            database, here.form, response.id, answers, unread, now=now(), said=_said()
        )
        saved.language = here.spoken
    remember(here.form, response.id, here.spoken)
    return redirect(_onward(here, chosen), code=303)


def _said() -> Said:
    return read_said(request.form.getlist("offered"), request.form.getlist("right"))


def _onward(here: PublicVisit, chosen: Section) -> str:
    """This page again, in another language or for what can't stand; else the next, or the check."""
    again = url_for(".answer", code=here.form.code, section=chosen.code)
    then = request.form.get("then", "")
    if "language" in request.form:
        return again
    if then.startswith((ADD, REMOVE)):
        return _same_section(here, chosen, then)
    worked = worked_out(here.questionnaire, here.entered.answers, final=True, now=here.moment)
    found = found_in(worked, chosen, here.entered)
    if then != "check" and any(not one.missing and not one.confirmed for one in found):
        return f"{again}?check=1"
    following = here.neighbours(chosen.code)[1]
    if following and then != "check":
        return url_for(".answer", code=here.form.code, section=following)
    return url_for(".review", code=here.form.code)


def _same_section(here: PublicVisit, chosen: Section, then: str) -> str:
    """The section again, at the repeat whose button was pressed."""
    adds = then.startswith(ADD)
    repeat = then.removeprefix(ADD) if adds else then[len(REMOVE) :].rpartition("/")[0]
    return url_for(
        ".answer",
        code=here.form.code,
        section=chosen.code,
        add=repeat if adds else None,
        _anchor=f"{PREFIX}{repeat}".replace("/", ".") + ("-last" if adds else ""),
    )


def _name_problems(here: PublicVisit, chosen: Section, form: SectionForm) -> None:
    """Put each problem's sentence beside its question."""
    fields = {field.path: field for field in form.every_field()}
    for problem in problems_of(here.questionnaire, chosen, here.entered, now=here.moment):
        if problem.key in fields:
            fields[problem.key].errors.append(problem.sentence(here.spoken))


@blueprint.get("/<code>/check")
@access(anyone)
def review(code: str) -> ResponseReturnValue:
    """All answers on one page, what is missing named, and the button to submit."""
    here = arrive(code)
    if here.response is None or not here.open:
        return redirect(url_for("public.begin", code=code))
    return _review_page(here)


def _review_page(here: PublicVisit, status: int = OK) -> ResponseReturnValue:
    entered, moment = here.entered, here.moment
    problems = [
        (_problem_url(here, section, one), _problem_text(one, here.spoken))
        for section, found in all_problems(here.questionnaire, entered, now=moment).items()
        for one in found
    ]
    doubts = [
        (_problem_url(here, section, one), one, mark_of(answer_at(entered.answers, one.key)))
        for section, found in all_doubts(here.questionnaire, entered, now=moment).items()
        for one in found
    ]
    page = render_template(
        "surveys/public/check.html",
        visit=here,
        problems=problems,
        doubts=doubts,
        right=request.form.getlist("right"),
        unconfirmed=status != OK,
    )
    return page, status


def _problem_url(here: PublicVisit, section: str, problem: Problem) -> str:
    anchor = f"{PREFIX}{problem.key}".replace("/", ".")
    return url_for(".answer", code=here.form.code, section=section, check=1, _anchor=anchor)


def _problem_text(problem: Problem, language: str) -> str:
    asked = problem.about(language)
    if problem.message == MISSING and not problem.texts:
        return asked
    return f"{asked} – {problem.sentence(language)}"


@blueprint.post("/<code>/submit")
@access(anyone)
def submit(code: str) -> ResponseReturnValue:
    """Submit, and forget the visit. Sending the page again leads to the same thanks."""
    here = arrive(code)
    response_id = started_here(here.form)
    if response_id is None:
        raise no_response()
    try:
        with transaction() as database:
            services.submit(
                database, here.form, response_id, here.questionnaire, now=now(), said=_said()
            )
    except services.Incomplete:
        return _review_page(here, 422)
    return redirect(url_for(".thanks", code=code, language=here.spoken), code=303)


@blueprint.get("/<code>/thanks")
@access(anyone)
def thanks(code: str) -> ResponseReturnValue:
    """The end: the answers are in. Nothing of them stays on the device."""
    here = arrive(code)
    if here.response is None:
        forget(here.form)
    return render_template("surveys/public/thanks.html", visit=here)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
