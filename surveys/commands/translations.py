"""`flask surveys translations`: a draft's translations as a file, and back.

With `--out` it prints `{"survey", "language", "file", "texts", "missing", "stale"}`; with `--read`
`{"survey", "languages": {L: {"changed", "confirmed", "refused": [{"where", "key", "reason",
"message"}]}}, "faults": [{"where", "message"}]}`, status 1 if anything was refused. What can come
in comes in all the same.
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
from surveys.languages import progress
from surveys.queries.waves import get_survey
from surveys.services import drafts
from surveys.services.translating import bring
from surveys.translation import Decision, Reading, from_po, from_xlsx, to_po, to_xlsx
from surveys.xlsform.guard import MAX_BYTES


class CommandLine:
    """Whoever runs the command."""

    label = "command line"


@group.command("translations")
@click.argument("code")
@click.option("--language", help="The language to write.")
@click.option("--format", "form", type=click.Choice(["xlsx", "po"]), default="xlsx")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--read", "back", type=click.Path(path_type=Path), help="The file that comes back.")
@command_errors
def translations(
    code: str, *, language: str | None, form: str, out: Path | None, back: Path | None
) -> None:
    """Write the translations of the draft of CODE to a file, or read such a file back."""
    if back is not None and out is None:
        _read_back(code, back)
    elif out is not None and back is None and language:
        _write(code, language, form, out)
    else:
        raise DomainError(_l("Say --language and --out to write a file, or --read to read one."))


def _write(code: str, language: str, form: str, out: Path) -> None:
    session = get_session()
    document = drafts.document_of(drafts.get_draft(session, get_survey(session, code)))
    data = to_po(document, language, now=now()) if form == "po" else to_xlsx(document, [language])
    try:
        out.write_bytes(data)
    except OSError as error:
        message = _l("%(file)s can't be written: %(why)s.", file=out, why=error.strerror)
        raise DomainError(message) from error
    counts = progress(document)[language]
    answer(
        {
            "survey": code,
            "language": language,
            "file": str(out),
            "texts": counts.total,
            "missing": counts.missing,
            "stale": counts.stale,
        }
    )


def _read_back(code: str, file: Path) -> None:
    reading = _reading(file)
    with transaction() as session:
        survey = get_survey(session, code)
        decisions = bring(session, survey, reading.rows, now=now(), by=CommandLine())
    faults = [{"where": f.where, "message": str(f.message)} for f in reading.faults]
    told = {language: _told(decision) for language, decision in decisions.items()}
    answer({"survey": code, "languages": told, "faults": faults})
    left = len(faults) + sum(len(decision.refusals) for decision in decisions.values())
    if left:
        refuse(_l("Rows that were left as they are: %(count)s.", count=left))


def _reading(file: Path) -> Reading:
    """What the file says; no more of it than a file of ours may have is ever read."""
    try:
        with file.open("rb") as content:
            data = content.read(MAX_BYTES + 1)
    except OSError as error:
        message = _l("%(file)s can't be read: %(why)s.", file=file, why=error.strerror)
        raise DomainError(message) from error
    return from_po(data) if file.suffix.lower() in {".po", ".pot"} else from_xlsx(data)


def _told(decision: Decision) -> dict[str, object]:
    return {
        "changed": sorted(decision.accepted),
        "confirmed": sorted(decision.confirmed),
        "refused": [
            {
                "where": refusal.row.where,
                "key": refusal.row.key,
                "reason": refusal.reason.value,
                "message": str(refusal.message),
            }
            for refusal in decision.refusals
        ],
    }


def init_app(app: Flask) -> None:
    """The command is part of the group `surveys`; importing this module adds it."""
