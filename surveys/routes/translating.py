"""The side-by-side page of a draft's translations: the source on one side, a language beside it."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.typed import Typed, reads_typed
from surveys.definition import Questionnaire
from surveys.languages import name_in, own_name
from surveys.models import Survey
from surveys.queries.waves import get_survey
from surveys.questionnaire_policy import may_author
from surveys.routes.translation_view import PER_PAGE, SHOWN, Desk, Line, Part
from surveys.services import drafts
from surveys.services.translating import bring
from surveys.translation import Arriving, Decision, Reason, Refusal

blueprint = Blueprint("translating", __name__, url_prefix="/surveys")


def _drafted(session: Session, code: str) -> tuple[Survey, Questionnaire]:
    survey = get_survey(session, code)
    return survey, drafts.document_of(drafts.get_draft(session, survey))


@blueprint.route("/<code>/draft/translate/<language>", methods=["GET", "POST"])
@access(may_author)
def translate(code: str, language: str) -> ResponseReturnValue:
    """Show a part's texts beside their translations, and save those that were changed."""
    session = get_session()
    survey, document = _drafted(session, code)
    check(language in document.languages[1:])
    if request.method == "POST":
        return _save(survey, language)
    desk = Desk(document, language, request.args.get("show", ""))
    part = desk.part(request.args.get("part"))
    after = request.args.get("after", "")
    lines = desk.lines(part.code, after) if part else []
    return _page(survey, desk, part, lines)


def _page(
    survey: Survey,
    desk: Desk,
    part: Part | None,
    lines: list[Line],
    gone: Sequence[Refusal] = (),
) -> str:
    return render_template(
        "surveys/translating/translate.html",
        survey=survey,
        desk=desk,
        part=part,
        lines=lines[:PER_PAGE],
        more=len(lines) > PER_PAGE,
        gone=gone,
        shown=SHOWN,
        own_name=own_name,
        name_in=name_in,
    )


def sent_rows(form: MultiDict[str, str]) -> dict[str, Arriving]:
    """The rows a page sent, by key: each with what its page had shown."""
    rows: dict[str, Arriving] = {}
    for name, key in form.items():
        number = name.removeprefix("key-")
        if number == name:
            continue
        source, _dot, translation = form.get(f"seen-{number}", "").partition(".")
        rows[key] = Arriving(
            key=key,
            text=form.get(f"text-{number}", ""),
            source_mark=source,
            translation_mark=translation,
            confirmed=f"right-{number}" in form,
        )
    return rows


def _save(survey: Survey, language: str) -> ResponseReturnValue:
    sent = sent_rows(request.form)
    with transaction() as session:
        arriving = {language: list(sent.values())}
        decision = bring(session, survey, arriving, emptying=True, now=now(), by=g.actor)[language]
    _tell(decision)
    _survey, document = _drafted(session, survey.code)
    desk = Desk(document, language, request.form.get("show", ""))
    part = desk.part(request.form.get("part", ""))
    if part and decision.refusals:
        status = 409 if any(refusal.conflict for refusal in decision.refusals) else 400
        gone = [one for one in decision.refusals if one.reason is Reason.UNKNOWN and one.row.text]
        return _page(survey, desk, part, desk.refused(sent, decision.refusals), gone), status
    return redirect(_onward(survey, desk, part, list(sent)), code=303)


def _tell(decision: Decision) -> None:
    count = len(decision.accepted) + len(decision.confirmed)
    if count:
        flash(_("Translations saved: %(count)s.", count=count), "success")


def _onward(survey: Survey, desk: Desk, part: Part | None, keys: list[str]) -> str:
    """Where the button leads that was pressed: the same part, the next texts, or the overview."""
    here: dict[str, Any] = {"code": survey.code, "language": desk.language, "show": desk.shown}
    if part is None:
        return url_for("languages.index", code=survey.code)
    if request.form.get("then") == "stay":
        return url_for(".translate", part=part.code, after=request.form.get("after", ""), **here)
    following = desk.following(part.code, keys[-1] if keys else "")
    if following is None:
        return url_for("languages.index", code=survey.code)
    return url_for(".translate", **(here | following))


def _typed(_values: object, form: MultiDict[str, str]) -> Typed:
    """The translations typed into a page that was refused, by the number of their row."""
    return [
        (_("Translation %(number)s", number=int(number) + 1), text)
        for name, text in form.items()
        if (number := name.removeprefix("text-")).isdecimal() and text.strip()
    ]


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
    reads_typed(app, "translating.translate", _typed)
