"""The home page: what is asked of me and by when; for others, where their work is."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, g, render_template, url_for
from flask.typing import ResponseReturnValue

from core.access import access, anyone
from core.clock import now
from core.db import get_session
from core.navigation import entry, navigation
from core.texts import lazy as _l
from movement.actors import OF_A_PROCESS, Actor
from movement.call_policy import may_see_calls
from movement.deadlines import closes_at, days_left
from movement.destinations import overview_of
from movement.models import Call, Role
from movement.queries import people
from movement.queries.calls import open_calls
from movement.queries.participation import status
from movement.queries.tasks import Task, tasks_of
from surveys.completeness import Entered, SectionState, section_states
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.responses import Asked, asked_of, moment_of
from surveys.services.demonstration import find_demonstration
from surveys.services.responses import is_open_for

blueprint = Blueprint("home", __name__)
BANNER_SECONDS = 3.0


@dataclass(frozen=True)
class Duty:
    """One questionnaire asked of one organisation, as its people see it."""

    asked: Asked
    open: bool
    closes_at: object
    days_left: int
    complete: int
    sections: int
    colleagues: list[str]


@blueprint.get("/")
@access(anyone)
def index() -> ResponseReturnValue:
    """What to do next."""
    actor: Actor | None = g.actor
    if actor is None:
        return render_template("surveys/home/welcome.html")
    duties = [_duty(asked) for asked in asked_of(get_session(), actor.organisation_ids)]
    duties.sort(key=lambda duty: (not duty.open, duty.days_left))
    rounds = tasks_of(get_session(), actor.organisation_ids, now=now())
    return render_template(
        "surveys/home/tasks.html",
        duties=duties,
        rounds=[(task, _may_approve(actor, task)) for task in rounds],
        waves=_waves(actor),
        runs_waves=may_see_calls(actor),
        places=navigation()[1:],
        actor=actor,
    )


def _waves(actor: Actor) -> list[tuple[Call, dict[str, Any], str]]:
    """The open calls this person runs, or follows for a process, how each stands, and its page."""
    runs_all = may_see_calls(actor)
    if not (runs_all or actor.holds(*OF_A_PROCESS)):
        return []  # most who come here answer: they need no look at every wave
    session, moment = get_session(), now()
    found = []
    for call in open_calls(session):
        page = url_for("calls.board", code=call.code) if runs_all else overview_of(call)
        if page and (runs_all or actor.holds(*OF_A_PROCESS, process=call.process_id)):
            found.append((call, status(session, call, now=moment), page))
    return found


def _may_approve(actor: Actor, task: Task) -> bool:
    """Whether what waits for approval waits for this person."""
    waiting = task.waiting
    return (
        waiting is not None
        and waiting.asked_by_id != actor.id
        and actor.holds(Role.APPROVER, organisation=task.organisation.id)
    )


def _duty(asked: Asked) -> Duty:
    questionnaire = questionnaire_of(get_session(), asked.version_id)
    response = asked.response
    done, sections = 0, len(questionnaire.sections)
    if response is not None:
        entered = Entered(response.answers, response.unread, response.confirmed)
        moment = moment_of(asked, now())
        states = section_states(questionnaire, entered, response.editions, now=moment)
        sections = sum(state is not SectionState.NOT_ASKED for state in states.values())
        done = sum(state is SectionState.COMPLETE for state in states.values())
    zone = asked.organisation.timezone
    return Duty(
        asked=asked,
        open=is_open_for(asked, now()),
        closes_at=closes_at(asked.call.closes_on, zone),
        days_left=days_left(asked.call.closes_on, zone, now()),
        complete=done,
        sections=sections,
        colleagues=_colleagues(asked.organisation.id),
    )


def _colleagues(organisation_id: UUID) -> list[str]:
    held = people.holdings_of_organisation(get_session(), organisation_id)
    return [holding.name or holding.email for holding in held]


class _Banner:
    """Whether invented answers are loaded, asked of the database every few seconds at most."""

    def __init__(self) -> None:
        self.shown = False
        self.until = 0.0

    def __call__(self) -> bool:
        if time.monotonic() >= self.until:
            self.shown = find_demonstration(get_session()) is not None
            self.until = time.monotonic() + BANNER_SECONDS
        return self.shown


def init_app(app: Flask) -> None:
    """Register the page, and tell every page whether the demonstration is loaded."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["demonstration"] = _Banner()
    entry(app, _l("Home"), "home.index", lambda _actor: True, position=0)
