"""Joint contributions that an organisation was asked to stand behind: confirm, decline, leave."""

from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from consult.models import Contribution, SponsorState
from consult.policy import speaks
from consult.queries.contributions import Shown, asked_to_sponsor
from consult.routes.after_view import edition_in
from consult.routes.visits import Speaking, speaking
from consult.services.sponsoring import NEXT, answer
from core.access import access, check
from core.db import get_session, transaction
from core.errors import Conflict, DomainError, NotFound

blueprint = Blueprint("sponsors", __name__, url_prefix="/rounds/<call>/<organisation>/joint")
TOLD = {
    SponsorState.CONFIRMED: _l("Your organisation stands behind it."),
    SponsorState.DECLINED: _l("Declined."),
    SponsorState.LEFT: _l("Your organisation does not stand behind it any more."),
}


@blueprint.get("")
@access(speaks)
def index(call: str, organisation: str) -> ResponseReturnValue:
    """Others' contributions that this organisation was asked to join."""
    return _page(speaking(call, organisation))


def _page(here: Speaking, problem: str = "") -> str:
    asked = [
        (sponsor, Shown(one, asking, mine=False))
        for sponsor, one, asking in asked_to_sponsor(get_session(), here.voice)
    ]
    return render_template(
        "consult/joint.html", here=here, asked=asked, notes=here.text.notes(), next=NEXT,
        problems=[(None, problem)] if problem else [],
    )  # fmt: skip


@blueprint.post("/<uuid:contribution_id>")
@access(speaks)
def decide(call: str, organisation: str, contribution_id: UUID) -> ResponseReturnValue:
    """Confirm, decline or leave, in the organisation's name."""
    here = speaking(call, organisation)
    check(here.may_submit, hide=False)
    wanted = request.form.get("do", "")
    state = next((one for one in TOLD if one.value == wanted), None)
    if state is None:
        raise DomainError(_l("Go back, and use the buttons of the page."))
    seen = edition_in(request.form.get("edition", ""))
    try:
        with transaction() as session:
            one = _asked(here, contribution_id)
            answer(session, here.voice, one, state, here.by, seen=seen)
    except Conflict as refusal:
        return _page(speaking(call, organisation), str(refusal.message)), refusal.status
    flash(str(TOLD[state]), "success")
    return redirect(here.url(".index"), code=303)


def _asked(here: Speaking, contribution_id: UUID) -> Contribution:
    for _sponsor, one, _asking in asked_to_sponsor(get_session(), here.voice):
        if one.id == contribution_id:
            return one
    raise NotFound(_l("There is no such contribution."))


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
