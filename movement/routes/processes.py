"""A process: its waves, rounds and meetings on one timeline, for whoever runs or follows it."""

from collections.abc import Iterator

from flask import Blueprint, Flask, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from core import navigation
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import LANGUAGES
from movement import policy, timeline
from movement.call_words import CALLS, SORTS
from movement.deadlines import state_at
from movement.destinations import overview_of
from movement.forms.processes import EditProcess
from movement.models import Process
from movement.queries import processes as queries
from movement.services import processes

blueprint = Blueprint("processes", __name__, url_prefix="/processes")


def calls_of(session: Session, process: Process) -> Iterator[timeline.Event]:
    """The waves and rounds of a process, from opening to closing."""
    moment = now()
    for call in queries.calls_in(session, process.id):
        state, tone = CALLS[state_at(call, moment)]
        closed = call.closed_at.date() if call.closed_at else call.closes_on
        yield timeline.Event(
            kind=SORTS[call.kind],
            titles=call.titles or {"en": call.code},
            begins=call.opened_at.date() if call.opened_at else call.frame_date,
            ends=min(closed, call.closes_on),
            state=state,
            tone=tone,
            path=url_for("calls.board", code=call.code),
            overview=overview_of(call),
        )


@blueprint.get("")
@access(policy.may_follow_some_process)
def index() -> ResponseReturnValue:
    """The processes this person runs or follows."""
    found = queries.processes(get_session())
    mine = [one for one in found if policy.may_follow_process(g.actor, one.id)]
    return render_template(
        "movement/processes/index.html", processes=mine, runs=policy.may_run_processes(g.actor)
    )


@blueprint.get("/<code>")
@access(policy.may_follow_some_process)
def show(code: str) -> ResponseReturnValue:
    """One process, on its line of time."""
    session = get_session()
    process = queries.get_process(session, code)
    check(policy.may_follow_process(g.actor, process.id))
    line = timeline.line_of(timeline.events_of(session, process), now().date())
    return render_template(
        "movement/processes/show.html", process=process, line=line, length=timeline.LENGTH,
        runs=policy.may_run_processes(g.actor),
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@access(policy.may_run_processes)
def new() -> ResponseReturnValue:
    """Begin a process."""
    return _edit(None)


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@access(policy.may_run_processes)
def edit(code: str) -> ResponseReturnValue:
    """Correct a process's code and titles."""
    return _edit(queries.get_process(get_session(), code))


def _edit(process: Process | None) -> ResponseReturnValue:
    titles = process.titles if process else {}
    stored = {f"title_{language}": titles.get(language, "") for language in LANGUAGES}
    form = EditProcess(data={"code": process.code if process else "", **stored})
    shown = process.code if process else None
    if form.validate_on_submit():
        code = (form.code.data or "").strip()
        try:
            with transaction() as session:
                if process is None:
                    processes.create(session, code, form.titles(), now=now(), by=g.actor)
                else:
                    processes.correct(session, process, code, form.titles(), now=now(), by=g.actor)
        except DomainError as refusal:
            form.code.errors = [str(refusal.message)]
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".show", code=code), code=303)
    page = render_template("movement/processes/edit.html", form=form, shown=shown)
    return page, 400 if form.errors else 200


def init_app(app: Flask) -> None:
    """Register the pages, their line of the menu, and the calls of every timeline."""
    app.register_blueprint(blueprint)
    timeline.register(calls_of)
    follows = policy.may_follow_some_process
    navigation.entry(app, _l("Processes"), "processes.index", follows, position=15)
