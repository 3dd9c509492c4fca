"""`flask consult redline` and `flask consult proposals`: Word files with tracked changes."""

from pathlib import Path

import click
from flask import Flask

from consult.commands import group
from consult.commands.chosen import language_in, put, speaking, step_of
from consult.export.redlines import adopted, proposed
from consult.export.word_draft import redline_file
from consult.queries.compiled import Compiled, compiled
from consult.queries.consultations import get_consultation
from core.cli import answer, command_errors
from core.db import sessions
from core.errors import DomainError
from core.texts import lazy as _l

OUT = click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
LANGUAGE = click.option("--language", help="One of the draft's; its source if not given.")


def gathered(code: str, language: str) -> Compiled:
    """Everything of a consultation, with names in a language."""
    with sessions()(writing=False) as session:
        return compiled(session, get_consultation(session, code), language)


@group.command("redline")
@click.argument("code")
@click.argument("before", type=int)
@click.argument("after", type=int)
@OUT
@LANGUAGE
@command_errors
def redline(code: str, before: int, after: int, out: Path, language: str | None) -> None:
    """Write what led from draft BEFORE to draft AFTER of CODE as tracked changes."""
    if before >= after:
        raise DomainError(_l("Name the earlier draft first, then the later one."))
    data = gathered(code, language or "en")
    one, other = step_of(data, before), step_of(data, after)
    chosen = language_in(one, language)
    if chosen != data.language:
        data = gathered(code, chosen)
    with speaking(chosen):
        found = adopted(data, one, other)
        put(out, redline_file(found, chosen, data.title))
    answer(
        {
            "code": code, "before": before, "after": after, "language": chosen, "file": str(out),
            "operations": len(found.operations),
        }
    )  # fmt: skip


@group.command("proposals")
@click.argument("code")
@click.argument("number", type=int)
@OUT
@LANGUAGE
@click.option("--all", "decided_too", is_flag=True, help="Also what was decided on already.")
@command_errors
def proposals(
    code: str, number: int, out: Path, language: str | None, *, decided_too: bool
) -> None:
    """Write draft NUMBER of CODE with each pending amendment as a tracked change."""
    data = gathered(code, language or "en")
    step = step_of(data, number)
    chosen = language_in(step, language)
    if chosen != data.language:
        data = gathered(code, chosen)
    with speaking(chosen):
        found = proposed(data, step, decided_too=decided_too)
        put(out, redline_file(found, chosen, data.title))
    remarks = sum(len(some) for some in found.remarks.values())
    answer(
        {
            "code": code, "draft": number, "language": chosen, "file": str(out),
            "tracked": len(found.operations), "comments": remarks,
        }
    )  # fmt: skip


def init_app(app: Flask) -> None:
    """Add the commands; the group itself is registered once."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)
