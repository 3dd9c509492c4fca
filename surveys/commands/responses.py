"""`flask surveys respond`: an answer that came by post or telephone, recorded as such."""

import json
from pathlib import Path
from typing import Any

import click
from flask import Flask

from core import audit
from core.cli import answer, command_errors
from core.clock import now
from core.db import transaction
from core.errors import DomainError
from core.texts import lazy as _l
from surveys.commands import group
from surveys.models import Channel
from surveys.queries.questionnaires import questionnaire_of
from surveys.services.on_behalf import asked_from, read_answers, record
from surveys.services.responses import Author

LARGEST = 2_000_000


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise DomainError(_l("%(file)s is too large for one response.", file=path.name))
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DomainError(_l("%(file)s can't be read.", file=str(path))) from error
    except (ValueError, RecursionError) as error:
        raise DomainError(_l("%(file)s is not JSON in UTF-8.", file=path.name)) from error


def _author(by: str, reason: str) -> Author:
    if not by or not reason:
        raise DomainError(_l("Say by whom and for which reason."))
    return Author(by[:320], None, Channel.ON_BEHALF, reason[:500])


@group.command("respond")
@click.argument("code")
@click.option("--organisation", required=True, help="ISO3, IFRC or ICRC.")
@click.option("--answers", required=True, type=click.Path(path_type=Path), help="A JSON file.")
@click.option("--submit", "and_submit", is_flag=True, help="Submit it at once.")
@click.option("--replace", is_flag=True, help="Put it in the place of the response there is.")
@click.option("--by", required=True, help="Who enters it.")
@click.option("--reason", required=True, help="Why, and by which way it came.")
@command_errors
def respond(
    code: str,
    *,
    organisation: str,
    answers: Path,
    and_submit: bool,
    replace: bool,
    by: str,
    reason: str,
) -> None:
    """Record an organisation's answers to the wave CODE on its behalf."""
    given, author = _read(answers), _author(by.strip(), reason.strip())
    with transaction() as session:
        asked = asked_from(session, code, organisation)
        questionnaire = questionnaire_of(session, asked.wave.version_id)
        recorded = record(
            session,
            asked,
            questionnaire,
            read_answers(questionnaire, given),
            and_submit=and_submit,
            replace=replace,
            now=now(),
            by=author,
        )
        audit.record(
            session,
            "response.on_behalf",
            about=f"{code}/{asked.organisation.code}",
            now=now(),
            label=author.label,
            reason=author.reason,
        )
    answer(
        {
            "organisation": asked.organisation.code,
            "state": recorded.response.state.value,
            "reference": recorded.reference,
        }
    )


def init_app(app: Flask) -> None:
    """Add the command; the group itself is registered once."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)
