"""`flask public …`: public questionnaires from the command line.

`open` prints `{"code", "survey", "version", "languages", "opens", "closes", "retention_days",
"link"}`; `import` `{"rows", "added", "already", "refused", "ignored", "wrong": [{"row", "column",
"message"}]}`; `purge` `{"at", "expired", "abandoned"}`. `tabulate` stands with the analysis.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from core.cli import answer, command_errors, refuse
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.links import external_for
from core.texts import lazy as _l
from movement.queries.calls import get_call
from surveys.batches import Batch, Unusable, read_batch
from surveys.queries import public_forms as queries
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.waves import get_survey
from surveys.services.public_batches import BroughtIn, Unconfirmed, bring_in
from surveys.services.public_forms import RETENTION_DAYS, Opening, open_form
from surveys.services.public_purge import purge
from surveys.xlsform.guard import MAX_BYTES

LABEL = "command line"
group = AppGroup("public", help="Public questionnaires, answered without accounts.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = _l("%(text)s is no date: write it as in 2020-03-31.", text=repr(text))
        raise DomainError(sentence) from None


@group.command("open")
@click.argument("survey")
@click.option("--code", required=True, help="Its code, which stands in its address.")
@click.option("--closes", required=True, help="The last day, anywhere.")
@click.option("--opens", help="The first day; today if not given.")
@click.option("--languages", default="", help="Codes parted by commas; all if not given.")
@click.option("--retention", default=RETENTION_DAYS, show_default=True, help="Days.")
@click.option("--label", default="", help="Where it is shared, for staff.")
@click.option("--wave", default="", help="The wave it goes with.")
@command_errors
def open_(
    survey: str, code: str, closes: str, opens: str | None, languages: str, retention: int,
    label: str, wave: str,
) -> None:  # fmt: skip
    """Open SURVEY's newest version to everybody who gets the address."""
    wanted = tuple(part.strip() for part in languages.split(",") if part.strip())
    with transaction() as session:
        opening = Opening(
            code=code,
            closes_on=_day(closes),
            opens_on=_day(opens) if opens else None,
            languages=wanted,
            retention_days=retention,
            label=label,
            call=get_call(session, wave) if wave else None,
        )
        form = open_form(session, get_survey(session, survey), opening, now=now(), label=LABEL)
        place = queries.get_place(session, form.code)
    answer(
        {
            "code": form.code,
            "survey": place.survey.code,
            "version": place.version,
            "languages": form.languages,
            "opens": form.opens_on,
            "closes": form.closes_on,
            "retention_days": form.retention_days,
            "link": external_for("public.begin", code=form.code),
        }
    )


@group.command("import")
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--partly", is_flag=True, help="Leave out what is wrong, and import the rest.")
@command_errors
def import_(code: str, file: Path, partly: bool) -> None:
    """Import the answers of FILE, a CSV or XLSX, into the public questionnaire CODE."""
    form = queries.get_form(get_session(), code)
    batch = _read(file, form.version_id)
    key = str(current_app.config["SECRET_KEY"]).encode()
    try:
        with transaction() as session:
            done = bring_in(session, form, batch, partly=partly, key=key, now=now(), label=LABEL)
    except Unconfirmed as unconfirmed:
        _answer(batch, BroughtIn(0, 0))
        refuse(unconfirmed.message)
    _answer(batch, done)


def _read(file: Path, version_id: UUID) -> Batch:
    questionnaire = questionnaire_of(get_session(), version_id)
    try:
        with file.open("rb") as content:
            return read_batch(content.read(MAX_BYTES + 1), questionnaire)
    except OSError as error:
        refuse(_l("%(file)s can't be read: %(why)s.", file=file, why=error.strerror))
    except Unusable as unusable:
        refuse(unusable.message)


def _answer(batch: Batch, done: BroughtIn) -> None:
    answer(
        {
            "rows": batch.total,
            "added": done.added,
            "already": done.already,
            "refused": batch.refused,
            "ignored": batch.ignored,
            "wrong": [trouble.as_data() for trouble in batch.wrong],
        }
    )


@group.command("purge")
@click.option("--at", "at", help="As if it were this time (ISO); now if not given.")
@command_errors
def purge_(at: str | None) -> None:
    """Remove answers whose time is over."""
    moment = _moment(at) if at else now()
    with transaction() as session:
        gone = purge(session, now=moment, label=LABEL)
    answer({"at": moment.isoformat(), **gone})


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        sentence = _l("%(text)s is no time: write it as in 2020-03-31T09:00.", text=repr(text))
        raise DomainError(sentence) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)
