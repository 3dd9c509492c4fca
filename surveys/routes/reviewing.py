"""Reviewing a draft: giving it to review, reading it with comments, approving or sending back."""

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.texts import lazy as _l
from surveys.definition import Questionnaire
from surveys.models import Survey
from surveys.queries.waves import get_survey
from surveys.questionnaire_policy import may_author
from surveys.routes.change_words import spoken_by
from surveys.services import reviewing
from surveys.services.drafts import document_of, get_draft

blueprint = Blueprint("reviewing", __name__, url_prefix="/surveys")
COMMENT = "about_"
LONGEST_EDITION = 9


@blueprint.post("/<code>/review/ask")
@access(may_author)
def ask(code: str) -> ResponseReturnValue:
    """Give the draft to review as it stands on the page."""
    with transaction() as session:
        survey = get_survey(session, code)
        reviewing.ask(session, survey, edition=_edition(), now=now(), by=g.actor)
    flash(_("The draft is in review."), "success")
    return redirect(url_for("publishing.show", code=code), code=303)


@blueprint.route("/<code>/review", methods=["GET", "POST"])
@access(may_author)
def review(code: str) -> ResponseReturnValue:
    """Read a draft question by question; approve it, or send it back with comments."""
    survey = get_survey(get_session(), code)
    if request.method != "POST":
        return _page(survey)
    approve = request.form.get("then") == "approve"
    try:
        with transaction() as session:
            reviewing.decide(
                session, survey, approve=approve, edition=_edition(), comments=_comments(),
                note=request.form.get("note", ""), now=now(), by=g.actor,
            )  # fmt: skip
    except DomainError as refusal:
        return _page(survey, error=str(refusal.message)), refusal.status
    said = _("The draft is approved.") if approve else _("The draft went back with your comments.")
    flash(said, "success")
    return redirect(url_for("publishing.show", code=code), code=303)


def _page(survey: Survey, error: str = "") -> str:
    draft = get_draft(get_session(), survey)
    document: Questionnaire = document_of(draft)
    return render_template(
        "surveys/publishing/review.html",
        survey=survey,
        draft=draft,
        document=document,
        spoken=spoken_by(document),
        comments=_comments(),
        note=request.form.get("note", ""),
        error=error,
    )


def _comments() -> dict[str, str]:
    return {
        name.removeprefix(COMMENT): text
        for name, text in request.form.items()
        if name.startswith(COMMENT) and text.strip()
    }


def _edition() -> int:
    text = request.form.get("edition", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_EDITION):
        raise DomainError(_l("This page is damaged. Open it again."))
    return int(text)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
