"""One contribution of one's own organisation: its words, its history, and what can be done with it.

The routes belong to the pages for writing.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from consult.letters import ask_sponsors
from consult.models import Contribution
from consult.policy import speaks
from consult.queries.contributions import (
    Shown,
    endorsements_of,
    events_of,
    get_own,
    sponsors_by_contribution,
)
from consult.routes.contributing import blueprint
from consult.routes.visits import Speaking, mail_soon, speaking
from consult.services import contributions, sponsoring, withdrawing
from core.access import access, check
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import current_language
from core.typed import Typed, reads_typed
from movement.models import Organisation
from movement.queries.directory import get_organisation
from movement.queries.participation import participants
from movement.words import name_of

SIGNED = frozenset({"withdraw", "revise", "invite", "uninvite"})
"""What only those may do who sign for the organisation."""
UNPROCESSABLE = 422
DONE = {
    "drop": _l("Dropped. You can take it up again until the deadline."),
    "restore": _l("Taken up again."),
    "remove": _l("Removed."),
    "endorse": _l("Your word is noted."),
    "doubt": _l("Your word is noted."),
    "retract": _l("Your word is taken back."),
    "withdraw": _l("Withdrawn. It keeps its number and stands in your organisation's list."),
    "revise": _l("Write it anew, then submit it again."),
    "invite": _l("The organisation is named."),
    "uninvite": _l("The organisation is not asked any more."),
}
Act = Callable[[Session, Speaking, Contribution], Contribution | None]


@blueprint.get("/contributions/<uuid:contribution_id>")
@access(speaks)
def show(call: str, organisation: str, contribution_id: UUID) -> ResponseReturnValue:
    """What it says, how far it is, who endorses it, and its history."""
    return _page(speaking(call, organisation), contribution_id)


def _page(here: Speaking, contribution_id: UUID, problem: DomainError | None = None) -> str:
    session = get_session()
    one = get_own(session, here.voice, contribution_id)
    named = sponsors_by_contribution(session, [one.id, one.revises_id or one.id])
    return render_template(
        "consult/own.html",
        here=here,
        row=Shown(one, here.voice.organisation, mine=True),
        block=here.block(one.lineage),
        notes=here.text.notes(),
        endorsements=endorsements_of(session, [one.id]).get(one.id, []),
        events=events_of(session, one.id, mine=True),
        sponsors=named.get(one.id, []),
        others=_others(session, here, {of.id for rows in named.values() for _sponsor, of in rows}),
        decided=withdrawing.decided(session, one) or here.voice.round.closed_at is not None,
        problem=problem,
        note=_typed("note") if problem else None,
    )


def _others(session: Session, here: Speaking, known: set[UUID]) -> list[Organisation]:
    """Who could be asked to join: all who take part and aren't asked yet.

    Not who was asked to join what is written anew, either: its sponsors stay.
    """
    known = known | {here.voice.organisation.id}
    asked = [one.organisation for one in participants(session, here.voice.call.id)]
    language = current_language()
    return sorted(
        (one for one in asked if one.id not in known), key=lambda one: name_of(one, language)
    )


@blueprint.post("/contributions/<uuid:contribution_id>/act")
@access(speaks)
def act(call: str, organisation: str, contribution_id: UUID) -> ResponseReturnValue:
    """Do what the pressed button says."""
    here = speaking(call, organisation)
    wanted = request.form.get("do", "")
    if wanted not in ACTS:
        raise DomainError(_l("Go back, and use the buttons of the page."))
    check(wanted not in SIGNED or here.may_submit, hide=False)
    try:
        with transaction() as session:
            one = get_own(session, here.voice, contribution_id)
            done = ACTS[wanted](session, here, one)
    except DomainError as refusal:
        if refusal.status != UNPROCESSABLE:
            raise
        return _page(here, contribution_id, refusal), UNPROCESSABLE
    mail_soon()
    flash(str(DONE[wanted]), "success")
    if wanted == "revise" and done is not None:
        return redirect(here.url(".edit", contribution_id=done.id), code=303)
    if wanted == "remove":
        return redirect(here.url("voice.home"), code=303)
    return redirect(here.url(".show", contribution_id=contribution_id), code=303)


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()


def _drop(session: Session, here: Speaking, one: Contribution) -> None:
    contributions.drop(session, here.voice, one, here.by, note=_typed("note"))


def _restore(session: Session, here: Speaking, one: Contribution) -> None:
    contributions.restore(session, here.voice, one, here.by)


def _remove(session: Session, here: Speaking, one: Contribution) -> None:
    contributions.remove(session, here.voice, one, here.by)


def _endorse(session: Session, here: Speaking, one: Contribution) -> None:
    endorses = {"endorse": True, "doubt": False, "retract": None}[request.form["do"]]
    contributions.endorse(session, here.voice, one, here.by, endorses=endorses, note=_typed("note"))


def _withdraw(session: Session, here: Speaking, one: Contribution) -> None:
    withdrawing.withdraw(session, here.voice, one, here.by, reason=_typed("note"))


def _revise(session: Session, here: Speaking, one: Contribution) -> Contribution:
    return withdrawing.revise(session, here.voice, one, here.by)


def _invite(session: Session, here: Speaking, one: Contribution) -> None:
    asked = get_organisation(session, _typed("who"))
    sponsoring.invite(session, here.voice, one, asked.id, here.by)
    if one.state in sponsoring.OPEN_STATES:
        ask_sponsors(session, here.voice, one, now=here.arrived)


def _uninvite(session: Session, here: Speaking, one: Contribution) -> None:
    asked = get_organisation(session, _typed("who"))
    sponsoring.uninvite(session, here.voice, one, asked.id, here.by)


ACTS: dict[str, Act] = {
    "drop": _drop,
    "restore": _restore,
    "remove": _remove,
    "endorse": _endorse,
    "doubt": _endorse,
    "retract": _endorse,
    "withdraw": _withdraw,
    "revise": _revise,
    "invite": _invite,
    "uninvite": _uninvite,
}


def _typed_words(_values: Mapping[str, Any], form: MultiDict[str, str]) -> Typed:
    """What was typed into the page for writing, in words."""
    names = {
        "quote": _l("Words you speak of"),
        "proposal": _l("The proposed words"),
        "text": _l("Your words"),
    }
    return [(str(word), form[name]) for name, word in names.items() if form.get(name, "").strip()]


def init_app(app: Flask) -> None:
    """Register the pages, those for writing among them, and name what is typed into them."""
    app.register_blueprint(blueprint)
    for endpoint in ("contributing.new", "contributing.edit"):
        reads_typed(app, endpoint, _typed_words)
