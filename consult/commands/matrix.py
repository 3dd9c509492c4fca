"""`flask consult matrix`: all contributions as a table, and dispositions filled in it read back."""

import tempfile
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask_babel import force_locale

from consult.commands import group
from consult.commands.chosen import put
from consult.commands.redlines import gathered
from consult.export.matrix import write_workbook
from consult.export.matrix_file import MAX_BYTES, read
from consult.export.report_word import word_file
from consult.export.reports import matrix_report
from consult.queries.compiled import Compiled, compiled
from consult.queries.consultations import get_consultation
from consult.services.drafts import Act
from consult.services.matrix_reading import Read, judge, store
from consult.spoken import headings, outcomes
from core.cli import answer, command_errors
from core.clock import now
from core.db import transaction
from core.errors import DomainError
from core.i18n import LANGUAGES
from core.texts import lazy as _l

LABEL = "command line"


@group.command("matrix")
@click.argument("code")
@click.option("--format", "kind", type=click.Choice(["xlsx", "docx"]))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--read", "back", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--propose", is_flag=True, help="With --read: propose, and leave approving to others."
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@command_errors
def matrix(
    code: str, kind: str | None, out: Path | None, back: Path | None, language: str, *,
    propose: bool,
) -> None:  # fmt: skip
    """Write all contributions on CODE as a table, or read back one with dispositions filled in."""
    if back is not None and out is None and kind is None:
        _read(code, back, propose=propose)
    elif out is not None and kind is not None and back is None:
        _write(code, kind, out, language)
    else:
        raise DomainError(_l("Say --format and --out to write the table, or --read to read one."))


def _write(code: str, kind: str, out: Path, language: str) -> None:
    data = gathered(code, language)
    with force_locale(language):
        content = workbook(data) if kind == "xlsx" else word_file(matrix_report(data, data.said))
    put(out, content)
    answer({"code": code, "file": str(out), "format": kind, "contributions": len(data.said)})


def workbook(data: Compiled) -> bytes:
    """The matrix as a spreadsheet's bytes; written through a file, so that memory stays small."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.xlsx"
        write_workbook(path, data, data.said)
        return path.read_bytes()


def _read(code: str, path: Path, *, propose: bool) -> None:
    try:
        with path.open("rb") as file:
            filled = read(file.read(MAX_BYTES + 1), headings(), LANGUAGES)
    except OSError as error:
        message = _l("%(file)s can't be read: %(why)s.", file=path, why=error.strerror)
        raise DomainError(message) from error
    with transaction() as session:
        data = compiled(session, get_consultation(session, code), "en")
        wanted, result = judge(filled, data, outcomes(), approving=not propose)
        store(session, wanted, result, Act(now(), LABEL), approved=not propose)
    answer({"code": code, **as_json(result)})
    if result.refused:
        raise SystemExit(1)


def as_json(result: Read) -> dict[str, Any]:
    """What came of a file, as commands print it."""
    return {
        "stored": result.stored,
        "unchanged": result.unchanged,
        "proposed": result.proposed,
        "refused": [
            {
                "where": one.place,
                "id": one.number,
                "reason": one.reason,
                "message": str(one.sentence),
            }
            for one in result.refused
        ],
    }


def init_app(app: Flask) -> None:
    """Add the command; the group itself is registered once."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)
