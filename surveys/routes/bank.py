"""The questions bank: browse and search it, look at an entry, use it in a draft, save to it."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import current_language
from surveys.bank import Entry, EntryKind
from surveys.definition import Questionnaire
from surveys.forms.bank import save_form, use_form
from surveys.languages import own_name
from surveys.models import Survey
from surveys.queries import bank as queries
from surveys.queries.waves import get_survey
from surveys.questionnaire_policy import may_author
from surveys.routes.questionnaires import KINDS
from surveys.services import bank as services
from surveys.services import drafts

blueprint = Blueprint("bank", __name__)
ENTRY_KINDS = {
    EntryKind.SCALE: _l("Scale"),
    EntryKind.QUESTION: _l("Question"),
    EntryKind.SECTION: _l("Section"),
}


@blueprint.get("/bank")
@access(may_author)
def index() -> ResponseReturnValue:
    """The entries that hold the words searched for. `for`: the survey they are wanted for."""
    words = request.args.get("q", "").strip()[:200]
    kind = request.args.get("kind", "")
    chosen = EntryKind(kind) if kind in set(EntryKind) else None
    session = get_session()
    return render_template(
        "surveys/bank/index.html",
        entries=queries.entries(session, words=words, kind=chosen),
        words=words,
        kind=chosen,
        kinds=ENTRY_KINDS,
        question_kinds=KINDS,
        wanted=_wanted(session),
    )


def _wanted(session: Session) -> Survey | None:
    """The survey in the address, if it has a draft."""
    code = request.args.get("for", "")
    return next((one for one in queries.drafted_surveys(session) if one.code == code), None)


@blueprint.get("/bank/<entry_id>")
@access(may_author)
def show(entry_id: str) -> ResponseReturnValue:
    """An entry as it reads, and the drafts it can be used in."""
    session = get_session()
    entry = queries.get_entry(session, entry_id)
    wanted = _wanted(session)
    if wanted:
        return redirect(url_for(".use", entry_id=entry.id, code=wanted.code))
    return render_template(
        "surveys/bank/show.html", surveys=queries.drafted_surveys(session), **_reading(entry)
    )


def _reading(entry: Entry) -> dict[str, Any]:
    """What the pages of an entry show of it, in the language asked for."""
    wishes = (request.args.get("language", ""), current_language(), *entry.languages)
    spoken = next(wish for wish in wishes if wish in entry.languages)
    return {
        "entry": entry,
        "spoken": spoken,
        "kinds": ENTRY_KINDS,
        "question_kinds": KINDS,
        "own_name": own_name,
    }


@blueprint.route("/bank/<entry_id>/use/<code>", methods=["GET", "POST"])
@access(may_author)
def use(entry_id: str, code: str) -> ResponseReturnValue:
    """Choose where in a draft the entry goes, and put it there."""
    session = get_session()
    entry = queries.get_entry(session, entry_id)
    survey, document = _drafted(session, code)
    form = use_form(entry, document, current_language())
    if not form.validate_on_submit():
        page = render_template(
            "surveys/bank/use.html", survey=survey, document=document, form=form, **_reading(entry)
        )
        return page, 400 if request.method == "POST" else 200
    with transaction() as session:
        codes = services.use(session, survey, entry, form.target(), now=now(), by=g.actor)
    flash(_("Put into the draft: %(codes)s.", codes=", ".join(codes)), "success")
    return redirect(url_for(".index") + f"?for={quote(code)}", code=303)


def _drafted(session: Session, code: str) -> tuple[Survey, Questionnaire]:
    survey = get_survey(session, code)
    return survey, drafts.document_of(drafts.get_draft(session, survey))


@blueprint.post("/bank/<entry_id>/remove")
@access(may_author)
def remove(entry_id: str) -> ResponseReturnValue:
    """Delete an own entry."""
    entry = queries.get_entry(get_session(), entry_id)
    with transaction() as session:
        services.remove(session, entry, now=now(), by=g.actor)
    flash(_("The entry is removed from the bank."), "success")
    return redirect(url_for(".index"), code=303)


@blueprint.route("/surveys/<code>/draft/to-bank", methods=["GET", "POST"])
@access(may_author)
def save(code: str) -> ResponseReturnValue:
    """Save a part of a draft as an entry. `part`: chosen already, as "question:CODE"."""
    session = get_session()
    survey, document = _drafted(session, code)
    check(bool(document.sections))
    form = save_form(document, current_language())
    if request.method == "GET":
        form.part.data = request.args.get("part")
    if not (form.validate_on_submit()):
        page = render_template("surveys/bank/save.html", survey=survey, form=form)
        return page, 400 if request.method == "POST" else 200
    kind, part = form.chosen()
    try:
        with transaction() as session:
            entry = services.save(
                session, survey, kind, part, form.name.data or "", now=now(), by=g.actor
            )
    except DomainError as wrong:
        form.part.errors = [str(wrong.message)]
        return render_template("surveys/bank/save.html", survey=survey, form=form), wrong.status
    flash(_("Saved in the questions bank."), "success")
    return redirect(url_for(".show", entry_id=entry.id), code=303)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
