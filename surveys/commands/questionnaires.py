"""`flask surveys check`, `import` and `export-xlsform`: XLSForm files from the command line.

`check` prints `{"languages", "sections", "questions": [{"code", "kind", "section", "required"}],
"warnings", "errors": [{"sheet", "row", "column", "message"}]}`. `import` prints `{"survey",
"version", "digest", "questions", "created"}`, or what `check` prints where the file is refused.
`export-xlsform` prints `{"survey", "version", "file", "questions"}`; `version` is null for a draft.
"""

from pathlib import Path

import click
from flask import Flask

from core.cli import answer, command_errors, refuse
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.texts import lazy as _l
from surveys.commands import group
from surveys.commands.chosen import chosen, draft_option
from surveys.definition import Questionnaire
from surveys.services.importing import bring_in
from surveys.xlsform import Reading, read, write
from surveys.xlsform.guard import MAX_BYTES

LABEL = "command line"
_FILE = click.argument("file", type=click.Path(path_type=Path))


def _read(file: Path, code: str | None = None) -> Reading:
    """The file's reading; no more of it than a questionnaire may have is ever read."""
    try:
        with file.open("rb") as content:
            return read(content.read(MAX_BYTES + 1), code=code)
    except OSError as error:
        message = _l("%(file)s can't be read: %(why)s.", file=file, why=error.strerror)
        raise DomainError(message) from error


def _or_refuse(reading: Reading) -> Questionnaire:
    """The questionnaire, or every error: as JSON, and as one sentence a line."""
    if reading.questionnaire is None:
        answer(reading.as_data())
        for error in reading.errors:
            place = ", ".join(str(p) for p in (error.sheet, error.row, error.column) if p)
            click.echo(f"{place}: {error.message}" if place else str(error.message), err=True)
        refuse(_l("Nothing was imported: %(count)s to mend.", count=len(reading.errors)))
    return reading.questionnaire


@group.command("check")
@_FILE
@command_errors
def check_(file: Path) -> None:
    """Say what the XLSForm FILE asks, and what is wrong with it. Changes nothing."""
    reading = _read(file)
    answer(reading.as_data())
    if reading.errors:
        refuse(_l("The form can't be used: %(count)s to mend.", count=len(reading.errors)))


@group.command("import")
@_FILE
@click.option("--code", required=True, help="The survey's code.")
@click.option("--process", help="The process a new survey belongs to; by default the same code.")
@click.option("--publish", "at_once", is_flag=True, help="Publish it, whatever was before.")
@command_errors
def import_(file: Path, code: str, process: str | None, *, at_once: bool) -> None:
    """Publish the XLSForm FILE as a new survey, or make it the draft of one already published."""
    questionnaire = _or_refuse(_read(file, code))
    with transaction() as session:
        brought = bring_in(
            session,
            questionnaire,
            at_once=at_once,
            process=process,
            source=file.name,
            now=now(),
            label=LABEL,
        )
    answer(
        {
            "survey": code,
            "version": brought.version.number if brought.version else None,
            "digest": brought.digest,
            "questions": len(questionnaire.anywhere),
            "created": brought.created,
            "draft": brought.version is None,
        }
    )


@group.command("export-xlsform")
@click.argument("code")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
@draft_option
@command_errors
def export_xlsform(code: str, out: Path, *, draft: bool) -> None:
    """Write the survey CODE as an XLSForm that reads back the same.

    It is the newest version, or the draft where nothing is published yet.
    """
    found = chosen(get_session(), code, draft=draft)
    try:
        out.write_bytes(write(found.document))
    except OSError as error:
        message = _l("%(file)s can't be written: %(why)s.", file=out, why=error.strerror)
        raise DomainError(message) from error
    answer(
        {
            "survey": code,
            "version": found.version,
            "file": str(out),
            "questions": len(found.document.anywhere),
        }
    )


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)
