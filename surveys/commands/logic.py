"""`flask surveys evaluate` and `flask surveys schema`: a questionnaire's logic, for scripts.

`evaluate` prints what `surveys.trial.try_out` finds, `schema` the definition's JSON Schema.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask

from core.cli import answer, command_errors, refuse
from core.clock import now
from core.db import get_session
from core.errors import DomainError
from core.texts import lazy as _l
from surveys.commands import group
from surveys.commands.chosen import chosen, draft_option
from surveys.definition import Questionnaire
from surveys.logic import CircularConditions
from surveys.schema import definition_schema
from surveys.trial import try_out
from surveys.xlsform import read
from surveys.xlsform.guard import MAX_BYTES

LARGEST = 2_000_000


def _form(file: Path) -> Questionnaire:
    """The form a file holds; what is wrong with it is printed as `flask surveys check` does."""
    try:
        with file.open("rb") as content:
            reading = read(content.read(MAX_BYTES + 1))
    except OSError as error:
        message = _l("%(file)s can't be read: %(why)s.", file=file, why=error.strerror)
        raise DomainError(message) from error
    if reading.questionnaire is None:
        answer(reading.as_data())
        refuse(_l("The form can't be used: %(count)s to mend.", count=len(reading.errors)))
    return reading.questionnaire


def _answers(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise DomainError(_l("%(file)s is too large for one response.", file=path.name))
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DomainError(_l("%(file)s can't be read.", file=str(path))) from error
    except (ValueError, RecursionError) as error:
        raise DomainError(_l("%(file)s is not JSON in UTF-8.", file=path.name)) from error
    if not isinstance(given, dict):
        raise DomainError(_l("The file must hold one object that maps question codes to values."))
    return given


@group.command("evaluate")
@click.argument("form")
@click.option("--answers", required=True, type=click.Path(path_type=Path), help="A JSON file.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to take for today.")
@draft_option
@command_errors
def evaluate(form: str, answers: Path, today: datetime | None, *, draft: bool) -> None:
    """Say what FORM, an XLSForm file or a survey's code, makes of answers. Changes nothing.

    Of a survey it takes the newest version, or the draft where nothing is published yet.
    """
    given = _answers(answers)
    file = Path(form)
    if file.exists():
        questionnaire = _form(file)
    else:
        questionnaire = chosen(get_session(), form, draft=draft).document
    moment = today.replace(tzinfo=UTC) if today else now()
    try:
        answer(try_out(questionnaire, given, now=moment))
    except CircularConditions as circle:
        codes = ", ".join(circle.codes)
        message = _l("These wait for each other: %(codes)s.", codes=codes)
        raise DomainError(message) from circle


@group.command("schema")
def schema() -> None:
    """Print the JSON Schema of a questionnaire's definition."""
    answer(definition_schema())


def init_app(app: Flask) -> None:
    """Add the commands; the group itself is registered once."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)
