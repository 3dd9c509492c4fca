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
    Unapproved,
    content_of,
    digest_of,
    in_progress,
    submit,
)
from core.access import access, check
from core.clock import now
from core.db import get_session, sessions, transaction
from core.errors import Conflict, DomainError, NotFound
from core.texts import lazy as _l
from movement.queries.approvals import contact_of
from movement.queries.people import get_person
from movement.services import participation
from movement.services.participation import BEFORE_OPENING

blueprint = Blueprint("voice", __name__, url_prefix="/rounds/<call>/<organisation>")
OK, WRONG, CONFLICT = 200, 422, 409


@blueprint.get("")
@access(speaks)
def home(call: str, organisation: str) -> ResponseReturnValue:
    """All that the organisation says in this round, by how far it is."""
    here = speaking(call, organisation)
    session = get_session()
    if request.method == "GET" and here.open:
        _note_opening(here)
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


def _note_opening(here: Speaking) -> None:
    """Record that the organisation has looked: it changes no words, so a GET may."""
    if here.voice.part.state not in BEFORE_OPENING:
        return
    with sessions()() as own:
        found = participation.find(own, here.voice.call.id, here.voice.organisation.id)
        if found is not None:
            participation.opened(found, now=now())
            own.commit()


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


def _review(here: Speaking, problem: object = None, status: int = OK) -> ResponseReturnValue:
    rows = in_progress(get_session(), here.voice)
    page = render_template(
        "consult/submit.html",
        here=here,
        rows=_shown(here, rows),
        chosen=request.form.getlist("chosen") if request.method == "POST" else None,
        approving=approving(here),
        digest=digest_of(content_of(rows)),
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
    session = get_session()
    chosen = _chosen(here)
    known = _submitted_before(here, chosen)
    if known is not None:
        return redirect(here.url(".receipt", reference=known.reference), code=303)
    rows = [one for one in in_progress(session, here.voice) if str(one.id) in chosen]
    try:
        with transaction():
            _unchanged(rows)
            made = submit(session, here.voice, rows, here.by)
            who = contact_of(get_person(session, here.actor.id), here.voice.organisation.id)
            confirm(session, here.voice, made, to=who, now=here.arrived)
    except Over:
        raise
    except (Conflict, Unapproved) as error:
        return _review(here, error.message, CONFLICT)
    except DomainError as error:
        return _review(here, error.message, WRONG)
    mail_soon()
    return redirect(here.url(".receipt", reference=made.reference), code=303)


def _chosen(here: Speaking) -> set[str]:
    """The ids that the page sent; where approval is needed, all that it showed."""
    if here.voice.call.approval_required:
        return {shown.partition(" ")[0] for shown in request.form.getlist("shown")}
    return set(request.form.getlist("chosen"))


def _unchanged(rows: Sequence[Contribution]) -> None:
    """Raise `Conflict` where a colleague changed something since the page showed it."""
    shown = request.form.getlist("shown")
    if any(f"{one.id} {one.edition}" not in shown for one in rows):
        raise Conflict(_l("A colleague changed something meanwhile. Read it again, then submit."))


def _submitted_before(here: Speaking, chosen: set[str]) -> ContributionSubmission | None:
    """The submission that an earlier sending of this page made."""
    for made in submissions_of(get_session(), here.voice):
        if chosen and chosen <= {one["id"] for one in made.content}:
            return made
    return None


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
    return render_template(
        "consult/receipt.html",
        here=here,
        made=made,
        content=[(one, here.block(_identity(one["lineage"]))) for one in made.content],
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
