"""The pages of a draft's languages: which there are and how far, and translations as files."""

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access, check
from core.clock import now
from core.db import close_session, get_session, transaction
from core.errors import DomainError
from surveys.definition import Questionnaire
from surveys.forms.translating import AddLanguage, TranslationFile
from surveys.languages import name_in, own_name, progress
from surveys.languages.names import SUGGESTED
from surveys.models import Survey
from surveys.queries.waves import get_survey
from surveys.questionnaire_policy import may_author
from surveys.services import drafts, translating
from surveys.translation import Decision, Reading, Unreadable, from_po, from_xlsx, to_po, to_xlsx
from surveys.xlsform.guard import MAX_BYTES

blueprint = Blueprint("languages", __name__, url_prefix="/surveys")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PO = "text/x-gettext-translation"


def _drafted(code: str) -> tuple[Survey, Questionnaire]:
    session = get_session()
    survey = get_survey(session, code)
    return survey, drafts.document_of(drafts.get_draft(session, survey))


@blueprint.get("/<code>/draft/languages")
@access(may_author)
def index(code: str) -> ResponseReturnValue:
    """The draft's languages with their progress."""
    return _index_page(*_drafted(code), AddLanguage())


def _index_page(survey: Survey, document: Questionnaire, form: AddLanguage) -> str:
    return render_template(
        "surveys/translating/languages.html",
        survey=survey,
        document=document,
        progress=progress(document),
        form=form,
        suggested=[code for code in SUGGESTED if code not in document.languages],
        own_name=own_name,
        name_in=name_in,
    )


@blueprint.post("/<code>/draft/languages")
@access(may_author)
def add(code: str) -> ResponseReturnValue:
    """Add a language, and go on to translate into it."""
    survey, document = _drafted(code)
    form = AddLanguage()
    if not form.validate_on_submit():
        return _index_page(survey, document, form), 400
    try:
        with transaction() as session:
            language = translating.add_language(
                session, survey, form.language.data or "", now=now(), by=g.actor
            )
    except DomainError as wrong:
        form.language.errors = [str(wrong.message)]
        return _index_page(survey, document, form), wrong.status
    flash(_("%(language)s is added.", language=own_name(language)), "success")
    return redirect(url_for(".index", code=code), code=303)


@blueprint.post("/<code>/draft/languages/<language>/<any(earlier,later,source,remove):act>")
@access(may_author)
def change(code: str, language: str, act: str) -> ResponseReturnValue:
    """Move a language, make it the source, or remove it."""
    survey, document = _drafted(code)
    check(language in document.languages)
    with transaction() as session:
        match act:
            case "earlier" | "later":
                places = -1 if act == "earlier" else 1
                translating.move_language(session, survey, language, places, now=now(), by=g.actor)
            case "source":
                translating.choose_source(session, survey, language, now=now(), by=g.actor)
            case _:
                translating.remove_language(session, survey, language, now=now(), by=g.actor)
    return redirect(url_for(".index", code=code), code=303)


@blueprint.get("/<code>/draft/translations/<language>.<any(xlsx,po):form>")
@access(may_author)
def download(code: str, language: str, form: str) -> ResponseReturnValue:
    """One language as a file."""
    survey, document = _drafted(code)
    check(language in document.languages[1:])
    if form == "po":
        data, kind = to_po(document, language, now=now()), PO
    else:
        data, kind = to_xlsx(document, [language]), XLSX
    name = f"{survey.code}-{language}.{form}"
    return send_file(BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)


@blueprint.get("/<code>/draft/translations/all.xlsx")
@access(may_author)
def download_all(code: str) -> ResponseReturnValue:
    """Every language in one workbook."""
    survey, document = _drafted(code)
    check(len(document.languages) > 1)
    data = to_xlsx(document, document.languages[1:])
    name = f"{survey.code}-translations.xlsx"
    return send_file(BytesIO(data), mimetype=XLSX, as_attachment=True, download_name=name)


@blueprint.route("/<code>/draft/translations", methods=["GET", "POST"])
@access(may_author)
def upload(code: str) -> ResponseReturnValue:
    """Take a file back: what was changed in it comes in, and what doesn't is shown with why."""
    survey, _document = _drafted(code)
    form = TranslationFile()
    if not form.validate_on_submit():
        page = render_template("surveys/translating/upload.html", survey=survey, form=form)
        return page, 400 if request.method == "POST" else 200
    data = form.file.data.read(MAX_BYTES + 1)
    close_session()  # reading takes long enough for others to want the database meanwhile
    try:
        reading = reader_of(form.file.data.filename or "")(data)
        decisions = _bring(code, reading)
    except Unreadable as refused:
        form.file.errors = [str(refused.message)]
        survey, _document = _drafted(code)
        return render_template("surveys/translating/upload.html", survey=survey, form=form), 400
    survey, document = _drafted(code)
    return render_template(
        "surveys/translating/uploaded.html",
        survey=survey,
        document=document,
        decisions=decisions,
        faults=reading.faults,
        own_name=own_name,
    )


def _bring(code: str, reading: Reading) -> dict[str, Decision]:
    with transaction() as session:
        survey = get_survey(session, code)
        return translating.bring(session, survey, reading.rows, now=now(), by=g.actor)


def reader_of(name: str) -> Callable[[bytes], Reading]:
    """Which reader a file's name asks for: .po, else a spreadsheet."""
    return from_po if name.lower().endswith((".po", ".pot")) else from_xlsx


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
