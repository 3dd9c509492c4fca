"""`flask consult list`, `open`, `close` and `figures`: consultations and their rounds."""

from datetime import date

import click
from flask import Flask, current_app
from sqlmodel import Session

from consult.commands import group
from consult.models import Consultation, Draft, Visibility
from consult.queries.consultations import (
    consultations,
    drafts_of,
    get_consultation,
    get_draft,
    get_round,
    newest_published,
)
from consult.queries.figures import figures_of_round
from consult.queries.overview import overview, round_line
from consult.services.asking import open_and_invite
from consult.services.closing import close_round
from consult.services.drafts import Act
from consult.services.rounds import Rules
from core import queue
from core.cli import answer, command_errors
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.tasks import deliver_mail
from core.texts import lazy as _l
from movement.services.calls import Opening
from movement.services.messages import Office

LABEL = "command line"
SEEN = click.Choice([each.value for each in Visibility])


@group.command("list")
@command_errors
def list_() -> None:
    """Every consultation with its drafts, rounds and figures."""
    session = get_session()
    answer([overview(session, one, now=now()) for one in consultations(session)])


@group.command("figures")
@click.argument("code")
@command_errors
def figures(code: str) -> None:
    """The figures of each round of the consultation CODE."""
    session = get_session()
    stands = overview(session, get_consultation(session, code), now=now())
    answer({"code": code, "rounds": stands["rounds"]})


@group.command("open")
@click.argument("code")
@click.option("--round", "call", required=True, help="The new round's code.")
@click.option("--closes", required=True, help="The last day, in each organisation's time zone.")
@click.option("--draft", "number", type=int, help="The draft asked about; the newest published.")
@click.option("--visibility", type=SEEN, default="after_closing", help="When others see them.")
@click.option("--without-names", is_flag=True, help="Others see no names.")
@click.option("--approval", is_flag=True, help="A second person approves before submitting.")
@click.option("--networks", default="", help="Codes of networks, IFRC and ICRC that are asked too.")
@click.option("--invite", "invited", default="", help="Whom to invite: all, a region, ISO3 codes.")
@command_errors
def open_(
    code: str, call: str, closes: str, number: int | None, visibility: str, without_names: bool,
    approval: bool, networks: str, invited: str,
) -> None:  # fmt: skip
    """Ask about a draft of the consultation CODE in a new round. Prints it."""
    opening = Opening(call, {}, _day(closes), with_networks=_codes(networks))
    rules = Rules(Visibility(visibility), not without_names, approval)
    office = Office.of(current_app.config["SETTINGS"])
    with transaction() as session:
        consultation = get_consultation(session, code)
        one, made, done = open_and_invite(
            session, _asked(session, consultation, number), opening, rules, Act(now(), LABEL),
            invited=invited, office=office,
        )  # fmt: skip
        printed = round_line(
            one, made, {draft.id: draft.number for draft in drafts_of(session, consultation)},
            figures_of_round(session, made.id), now=now(),
        )  # fmt: skip
    if done:
        queue.wake(deliver_mail)
        printed |= {"mails": done.mails, "without_contact": list(done.without_contact)}
    answer(printed)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DomainError(
            _l("%(text)s is no date: write it as in 2020-03-31.", text=repr(text))
        ) from None


def _codes(text: str) -> list[str]:
    return [code for code in (part.strip() for part in text.split(",")) if code]


def _asked(session: Session, consultation: Consultation, number: int | None) -> Draft:
    """The draft of this number, else the newest published one."""
    if number is not None:
        return get_draft(session, consultation, number)
    draft = newest_published(session, consultation)
    if draft is None:
        raise DomainError(_l("Publish the draft before asking for contributions on it."))
    return draft


@group.command("close")
@click.argument("code")
@command_errors
def close(code: str) -> None:
    """Close the round CODE, if nothing in it awaits admission or a decision. Prints its figures."""
    with transaction() as session:
        _one, call = get_round(session, code)
        reached = close_round(session, call, Act(now(), LABEL))
    answer({"code": code, "state": "closed", "figures": reached.as_json()})


def init_app(app: Flask) -> None:
    """Register the commands."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)
