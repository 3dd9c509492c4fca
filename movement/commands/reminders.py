"""`flask reminders plan` and `flask reminders run`.

`plan CODE` prints `{"code", "closes", "reminders": [{"organisation", "region", "step", "send_at",
"local", "language", "contacts", "state"}]}` in the order they go out: `step` is the days before the
closing date, `send_at` a moment in UTC, `local` the same on the organisation's clock, `state`
planned, queued, sent, failed or skipped.

`run` queues what is due, for every open call, and delivers the mail that is due, in this process.
It prints `{"at", "queued", "sent", "failed"}`; a mail that failed may be tried again by the worker.
With `--at` it acts as if it were that moment (a moment without a zone is UTC).
"""

import sys
from datetime import UTC, datetime

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from core.cli import answer, command_errors
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.tasks import deliver_due
from core.texts import lazy as _l
from movement.queries.calls import get_call, open_calls
from movement.queries.reminders import plan_of
from movement.services.messages import Office
from movement.services.reminders import sweep

group = AppGroup("reminders", help="The reminders of waves and rounds.")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise DomainError(
            _l("%(text)s is no time: write it as in 2020-03-24T09:00:00+03:00.", text=repr(text))
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


@group.command("plan")
@click.argument("code")
@command_errors
def plan(code: str) -> None:
    """Every reminder of the wave or round CODE: to whom, when, and what became of it."""
    session = get_session()
    call = get_call(session, code)
    lines = plan_of(session, call, now=now())
    answer(
        {
            "code": call.code,
            "closes": call.closes_on.isoformat(),
            "reminders": [line.as_json() for line in lines],
        }
    )


@group.command("run")
@click.option("--at", help="The moment to act as if it were; now if not given.")
@command_errors
def run(at: str | None) -> None:
    """Queue the reminders that are due, and deliver the mail that is due."""
    moment = _moment(at) if at else now()
    office, queued = Office.of(current_app.config["SETTINGS"]), 0
    with transaction() as session:
        calls = open_calls(session)
    for call in calls:
        with transaction() as session:
            # Sendable from the true present on, so that the worker can finish what is killed here.
            queued += sweep(session, call, office=office, now=moment, not_before=min(moment, now()))
    done = deliver_due(sys.maxsize, due=max(moment, now()))
    answer({"at": moment.isoformat(), "queued": queued, "sent": done.sent, "failed": done.failed})


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)
