"""`flask consult contribute`: what an organisation said elsewhere, entered on its behalf."""

import json
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlmodel import Session

from consult.commands import group
from consult.letters import confirm
from consult.models import Contribution, Source
from consult.queries.consultations import get_consultation, open_round
from consult.queries.voices import Voice, get_voice
from consult.services.contributions import By, write
from consult.services.entering import said_from
from consult.services.saying import BadContribution, Said, tidied
from consult.services.submitting import lock, submit
from core.characters import readable
from core.cli import answer, command_errors
from core.clock import now
from core.db import transaction
from core.errors import Conflict, DomainError
from core.texts import lazy as _l

LARGEST = 5_000_000
MOST = 2_000
LABEL = "flask consult contribute"


@group.command("contribute")
@click.argument("code")
@click.option("--organisation", required=True, help="ISO3, IFRC, ICRC or a network's code.")
@click.option("--file", "path", required=True, type=click.Path(path_type=Path), help="JSON.")
@click.option("--submit/--no-submit", "and_submit", default=True, help="Submit them at once.")
@command_errors
def contribute(code: str, organisation: str, path: Path, *, and_submit: bool) -> None:
    """Enter contributions to the open round of the consultation CODE for an organisation."""
    given = _read(path)
    by = By(now(), LABEL, on_behalf=True, source=Source.COMMAND, note=readable(path.name))
    with transaction() as session:
        voice = _voice(session, code, organisation.upper())
        said = _all(given, voice)
        lock(session, voice)
        rows = [write(session, voice, one, by) for one in said]
        made = submit(session, voice, rows, by) if and_submit else None
        if made is not None:
            confirm(session, voice, made, to=None, now=by.now)
        told = [_told(one) for one in rows]
    answer(
        {
            "code": code,
            "round": voice.call.code,
            "organisation": voice.organisation.code,
            "contributions": told,
            "reference": made.reference if made else None,
            "checksum": made.checksum if made else None,
        }
    )


def _voice(session: Session, code: str, organisation: str) -> Voice:
    found = open_round(session, get_consultation(session, code), now=now())
    if found is None:
        raise Conflict(_l("No round of the consultation %(code)s is open.", code=code))
    return get_voice(session, found[1].code, organisation)


def _all(given: list[Any], voice: Voice) -> list[Said]:
    """Everything read and checked. Nothing is stored where one of them can't stand."""
    said, wrong = list[Said](), list[str]()
    for place, data in enumerate(given, start=1):
        try:
            said.append(tidied(said_from(data, voice.document), voice.document))
        except BadContribution as error:
            wrong += [f"{place}: {sentence}" for sentence in error.problems.values()]
    if wrong:
        raise DomainError("\n".join(wrong))
    return said


def _told(one: Contribution) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "number": one.number,
        "kind": one.kind.value,
        "state": one.state.value,
        "lineage": str(one.lineage) if one.lineage else None,
    }


def _read(path: Path) -> list[Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise DomainError(_l("%(file)s is too large.", file=path.name))
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DomainError(_l("%(file)s can't be read.", file=str(path))) from error
    except (ValueError, RecursionError) as error:
        raise DomainError(_l("%(file)s is not JSON in UTF-8.", file=path.name)) from error
    rows = found if isinstance(found, list) else [found]
    if not rows or len(rows) > MOST:
        raise DomainError(_l("Give between one and %(most)s contributions.", most=MOST))
    return rows


def init_app(app: Flask) -> None:
    """Add the command; the group itself is registered once."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)
