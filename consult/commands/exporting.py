"""`flask consult export`: a published draft as a file to read, print or go on writing in."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click
from flask import Flask
from flask_babel import force_locale

from consult.commands import group
from consult.commands.chosen import language_in, put, step_of
from consult.commands.redlines import LANGUAGE, OUT, gathered
from consult.export.report import Report, draft_report
from consult.export.report_html import html
from consult.export.report_pdf import pdf
from consult.export.reports import banner
from consult.export.word_draft import draft_file
from consult.queries.compiled import Compiled, Step
from consult.text.markdown import write
from core.cli import answer, command_errors

Writer = Callable[[Compiled, Step], bytes]
WRITERS: Mapping[str, Writer] = {
    "docx": lambda data, step: draft_file(step.document, data.language, data.title),
    "pdf": lambda data, step: pdf(read_report(data, step)),
    "html": lambda data, step: html(read_report(data, step)),
    "md": lambda data, step: write(step.document, data.language).encode(),
}
"""A published draft, in the language it was gathered in, as each sort of file."""


def read_report(data: Compiled, step: Step) -> Report:
    """A draft to be read."""
    return draft_report(step.document, data.language, data.title, banner(data))


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
    with force_locale(chosen):
        put(out, WRITERS[kind](data, step))
    answer({"code": code, "draft": number, "format": kind, "language": chosen, "file": str(out)})


def init_app(app: Flask) -> None:
    """Add the command; the group itself is registered once."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)
