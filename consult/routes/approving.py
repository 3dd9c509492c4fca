"""A second person's approval of what an organisation is about to submit in a round."""

from dataclasses import dataclass

from flask import Blueprint, Flask, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.policy import speaks
from consult.routes.visits import Speaking, mail_soon, speaking
from consult.services.contributions import refuse_over
from consult.services.submitting import content_of, digest_of, in_progress
from core.access import access, check
from core.db import get_session, transaction
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.models import Approval, Role
from movement.queries.approvals import approvals_of, find_waiting, standing
from movement.services import approvals
from movement.services.messages import Office

blueprint = Blueprint("approving", __name__, url_prefix="/rounds/<call>/<organisation>")


@dataclass(frozen=True)
class Approving:
    """How far a second person's approval is. `given`: of exactly what stands in progress now.

    `mine`: what waits, waits for this person. `last`: the newest request, whatever became of it.
    """

    asked: bool
    waiting: Approval | None
    given: Approval | None
    mine: bool
    changed: bool
    last: Approval | None


def approving(here: Speaking) -> Approving:
    """How far approval is, for this person."""
    session, voice = get_session(), here.voice
    if not voice.call.approval_required:
        return Approving(False, None, None, False, False, None)
    digest = digest_of(content_of(in_progress(session, voice)))
    waiting = find_waiting(session, voice.call.id, voice.organisation.id)
    mine = (
        waiting is not None
        and waiting.asked_by_id != here.actor.id
        and here.actor.holds(Role.APPROVER, organisation=voice.organisation.id)
    )
    requests = approvals_of(session, voice.call.id, voice.organisation.id)
    return Approving(
        True, waiting, standing(session, voice.call.id, voice.organisation.id, digest), mine,
        waiting is not None and waiting.digest != digest, requests[0] if requests else None,
    )  # fmt: skip


@blueprint.post("/approval")
@access(speaks)
def decide(call: str, organisation: str) -> ResponseReturnValue:
    """Ask for approval of what is in progress, or answer a request."""
    here = speaking(call, organisation)
    check(here.may_submit, hide=False)
    refuse_over(here.voice, here.arrived)
    verdict = request.form.get("do", "ask")
    with transaction():
        if verdict == "ask":
            _ask(here)
        else:
            _decide(here, approved=verdict == "approve")
    mail_soon()
    told = {"ask": _("Your colleagues are asked to approve it."), "approve": _("Approved."),
            "refuse": _("Refused. Who asked is told why.")}  # fmt: skip
    flash(told.get(verdict, told["refuse"]), "success")
    return redirect(here.url("voice.review"), code=303)


def _ask(here: Speaking) -> None:
    session = get_session()
    if not here.voice.call.approval_required:
        raise Conflict(_l("This round asks for nobody's approval: submit when you are ready."))
    rows = in_progress(session, here.voice)
    if not rows:
        raise DomainError(_l("There is nothing to approve yet."))
    approvals.ask(
        session, here.voice.call, here.voice.organisation.id,
        digest=digest_of(content_of(rows)), by=here.actor, now=here.arrived,
        office=Office.of(current_app.config["SETTINGS"]), note=request.form.get("note", ""),
    )  # fmt: skip


def _decide(here: Speaking, *, approved: bool) -> None:
    """Answer the request that waits, if it is of exactly what this person was shown."""
    session, voice = get_session(), here.voice
    waiting = find_waiting(session, voice.call.id, voice.organisation.id)
    if waiting is None:
        raise Conflict(_l("This was decided already, or something else was put forward since."))
    current = digest_of(content_of(in_progress(session, voice)))
    if approved and not request.form.get("digest") == waiting.digest == current:
        raise Conflict(
            _l("It was changed since you were asked. Ask for it to be put forward anew.")
        )
    approvals.decide(
        session, waiting, approved=approved, reason=request.form.get("reason", ""),
        by=here.actor, office=Office.of(current_app.config["SETTINGS"]), now=here.arrived,
    )  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
