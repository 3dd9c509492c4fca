"""Opening a round, and closing it. Inviting and reminding are done on the call's board."""

from flask import Blueprint, Flask, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.forms.rounds import CloseRound, OpenRound
from consult.models import Draft, Visibility
from consult.policy import is_staff
from consult.queries.consultations import drafts_of, get_draft, published
from consult.queries.figures import figures_of_round
from consult.routes.desk_view import Desk, at_round, desk_of
from consult.services.closing import NotYet, close_round, closed_for_good, obstacles_of
from consult.services.rounds import Rules
from consult.services.rounds import open_round as open_new_round
from core.access import access
from core.db import get_session, transaction
from core.errors import Conflict, DomainError
from core.i18n import current_language
from movement import settled
from movement.models import Call, CallKind
from movement.queries.directory import voices
from movement.services.calls import Opening
from movement.words import name_of

blueprint = Blueprint("desk_rounds", __name__, url_prefix="/consultations/<code>/desk")


@blueprint.route("/open", methods=["GET", "POST"])
@access(is_staff)
def open_round(code: str) -> ResponseReturnValue:
    """Name a round, its dates and rules, and open it. Nobody is written to by that."""
    desk, session = desk_of(code), get_session()
    drafts = published(drafts_of(session, desk.consultation))
    form = _form(desk, drafts)
    if form.validate_on_submit():
        call = _open(desk, form)
        if call:
            flash(_("The round is open. Nobody is invited yet."), "success")
            return redirect(f"/calls/{call.code}", code=303)
    page = render_template(
        "consult/desk/open.html", desk=desk, form=form, drafts=drafts,
        running=[call for one, call in desk.rounds if one.closed_at is None],
    )  # fmt: skip
    return page, 400 if form.errors else 200


def _form(desk: Desk, drafts: list[Draft]) -> OpenRound:
    """The form, with the newest draft and the consultation's titles to begin with."""
    titles = {f"title_{code}": title for code, title in desk.consultation.titles.items()}
    newest = drafts[-1].number if drafts else None
    form = OpenRound(data={**titles, "draft": newest, "names_shown": True})
    form.draft.choices = [(draft.number, _draft_name(draft)) for draft in reversed(drafts)]
    language = current_language()
    form.networks.choices = [(one.code, name_of(one, language)) for one in voices(get_session())]
    return form


def _draft_name(draft: Draft) -> str:
    if draft.number == 0:
        return str(_("Zero draft"))
    return str(_("Draft %(number)s", number=draft.number))


def _open(desk: Desk, form: OpenRound) -> Call | None:
    """The opened call, or None with what is wrong written beside its field."""
    closes_on = form.closes_on.data
    if closes_on is None:
        return None
    code = (form.code.data or "").strip()
    opening = Opening(code, form.titles(), closes_on, with_networks=form.networks.data or ())
    rules = Rules(
        Visibility(form.visibility.data), form.names_shown.data, form.approval_required.data
    )
    try:
        with transaction() as session:
            draft = get_draft(session, desk.consultation, form.draft.data)
            return open_new_round(session, draft, opening, rules, desk.act)[1]
    except Conflict as refusal:
        form.code.errors = [str(refusal.message)]
    except DomainError as refusal:
        form.closes_on.errors = [str(refusal.message)]
    return None


@blueprint.route("/rounds/<call>/close", methods=["GET", "POST"])
@access(is_staff)
def close(code: str, call: str) -> ResponseReturnValue:
    """Say what closing does and what is in the way of it, and do it once asked."""
    at, form = at_round(code, call), CloseRound()
    refused = False
    if form.validate_on_submit():
        try:
            with transaction() as session:
                close_round(session, at.call, at.desk.act)
        except NotYet:
            refused = True
        else:
            flash(_("The round is closed."), "success")
            return redirect(at.desk.url("desk.index"), code=303)
    session = get_session()
    page = render_template(
        "consult/desk/close.html", at=at, form=form, figures=figures_of_round(session, at.call.id),
        obstacles=obstacles_of(session, at.call.id), refused=refused,
    )  # fmt: skip
    return page, 409 if refused else 200


def init_app(app: Flask) -> None:
    """Register the pages, and say when a call is settled."""
    app.register_blueprint(blueprint)
    settled.register(CallKind.CONSULTATION, closed_for_good)
