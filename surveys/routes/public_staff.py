"""Public questionnaires for staff: opening, following, closing; link, QR code and poster."""

from datetime import timedelta
from io import BytesIO

import segno
from flask import Blueprint, Flask, Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.i18n import LANGUAGES, current_language, format_day
from core.links import external_for
from core.navigation import entry
from movement.models import Call
from surveys.definition import text_in
from surveys.forms.public import OpenPublic
from surveys.models import Survey
from surveys.public_counts import shown_total, spans
from surveys.public_days import is_open
from surveys.public_languages import interface_for
from surveys.public_models import PublicForm
from surveys.public_policy import may_run_public
from surveys.queries import public_forms as queries
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.waves import get_survey, newest_version
from surveys.services import public_forms as services

blueprint = Blueprint("public_forms", __name__, url_prefix="/public")
USUAL_WEEKS = 4


@blueprint.get("")
@access(may_run_public)
def index() -> ResponseReturnValue:
    """Every public questionnaire."""
    lines = [
        (line, shown_total(line.submitted), is_open(line.form, now()))
        for line in queries.public_lines(get_session())
    ]
    return render_template("surveys/public_forms/index.html", lines=lines)


@blueprint.route("/open/<survey>", methods=["GET", "POST"])
@access(may_run_public)
def open_form(survey: str) -> ResponseReturnValue:
    """Open a survey's newest version to everybody who gets its address."""
    session = get_session()
    found = get_survey(session, survey)
    version = newest_version(session, found)
    check(version is not None)
    assert version is not None  # noqa: S101 -- checked just above
    questionnaire = questionnaire_of(session, version.id)
    services.refuse_files(questionnaire)
    calls = queries.calls_of(session, found)
    today = now().date()
    form = OpenPublic(
        data={
            "languages": list(questionnaire.languages),
            "opens_on": today,
            "closes_on": today + timedelta(weeks=USUAL_WEEKS),
            "retention_days": services.RETENTION_DAYS,
        }
    )
    form.offer(questionnaire, calls, current_language())
    if form.validate_on_submit():
        opened = _open(found, form, calls)
        if opened:
            flash(_("The questionnaire is open. Share its address or its poster."), "success")
            return redirect(url_for(".show", code=opened.code), code=303)
    page = render_template("surveys/public_forms/open.html", survey=found, form=form)
    return page, 400 if form.errors else 200


def _open(survey: Survey, form: OpenPublic, calls: list[Call]) -> PublicForm | None:
    """The opened questionnaire, or None with what is wrong written beside its field."""
    try:
        with transaction() as session:
            return services.open_form(session, survey, form.opening(calls), now=now(), by=g.actor)
    except services.Misfit as misfit:
        form[misfit.field].errors = [str(misfit.message)]
    return None


@blueprint.get("/<code>")
@access(may_run_public)
def show(code: str) -> ResponseReturnValue:
    """One of them: its address, how many answered, and what can be done."""
    session = get_session()
    place = queries.get_place(session, code)
    days = queries.days_of(session, place.form)
    return render_template(
        "surveys/public_forms/show.html",
        place=place,
        form=place.form,
        link=_link(place.form),
        open=is_open(place.form, now()),
        total=shown_total(sum(days.values())),
        spans=spans(days),
    )


@blueprint.post("/<code>/close")
@access(may_run_public)
def close(code: str) -> ResponseReturnValue:
    """Close it before its last day."""
    with transaction() as session:
        services.close_form(session, queries.get_form(session, code), now=now(), by=g.actor)
    flash(_("The questionnaire is closed. Nobody can answer it any more."), "success")
    return redirect(url_for(".show", code=code), code=303)


@blueprint.get("/<code>/qr.svg")
@access(may_run_public)
def qr(code: str) -> ResponseReturnValue:
    """The address as a QR code to print: black on white, with its quiet margin."""
    form = queries.get_form(get_session(), code)
    picture = BytesIO()
    segno.make(_link(form), error="q", micro=False).save(
        picture, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None, dark="#000",
        light="#fff", omitsize=True,
    )  # fmt: skip
    return Response(picture.getvalue(), mimetype="image/svg+xml")


@blueprint.get("/<code>/poster")
@access(may_run_public)
def poster(code: str) -> ResponseReturnValue:
    """A page to print and hang up: the title and an invitation in each language, and the code."""
    place = queries.get_place(get_session(), code)
    questionnaire = questionnaire_of(get_session(), place.form.version_id)
    return render_template(
        "surveys/public_forms/poster.html",
        form=place.form,
        link=_link(place.form),
        invitations=[
            (language, text_in(questionnaire.texts, language), *_invitation(place.form, language))
            for language in place.form.languages
        ],
    )


def _invitation(form: PublicForm, language: str) -> tuple[str, str]:
    """The language we can say it in for readers of `language`, and the sentence."""
    interface = interface_for(language, list(LANGUAGES), ())
    with force_locale(interface):
        sentence = _(
            "Answer on your phone. You don't give your name. Until %(date)s.",
            date=format_day(form.closes_on),
        )
    return interface, sentence


def _link(form: PublicForm) -> str:
    return external_for("public.begin", code=form.code)


def init_app(app: Flask) -> None:
    """Register the pages and their line of the menu."""
    app.register_blueprint(blueprint)
    entry(app, _l("Public"), "public_forms.index", may_run_public, position=35)
