"""`flask consult export`: a published draft as a file to read, print or go on writing in."""

from pathlib import Path

import click
from flask import Flask

from consult.commands import group
from consult.commands.chosen import language_in, put, speaking, step_of
from consult.commands.redlines import LANGUAGE, OUT, gathered
from consult.export.printing import WRITERS
from core.cli import answer, command_errors


@group.command("export")
@click.argument("code")
@click.argument("number", type=int)
@click.option("--format", "kind", type=click.Choice(list(WRITERS)), required=True)
@OUT
@LANGUAGE
@command_errors
def export(code: str, number: int, kind: str, out: Path, language: str | None) -> None:
    """Write draft NUMBER of CODE as a file."""
    data = gathered(code, language or "en")
    step = step_of(data, number)
    chosen = language_in(step, language)
    if chosen != data.language:
        data = gathered(code, chosen)
    with speaking(chosen):
        put(out, WRITERS[kind](data, step))
    answer({"code": code, "draft": number, "format": kind, "language": chosen, "file": str(out)})


def init_app(app: Flask) -> None:
    """Add the command; the group itself is registered once."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)
