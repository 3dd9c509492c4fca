"""`flask surveys open` and `flask surveys status`: a wave of a survey, and how it stands.

`status` prints, exactly: `{"code", "state", "closes", "N", "invited", "submitted", "regions":
[{"region", "N", "invited", "opened", "in_progress", "submitted", "declined"}]}`. N is the frame;
`invited` counts organisations ever invited; the others those now in that state, each organisation
in one state only. IFRC and ICRC are never counted.
"""

from datetime import date

import click
from flask import Flask, current_app

from core import queue
from core.cli import answer, command_errors
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.tasks import deliver_mail
from core.texts import lazy as _l
from movement.queries.calls import get_call
from movement.queries.participation import status
from movement.services.calls import Opening
from movement.services.messages import Office
from surveys.commands import group
from surveys.queries.waves import get_survey
from surveys.services.waves import open_and_invite

LABEL = "command line"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DomainError(
            _l("%(text)s is no date: write it as in 2020-03-31.", text=repr(text))
        ) from None


@group.command("open")
@click.argument("survey")
@click.option("--wave", "code", required=True, help="The new wave's code.")
@click.option("--closes", required=True, help="The last day, in each organisation's time zone.")
@click.option("--frame-date", help="Members on this day are asked; today if not given.")
@click.option("--invite", "invited", default="", help="A region's code, all, or ISO3 codes.")
@command_errors
def open_(survey: str, code: str, closes: str, frame_date: str | None, invited: str) -> None:
    """Open a wave of SURVEY, and invite at once if asked to. Prints its status."""
    opening = Opening(code, {}, _day(closes), _day(frame_date) if frame_date else None)
    office = Office.of(current_app.config["SETTINGS"])
    with transaction() as session:
        call, done = open_and_invite(
            session,
            get_survey(session, survey),
            opening,
            invited=invited,
            office=office,
            now=now(),
            label=LABEL,
        )
        stands = status(session, call, now=now())
    if done:
        queue.wake(deliver_mail)
        stands["mails"] = done.mails
        stands["without_contact"] = list(done.without_contact)
    answer(stands)


@group.command("status")
@click.argument("code")
@command_errors
def status_(code: str) -> None:
    """How the wave CODE stands, by region."""
    session = get_session()
    answer(status(session, get_call(session, code), now=now()))


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)
