"""The editor of a draft: its outline, and one paragraph at a time."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from consult.policy import drafts_somewhere
from consult.routes.drafting_steps import STEPS, Step, take
from consult.routes.drafting_view import Drafting, drafting_of
from consult.routes.drafting_words import told
from consult.routes.paragraph_view import Paragraph, paragraph_at
from consult.services import drafting
from consult.services.composing import take_all
from consult.services.drafts import unexplained_of
from core.access import access, check
from core.db import get_session, transaction
from core.errors import DomainError
from core.typed import Typed

blueprint = Blueprint(
    "drafting", __name__, url_prefix="/consultations/<code>/desk/drafts/<int:number>"
)


def at_work(code: str, number: int) -> Drafting:
    """A draft that can still be changed, for those who write it; else as if there were none."""
    desk = drafting_of(code, number)
    check(desk.in_work)
    return desk


@blueprint.get("/edit")
@access(drafts_somewhere)
def outline(code: str, number: int) -> ResponseReturnValue:
    """The whole draft in work, with what changed and what waits."""
    desk = at_work(code, number)
    return render_template(
        "consult/drafting/outline.html",
        desk=desk,
        unexplained=unexplained_of(get_session(), desk.draft),
        last=told(desk, desk.operations[-1]) if desk.operations else None,
    )


@blueprint.route("/edit/<uuid:lineage>", methods=["GET", "POST"])
@access(drafts_somewhere)
def paragraph(code: str, number: int, lineage: UUID) -> ResponseReturnValue:
    """One paragraph: its words in each language, what was said of it, and what can be done."""
    desk = at_work(code, number)
    if request.method == "GET":
        return _paragraph_page(paragraph_at(desk, lineage))
    wanted = STEPS.get(request.form.get("do", "save"), STEPS["save"])
    return _done(desk, lineage, wanted)


def _done(desk: Drafting, lineage: UUID, wanted: Step) -> ResponseReturnValue:
    """Take a step, or show the page with all that was typed and why it wasn't taken."""
    number = desk.draft.number
    try:
        with transaction() as session:
            work = drafting.Desk(session, desk.draft, desk.act)
            following = take(work, desk, lineage, wanted)
    except drafting.EditedElsewhere as conflict:
        at = paragraph_at(drafting_of(desk.consultation.code, number), lineage, gone=True)
        return _paragraph_page(at, error=conflict, conflict=True), 409
    except DomainError as refusal:
        at = paragraph_at(drafting_of(desk.consultation.code, number), lineage)
        return _paragraph_page(at, error=refusal), 422
    if work.steps:
        flash(str(wanted.done), "success")
    else:
        flash(_("Nothing was changed."), "info")
    if following is None:
        return redirect(desk.here("drafting.outline"), code=303)
    return redirect(desk.here("drafting.paragraph", lineage=following), code=303)


def _paragraph_page(
    at: Paragraph, *, error: DomainError | None = None, conflict: bool = False
) -> str:
    get_session().rollback()
    return render_template(
        "consult/drafting/paragraph.html", desk=at.desk, at=at, error=error, conflict=conflict
    )


@blueprint.post("/take")
@access(drafts_somewhere)
def take_accepted(code: str, number: int) -> ResponseReturnValue:
    """Take every accepted amendment that needs nobody's words."""
    desk = at_work(code, number)
    with transaction() as session:
        before = len(desk.taken)
        taken = take_all(session, desk.draft, desk.act)
        behind = {one for operation in taken.operations for one in operation.contributions}
    count = len(behind) - before
    if count:
        flash(ngettext("One accepted amendment is in the text now.",
                       "%(num)d accepted amendments are in the text now.", count),
              "success")  # fmt: skip
    if taken.waiting:
        return redirect(desk.here("drafting.conflicts"), code=303)
    return redirect(desk.here("drafting.outline"), code=303)


@blueprint.post("/undo")
@access(drafts_somewhere)
def undo(code: str, number: int) -> ResponseReturnValue:
    """Take back the last step."""
    desk = at_work(code, number)
    try:
        last = UUID(request.form.get("last", ""))
    except ValueError:
        last = UUID(int=0)
    with transaction() as session:
        drafting.Desk(session, desk.draft, desk.act).undo(last)
    flash(_("The last step is taken back."), "success")
    return redirect(desk.here("drafting.outline"), code=303)


def typed_words(_values: object, form: MultiDict[str, str]) -> Typed:
    """The texts typed into a paragraph's page that was refused."""
    found = [(name, text) for name, text in form.items() if name.startswith(("text-", "new-"))]
    named = [(_("Text (%(language)s)", language=name.partition("-")[2]), text)
             for name, text in found if text.strip()]  # fmt: skip
    note = form.get("note", "")
    return [*named, (_("Note"), note)] if note.strip() else named
