"""The pages of questionnaires: the surveys, importing one, looking it over, and the blank print."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from core import navigation
from core.access import access, check
from core.clock import now
from core.db import close_session, get_session, transaction
from core.i18n import LANGUAGES, current_language
from surveys.definition import Question, Questionnaire
from surveys.expressions import render
from surveys.forms.paper import numbers, printed
from surveys.forms.questionnaires import ImportQuestionnaire
from surveys.kinds import Kind
from surveys.queries import questionnaires as queries
from surveys.queries.waves import get_survey
from surveys.questionnaire_policy import may_author, may_print
from surveys.services.importing import bring_in
from surveys.xlsform import Reading, read, write
from surveys.xlsform.guard import MAX_BYTES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
blueprint = Blueprint("surveys", __name__, url_prefix="/surveys")
KINDS = {of: kind.title for of, kind in Kind.KINDS.items()}


@blueprint.get("")
@access(may_author)
def index() -> ResponseReturnValue:
    """Every survey with its newest version: those worked with, or the archived ones."""
    archived = request.args.get("archived") == "1"
    surveys = queries.survey_lines(get_session(), archived=archived)
    return render_template("surveys/questionnaires/index.html", surveys=surveys, archived=archived)


@blueprint.route("/import", methods=["GET", "POST"])
@access(may_author)
def upload() -> ResponseReturnValue:
    """Take an XLSForm: publish it as the survey's next version, or show all that is wrong."""
    form = ImportQuestionnaire()
    if not form.validate_on_submit():
        return _upload_page(form, None), 400 if request.method == "POST" else 200
    close_session()  # reading takes long enough for others to want the database meanwhile
    reading = read(form.file.data.read(MAX_BYTES + 1), code=form.code.data or None)
    if reading.questionnaire is None:
        return _upload_page(form, reading), 400
    with transaction() as session:
        brought = bring_in(
            session,
            reading.questionnaire,
            source=form.file.data.filename or "",
            now=now(),
            by=g.actor,
        )
    return render_template(
        "surveys/questionnaires/imported.html",
        code=reading.questionnaire.code,
        titles=reading.questionnaire.texts,
        brought=brought,
        warnings=reading.warnings,
    )


def _upload_page(form: ImportQuestionnaire, reading: Reading | None) -> str:
    return render_template("surveys/questionnaires/import.html", form=form, reading=reading)


@blueprint.get("/<code>")
@access(may_author)
def show(code: str) -> ResponseReturnValue:
    """A survey: its versions, and what the newest asks."""
    session = get_session()
    survey = get_survey(session, code)
    versions = queries.versions_of(session, survey)
    if not versions:
        return redirect(url_for("publishing.show", code=code))
    questionnaire = queries.questionnaire_of(session, versions[0].id)
    return render_template(
        "surveys/questionnaires/show.html",
        survey=survey,
        versions=versions,
        questionnaire=questionnaire,
        spoken=_spoken(questionnaire),
        kinds=KINDS,
        condition=_condition,
    )


@blueprint.get("/<code>/form.xlsx")
@access(may_author)
def form(code: str) -> ResponseReturnValue:
    """The newest version as an XLSForm, to change it elsewhere or to start another from it."""
    session = get_session()
    version, questionnaire = queries.newest_questionnaire(session, get_survey(session, code))
    name = f"{code}-{version.number}.xlsx"
    file = BytesIO(write(questionnaire))
    return send_file(file, mimetype=XLSX, as_attachment=True, download_name=name)


def _condition(question: Question) -> str:
    """When a question is asked, as its author wrote it; "" for always."""
    return render(question.relevant) if question.relevant is not None else ""


@blueprint.get("/<code>/blank")
@access(may_author)
def blank_version(code: str) -> ResponseReturnValue:
    """The newest version on paper, before anybody is asked."""
    session = get_session()
    versions = queries.versions_of(session, get_survey(session, code))
    check(bool(versions))
    return _blank(session, versions[0].id)


@blueprint.get("/waves/<code>/blank")
@access(may_print)
def blank(code: str) -> ResponseReturnValue:
    """What a wave asks, on paper, to pass round: for staff, and once it opened for those asked."""
    session = get_session()
    own = None if may_author(g.actor) else g.actor.organisation_ids
    call, version_id = queries.asked_in(session, code, own)
    return _blank(session, version_id, call=call)


def _blank(session: Session, version_id: UUID, **values: Any) -> str:
    """The page, wholly in the language of the texts where we speak it: paper is passed on."""
    questionnaire = queries.questionnaire_of(session, version_id)
    g.test_run = bool(values.get("call") and values["call"].test)
    spoken, numbered = _spoken(questionnaire), numbers(questionnaire)
    values.setdefault("call", None)
    with force_locale(spoken if spoken in LANGUAGES else current_language()):
        return render_template(
            "surveys/questionnaires/blank.html",
            questionnaire=questionnaire,
            spoken=spoken,
            sections=printed(questionnaire, version_id, numbered, spoken),
            **values,
        )


def _spoken(questionnaire: Questionnaire) -> str:
    """The asked-for language of the texts, else the page's, else the one they were written in."""
    wishes = (request.args.get("language", ""), current_language())
    return next((w for w in wishes if w in questionnaire.languages), questionnaire.languages[0])


def init_app(app: Flask) -> None:
    """Add the pages and their line of the menu."""
    app.register_blueprint(blueprint)
    navigation.entry(app, _l("Questionnaires"), "surveys.index", may_author, position=30)
