"""An organisation's official voice: all it says in a round, approved, submitted, received."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from consult.letters import confirm
from consult.models import Contribution, ContributionSubmission
from consult.policy import speaks
from consult.queries.contributions import (
    Shown,
    asked_to_sponsor,
    endorsements_of,
    of_voice,
    sponsors_by_contribution,
    submissions_of,
)
from consult.routes.approving import approving
from consult.routes.visits import Speaking, mail_soon, speaking
from consult.services import declining
from consult.services.contributions import Over
from consult.services.submitting import (
    content_of,
    digest_of,
    identity_of,
    in_progress,
    shown_as,
    submit,
)
from core.access import access, check
from core.db import get_session, transaction
from core.errors import DomainError, NotFound
from core.texts import lazy as _l
from movement.looking import note_opening
from movement.queries.approvals import contact_of
from movement.queries.people import get_person

blueprint = Blueprint("voice", __name__, url_prefix="/rounds/<call>/<organisation>")


@blueprint.get("")
@access(speaks)
def home(call: str, organisation: str) -> ResponseReturnValue:
    """All that the organisation says in this round, by how far it is."""
    here = speaking(call, organisation)
    session = get_session()
    if here.open:
        note_opening(here.voice.part)
    rows = of_voice(session, here.voice)
    return render_template(
        "consult/voice.html",
        here=here,
        rows=_shown(here, rows),
        words=endorsements_of(session, [one.id for one in rows]),
        submissions=submissions_of(session, here.voice),
        joint=asked_to_sponsor(session, here.voice),
        approving=approving(here),
        notes=here.text.notes(),
    )


def _shown(here: Speaking, rows: Sequence[Contribution]) -> list[Shown]:
    """The rows in the order of the draft."""
    sponsors = sponsors_by_contribution(get_session(), [one.id for one in rows])
    at = here.text.document.at
    ordered = sorted(rows, key=lambda one: at.get(one.lineage, -1) if one.lineage else -1)
    return [
        Shown(
            one, here.voice.organisation, True,
            [of for sponsor, of in sponsors.get(one.id, []) if sponsor.state == "confirmed"],
        )
        for one in ordered
    ]  # fmt: skip


@blueprint.get("/check")
@access(speaks)
def review(call: str, organisation: str) -> ResponseReturnValue:
    """What would be submitted now, and the button that does it."""
    return _review(speaking(call, organisation))


def _review(here: Speaking, problem: object = None, status: int = 200) -> ResponseReturnValue:
    rows = in_progress(get_session(), here.voice)
    page = render_template(
        "consult/submit.html",
        here=here,
        rows=_shown(here, rows),
        chosen=request.form.getlist("chosen") if request.method == "POST" else None,
        approving=approving(here),
        digest=digest_of(content_of(rows)),
        shown_as=shown_as,
        notes=here.text.notes(),
        problem=problem,
    )
    return page, status


@blueprint.post("/submit")
@access(speaks)
def give(call: str, organisation: str) -> ResponseReturnValue:
    """Submit for the organisation. Sending the page again leads to the same receipt."""
    here = speaking(call, organisation)
    check(here.may_submit, hide=False)
    try:
        made = _submitted_before(here) or _submitted(here)
    except Over:
        raise
    except DomainError as error:
        # Of two presses at once the second waited for the first.
        known = _submitted_before(here)
        if known is None:
            return _review(here, error.message, error.status)
        made = known
    mail_soon()
    return redirect(here.url(".receipt", reference=made.reference), code=303)


def _submitted(here: Speaking) -> ContributionSubmission:
    """What the page sent, submitted, with its receipt in the outbox."""
    chosen, seen = _chosen(here), request.form.getlist("shown")
    with transaction() as session:
        rows = [one for one in in_progress(session, here.voice) if str(one.id) in chosen]
        made = submit(session, here.voice, rows, here.by, seen=seen)
        who = contact_of(get_person(session, here.actor.id), here.voice.organisation.id)
        confirm(session, here.voice, made, to=who, now=here.arrived)
    return made


def _chosen(here: Speaking) -> set[str]:
    """The ids that the page sent; where approval is needed, all that it showed."""
    if here.voice.call.approval_required:
        return {_row_of(shown) for shown in request.form.getlist("shown")}
    return set(request.form.getlist("chosen"))


def _row_of(shown: str) -> str:
    return shown.partition(" ")[0]


def _submitted_before(here: Speaking) -> ContributionSubmission | None:
    """The submission that an earlier sending of this page made."""
    chosen = _chosen(here)
    given = [shown for shown in request.form.getlist("shown") if _row_of(shown) in chosen]
    made = submissions_of(get_session(), here.voice)
    return next((one for one in made if one.id == identity_of(given)), None)


@blueprint.get("/receipts/<reference>")
@access(speaks)
def receipt(call: str, organisation: str, reference: str) -> ResponseReturnValue:
    """What was received, when, from whom, under which reference; as it was submitted."""
    here = speaking(call, organisation)
    made = next(
        (one for one in submissions_of(get_session(), here.voice) if one.reference == reference),
        None,
    )
    if made is None:
        raise NotFound(_l("There is no such receipt."))
    order = here.text.document.at
    return render_template(
        "consult/receipt.html",
        here=here,
        made=made,
        content=sorted(
            ((one, here.block(_identity(one["lineage"]))) for one in made.content),
            key=lambda pair: order.get(pair[1].lineage, 0) if pair[1] else -1,
        ),
        notes=here.text.notes(),
    )


def _identity(value: str | None) -> UUID | None:
    return UUID(value) if value else None


@blueprint.post("/decline")
@access(speaks)
def decline(call: str, organisation: str) -> ResponseReturnValue:
    """The organisation says it won't contribute, or takes that back."""
    here = speaking(call, organisation)
    check(here.may_submit, hide=False)
    with transaction() as session:
        if request.form.get("back"):
            declining.undecline(session, here.voice, now=here.arrived)
        else:
            reason = request.form.get("reason", "")
            declining.decline(session, here.voice, reason, now=here.arrived)
    return redirect(here.url(".home"), code=303)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
