"""`flask analytics export`: a wave's answers as files in a folder.

Prints `{"files": [...], "responses": n}`: the paths written and the rows of answers in them.
"""

import os
from pathlib import Path

import click
from flask import Flask
from flask_babel import force_locale

from analytics.commands import group
from analytics.export.contents import Contents
from analytics.export.csv_files import write_folder
from analytics.export.workbook import write_workbook
from analytics.models import ExportFormat
from analytics.queries.exports import get_contents
from core import audit
from core.cli import answer, command_errors, refuse
from core.clock import now
from core.db import sessions, transaction
from core.i18n import LANGUAGES, is_right_to_left

LABEL = "command line"


@group.command("export")
@click.argument("code")
@click.option(
    "--format", "kind", type=click.Choice([f.value for f in ExportFormat]), required=True,
    help="csv writes several files.",
)  # fmt: skip
@click.option(
    "--out", required=True, help="The folder to write to.", type=click.Path(path_type=Path)
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@command_errors
def export_(code: str, kind: str, out: Path, language: str) -> None:
    """Export every submitted response of the wave CODE."""
    with sessions()(writing=False) as session:
        contents = get_contents(session, code, language=language, consented_only=False, now=now())
    try:
        with force_locale(language):
            files = _write(out, contents, ExportFormat(kind))
    except OSError as error:
        refuse(f"Nothing could be written to {out}: {error.strerror}.")
    with transaction() as session:
        audit.record(session, "export.written", about=code, now=now(), label=LABEL, format=kind)
    answer({"files": [str(path) for path in files], "responses": len(contents.rows)})


def _write(out: Path, contents: Contents, kind: ExportFormat) -> list[Path]:
    if kind is ExportFormat.CSV:
        return write_folder(out, contents, _quietly)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{contents.wave.call.code}.xlsx"
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        rtl = is_right_to_left(contents.language)
        write_workbook(unfinished, contents, _quietly, right_to_left=rtl)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return [path]


def _quietly(_done: int) -> None:
    """Progress nobody follows."""


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(group)
