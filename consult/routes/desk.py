"""The desk's first page: how a consultation stands, and what is to be done next."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from consult import markup, words
from consult.models import Draft, DraftState, Round
from consult.policy import is_staff
from consult.queries.adoption import duties_of, find_adoption
from consult.queries.consultations import drafts_of
from consult.queries.figures import Figures, figures_by_round
from consult.queries.heard import members_heard
from consult.queries.overview import RoundState, phase_of, round_state
from consult.routes import desk_view
from consult.routes.desk_view import AtRound, Desk, desk_of
from consult.routes.desk_words import init_app as init_words
from core.access import access
from core.db import get_session
from core.texts import Lazy
from core.texts import lazy as _l
from movement.models import Call
from movement.queries.participation import status

blueprint = Blueprint("desk", __name__, url_prefix="/consultations/<code>/desk")


@dataclass(frozen=True)
class Stands:
    """A round with its figures. `heard`: how many members of its frame contributed."""

    round: Round
    call: Call
    state: RoundState
    figures: Figures
    taking_part: dict[str, Any]
    heard: int


@dataclass(frozen=True)
class Next:
    """What is to be done next: a sentence, the verb on the button, and where that leads."""

    sentence: Lazy
    verb: Lazy
    url: str


@blueprint.get("")
@access(is_staff)
def index(code: str) -> ResponseReturnValue:
    """Drafts, rounds, figures, and the one thing to do next."""
    desk, session = desk_of(code), get_session()
    counted = figures_by_round(session, desk.consultation.id)
    rounds = [
        Stands(
            one, call, round_state(one, call, desk.arrived), counted.get(call.id, Figures()),
            status(session, call, now=desk.arrived), members_heard(session, call.id),
        )
        for one, call in reversed(desk.rounds)
    ]  # fmt: skip
    drafts = drafts_of(session, desk.consultation)
    return render_template(
        "consult/desk/index.html", desk=desk, drafts=drafts, rounds=rounds,
        phase=phase_of(session, desk.consultation, now=desk.arrived),
        next=next_step(desk, drafts, rounds),
    )  # fmt: skip


def next_step(desk: Desk, drafts: list[Draft], rounds: list[Stands]) -> Next:
    """The one thing to do next."""
    newest = rounds[0] if rounds else None
    if newest and newest.state is not RoundState.CLOSED:
        return _in_round(AtRound(desk, newest.round, newest.call), newest)
    if drafts and find_adoption(get_session(), drafts[-1]) is not None:
        return _adopted(desk, drafts[-1])
    published = [draft for draft in drafts if draft.state is DraftState.PUBLISHED]
    if not published or (newest and newest.round.draft_id == drafts[-1].id):
        return _to_drafts(desk, drafts)
    if drafts[-1].state is DraftState.PUBLISHED:
        return Next(
            _l("The newest draft is published, and nobody has been asked about it."),
            _l("Open a round"), desk.url("desk_rounds.open_round"),
        )  # fmt: skip
    return _to_drafts(desk, drafts)


def _adopted(desk: Desk, draft: Draft) -> Next:
    """After the adoption: who is addressed, then who reports."""
    if duties_of(get_session(), draft.id):
        return Next(
            _l("The text is adopted, and its paragraphs are addressed."),
            _l("To the reports"), desk.url("reporting.index"),
        )  # fmt: skip
    return Next(
        _l("The text is adopted. Say to whom its paragraphs are addressed."),
        _l("Say who is addressed"), desk.url("adoption.addressees"),
    )  # fmt: skip


def _to_drafts(desk: Desk, drafts: list[Draft]) -> Next:
    """On to the pages where drafts are written."""
    url = desk.url("drafts.index")
    if not drafts:
        return Next(_l("There is no text yet."), _l("Import a draft"), url)
    if drafts[-1].state is DraftState.IN_WORK:
        return Next(_l("A draft is being written."), _l("Go on with the draft"), url)
    return Next(_l("The round is closed. The next draft can be written."), _l("To the drafts"), url)


def _in_round(at: AtRound, stands: Stands) -> Next:
    """What a round that isn't closed needs."""
    figures, invited = stands.figures, stands.taking_part["invited"]
    if figures.awaiting:
        return Next(
            _l("Contributions that await admission: %(count)s.", count=figures.awaiting),
            _l("Admit contributions"), at.url("desk_queue.admission"),
        )  # fmt: skip
    if figures.pending:
        return Next(
            _l("Contributions to decide on: %(count)s.", count=figures.pending),
            _l("Go on deciding"), at.url("desk_queue.index"),
        )  # fmt: skip
    if stands.state is RoundState.OVER:
        return Next(
            _l("Everything is decided, and the deadline is over."),
            _l("Close the round"), at.url("desk_rounds.close"),
        )  # fmt: skip
    sentence = (
        _l("The round is open, and nothing waits for you.")
        if invited
        else _l("The round is open, and nobody is invited yet.")
    )
    return Next(sentence, _l("Invitations and reminders"), f"/calls/{at.call.code}")


def init_app(app: Flask) -> None:
    """Register the page, and the words that the desk's templates use."""
    words.init_app(app)
    markup.init_app(app)
    init_words(app)
    desk_view.init_app(app)
    app.register_blueprint(blueprint)
