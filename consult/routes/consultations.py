"""The list of consultations, and the home of one: its drafts, its rounds, what is asked of me."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Flask, g, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import markup, words
from consult.models import Consultation, Draft
from consult.policy import OWN, is_staff, may_enter, may_read
from consult.queries.consultations import (
    asked,
    consultation_of_call,
    consultations,
    drafts_of,
    get_consultation,
    published,
    rounds_of,
)
from consult.queries.contributions import progress_of
from consult.queries.voices import Voice, voices_of
from consult.queries.waiting import waits_for
from core.access import access, check
from core.clock import now
from core.db import get_session
from core.navigation import entry
from core.texts import lazy as _l
from movement import awaiting
from movement.actors import Actor
from movement.deadlines import days_left
from movement.destinations import register, register_overview
from movement.models import Call, CallKind, Organisation

blueprint = Blueprint("consultations", __name__)


@dataclass(frozen=True)
class Asking:
    """What a round asks of one of my organisations, and how far it is."""

    voice: Voice
    open: bool
    days_left: int
    progress: dict[str, int]


@dataclass(frozen=True)
class Listed:
    """A line of the list. `newest`: the draft published last, or None."""

    consultation: Consultation
    newest: Draft | None
    asking: list[Asking]


@blueprint.get("/consultations")
@access(may_enter)
def index() -> ResponseReturnValue:
    """The texts being made that this person may read."""
    session = get_session()
    found = [
        Listed(one, newest[-1] if (newest := published(drafts_of(session, one))) else None,
               _asking(one.id))
        for one in consultations(session)
        if one.archived_at is None and _may_read(one)
    ]  # fmt: skip
    return render_template(
        "consult/index.html", listed=found, answers=g.actor.holds(*OWN), staff=is_staff(g.actor)
    )


def _may_read(one: Consultation) -> bool:
    return may_read(g.actor, one.process_id, asked(get_session(), one.id))


def _asking(consultation_id: UUID) -> list[Asking]:
    actor: Actor = g.actor
    session, moment = get_session(), now()
    return [
        Asking(
            voice,
            voice.open(moment),
            days_left(voice.call.closes_on, voice.organisation.timezone, moment),
            progress_of(session, voice),
        )
        for voice in voices_of(session, actor.organisation_ids, consultation_id)
        if not voice.call.test
    ]


@blueprint.get("/consultations/<code>")
@access(may_enter)
def home(code: str) -> ResponseReturnValue:
    """One text: its drafts, its rounds and, for my organisations, what is asked by when."""
    session = get_session()
    consultation = get_consultation(session, code)
    check(_may_read(consultation))
    return render_template(
        "consult/home.html",
        consultation=consultation,
        drafts=published(drafts_of(session, consultation)),
        rounds=[pair for pair in rounds_of(session, consultation) if not pair[1].test],
        asking=_asking(consultation.id),
        moment=now(),
    )


def _place(call: Call, organisation: Organisation) -> str:
    return f"/rounds/{call.code}/{organisation.code}"


def _overview(call: Call) -> str:
    found = consultation_of_call(get_session(), call.id)
    return url_for("consultations.home", code=found.code) if found else ""


def init_app(app: Flask) -> None:
    """Register the pages, and say where calls for contributions lead."""
    app.register_blueprint(blueprint)
    words.init_app(app)
    markup.init_app(app)
    register(CallKind.CONSULTATION, _place)
    register_overview(CallKind.CONSULTATION, _overview)
    awaiting.register(CallKind.CONSULTATION, waits_for)
    entry(app, _l("Consultations"), "consultations.index", may_enter, position=25)
