"""The drafts of a consultation: files brought in, the next one begun, one published for ever."""

from typing import Any, cast

from flask import Blueprint, Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.changes.carrying import Fit
from consult.changes.lineage import fates, resolve
from consult.export.word_draft import draft_file
from consult.policy import drafts_somewhere, is_staff
from consult.queries.amendments import carried_to
from consult.queries.consultations import document_of
from consult.routes.after_view import edition_in
from consult.routes.drafting_view import Desk, desk_of, drafting_of, needs, words_of
from consult.routes.drafting_view import init_app as init_words
from consult.routes.printed import download, title_of
from consult.services.composing import unsettled_in
from consult.services.drafts import begin_next, unexplained_of
from consult.services.importing import Brought, Target, bring
from consult.services.publishing import publish_draft
from consult.services.reading import Sent
from consult.text.markdown import write
from consult.word.importing import Revisions
from consult.word.origins import Origin
from core.access import access, check
from core.db import get_session, transaction
from core.errors import Conflict, DomainError
from core.texts import lazy as _l

blueprint = Blueprint("drafts", __name__, url_prefix="/consultations/<code>/desk/drafts")
MOST_SHOWN = 50
REVISIONS = ("accept", "reject", "contributions")
FITS = {
    Fit.CONFLICT: (_l("The words it speaks of were changed"), "warning"),
    Fit.ORPHAN: (_l("Its paragraph is gone"), "stopped"),
    Fit.FUZZY: (_l("Fits the new wording"), "doing"),
    Fit.CLEAN: (_l("Its paragraph reads as before"), "done"),
}


@blueprint.get("")
@access(drafts_somewhere)
def index(code: str) -> ResponseReturnValue:
    """All drafts, and the ways to a next one."""
    return _page(desk_of(code))


def _page(desk: Desk, *, error: str = "", brought: Brought | None = None) -> str:
    get_session().expire_all()
    desk = desk_of(desk.consultation.code)
    documents = {draft.id: document_of(draft) for draft in desk.drafts}
    return render_template(
        "consult/drafting/index.html", desk=desk, documents=documents, error=error, brought=brought
    )


@blueprint.post("/import")
@access(drafts_somewhere)
def bring_in(code: str) -> ResponseReturnValue:
    """Bring a Word or Markdown file in: the next draft, or another language."""
    desk = desk_of(code)
    revisions = request.form.get("revisions", "")
    target = Target(
        code,
        request.form.get("language", "").strip() or None,
        revisions=cast(Revisions, revisions) if revisions in REVISIONS else None,
    )
    try:
        with transaction() as session:
            brought = bring(session, _sent(), target, desk.act)
    except DomainError as refusal:
        return _page(desk, error=str(refusal.message)), 422
    if brought.notices:
        return _page(desk, brought=brought)
    flash(_("The file is read. Nothing is published yet."), "success")
    return redirect(desk.url("drafting.outline", number=brought.draft.number), code=303)


def _sent() -> Sent:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise DomainError(_l("Choose a file."), 422)
    return Sent(sent.filename, sent.read())


@blueprint.post("/next")
@access(drafts_somewhere)
def begin(code: str) -> ResponseReturnValue:
    """Begin the next draft: the text of the newest one, to be changed."""
    desk = desk_of(code)
    if desk.newest is None:
        raise Conflict(_l("There is no draft yet. Import a file first."))
    with transaction() as session:
        draft = begin_next(session, desk.newest, desk.act)
        number = draft.number
    return redirect(desk.url("drafting.outline", number=number), code=303)


@blueprint.get("/<int:number>/publish")
@access(drafts_somewhere)
def ready(code: str, number: int) -> ResponseReturnValue:
    """What stands in the way of publishing a draft."""
    return _publish_page(code, number)


def _publish_page(code: str, number: int, error: str = "") -> str:
    desk = drafting_of(code, number)
    check(desk.in_work)
    return render_template("consult/drafting/publish.html", desk=desk, error=error, **_ready(desk))


@blueprint.post("/<int:number>/publish/now")
@access(is_staff)
def publish(code: str, number: int) -> ResponseReturnValue:
    """Publish a draft for ever; whoever writes it for others doesn't."""
    desk = drafting_of(code, number)
    check(desk.in_work)
    seen = edition_in(request.form.get("edition", ""))
    try:
        with transaction() as session:
            carried = publish_draft(session, desk.draft, desk.act, seen=seen)
    except DomainError as refusal:
        status = 409 if isinstance(refusal, Conflict) else 422
        return _publish_page(code, number, str(refusal.message)), status
    flash(_told(number, carried), "success")
    return redirect(desk.url("drafts.index"), code=303)


def _told(number: int, carried: int) -> str:
    done = _("Draft %(number)s is published.", number=number)
    more = ngettext("One contribution was carried over to it.",
                    "%(num)d contributions were carried over to it.", carried)  # fmt: skip
    return f"{done} {more}" if carried else done


def _ready(desk: Any) -> dict[str, Any]:
    """What is to be known before publishing."""
    session = get_session()
    document = desk.document
    translations = {
        language: [one for one in document.blocks if needs(document, one, language)]
        for language in document.languages[1:]
    }
    conflicts = unsettled_in(session, desk.draft)
    became = [fates(desk.operations)]
    return {
        "unexplained": unexplained_of(session, desk.draft),
        "unsettled": conflicts,
        "unsettled_now": [
            document.find(heir) for one in conflicts for heir in resolve(one.lineage, became)
        ],
        "abandoned": desk.abandoned,
        "left": desk.left,
        "translations": {one: blocks for one, blocks in translations.items() if blocks},
        "words_of": words_of,
    }


@blueprint.get("/<int:number>/carried")
@access(drafts_somewhere)
def carried(code: str, number: int) -> ResponseReturnValue:
    """How the contributions that were pending fit a published draft: the hardest first."""
    desk = drafting_of(code, number)
    check(not desk.in_work)
    session = get_session()
    groups = [(*FITS[fit], *carried_to(session, desk.draft, fit, most=MOST_SHOWN)) for fit in FITS]
    total = sum(count for _words, _tone, count, _rows in groups)
    return render_template("consult/drafting/carried.html", desk=desk, groups=groups, total=total)


@blueprint.get("/<int:number>/text.<any(docx, md):kind>")
@access(drafts_somewhere)
def text(code: str, number: int, kind: str) -> ResponseReturnValue:
    """A draft's text to edit it elsewhere; as Markdown with the identities of its paragraphs."""
    desk = drafting_of(code, number)
    language = request.args.get("language", desk.document.source)
    check(language in desk.document.languages)
    if kind == "docx":
        origin = Origin(code, (number,), (desk.document.digest,))
        content = draft_file(desk.document, language, title_of(desk.consultation), origin)
    else:
        content = write(desk.document, language).encode()
    return download(content, kind, f"{code}-{number}-{language}")


def init_app(app: Flask) -> None:
    """Register the pages."""
    init_words(app)
    app.register_blueprint(blueprint)
