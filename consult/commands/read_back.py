"""`flask consult read-back`: a returned Word file becomes an organisation's contributions.

Prints `{"code", "draft", "organisation", "stored", "contributions": [{"kind", "scope", "paragraph",
"label", "language", "author", "at", "proposal_kind", "before", "proposal", "text", "quote"}],
"notices"}`; `paragraph` is the lineage, null for the whole text or its beginning.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask import Flask

from consult.commands import group
from consult.commands.files import contents
from consult.queries.consultations import document_of, get_consultation, newest_published
from consult.text.document import Document
from consult.text.labels import labels
from consult.word.returned import Voiced, returned
from core.cli import answer, command_errors
from core.db import get_session
from core.errors import Conflict, DomainError
from core.texts import lazy as _l


@group.command("read-back")
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--organisation", required=True, help="Whose words they are: its code.")
@click.option("--language", help="The file's language; by default the draft's own.")
@click.option("--dry-run", is_flag=True, help="Only say what would be stored; needs no round.")
@click.option("--submit/--no-submit", default=False, help="Submit them as its official voice.")
@command_errors
def read_back(
    code: str, file: Path, organisation: str, language: str | None, *, dry_run: bool, submit: bool
) -> None:
    """Read the tracked changes and comments of a returned Word FILE as contributions to CODE."""
    session = get_session()
    consultation = get_consultation(session, code)
    draft = newest_published(session, consultation)
    if draft is None:
        raise Conflict(_l("No draft of this consultation is published yet."))
    document = document_of(draft)
    spoken = language or document.source
    if spoken not in document.languages:
        raise DomainError(
            _l(
                "Draft %(number)s has no text in %(language)s.",
                number=draft.number,
                language=spoken,
            )
        )
    found = returned(contents(file), document, spoken)
    answer(
        {
            "code": code,
            "draft": draft.number,
            "organisation": organisation,
            "stored": not dry_run,
            "contributions": _told(found.voiced, document, spoken),
            "notices": [str(notice) for notice in found.notices],
        }
    )


def _told(voiced: tuple[Voiced, ...], document: Document, language: str) -> list[dict[str, Any]]:
    shown: dict[UUID | None, str] = {**labels(document, language)}
    return [
        {
            "kind": one.kind.value,
            "scope": one.scope.value,
            "paragraph": str(one.lineage) if one.lineage else None,
            "label": shown.get(one.lineage, ""),
            "language": language,
            "author": one.author,
            "at": one.at.isoformat() if one.at else None,
            "proposal_kind": one.proposal_kind.value if one.proposal_kind else None,
            "before": one.before,
            "proposal": one.after if one.proposal_kind else None,
            "text": one.text,
            "quote": one.quote,
        }
        for one in voiced
    ]


def init_app(app: Flask) -> None:
    """The command is part of the group `consult`; importing this module adds it."""
