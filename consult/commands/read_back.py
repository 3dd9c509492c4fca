"""`flask consult read-back`: a returned Word file becomes an organisation's contributions.

Prints `{"code", "draft", "organisation", "stored", "known", "reference", "contributions": [{"kind",
"scope", "paragraph", "label", "language", "author", "at", "proposal_kind", "before", "proposal",
"text", "quote"}], "refused": as these, each with "reason", "notices"}`. `paragraph` is the
lineage, null for the whole text or its beginning; `known` counts what the organisation had said
already, of which what staff entered and nobody submitted is submitted too. Status 1 where something
was refused; the rest is stored all the same.
"""

from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlmodel import Session

from consult.commands import group
from consult.commands.files import LABEL, contents
from consult.letters import confirm
from consult.models import Consultation, Draft
from consult.queries.compiled import compiled
from consult.queries.consultations import (
    document_of,
    get_consultation,
    newest_published,
    open_round,
)
from consult.queries.voices import Voice, get_voice
from consult.services.contributions import By
from consult.services.returning import Kept, keep
from consult.services.submitting import lock
from consult.services.submitting import submit as submit_voice
from consult.spoken import marks_in_all_languages
from consult.text.document import Document
from consult.text.labels import labels
from consult.word.origins import Origin
from consult.word.ours import Marks
from consult.word.returned import Returned, Voiced, returned
from core.characters import readable
from core.cli import answer, command_errors, refuse
from core.clock import now
from core.db import get_session, transaction
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.queries.directory import get_organisation


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
    data = contents(file)
    with transaction() as session:
        consultation = get_consultation(session, code)
        voice = None if dry_run else _voice(session, consultation, organisation)
        draft = voice.draft if voice else _newest(session, consultation)
        document = document_of(draft)
        found = _returned(session, consultation, draft, data, language)
        spoken = found.language
        reference = None
        kept = Kept((), 0, ())
        if voice is not None:
            lock(session, voice)
            by = By(now(), LABEL, on_behalf=True, note=readable(file.name))
            kept = keep(session, voice, found.voiced, spoken, by)
            given = (*kept.waiting, *kept.contributions)
            if submit and given:
                made = submit_voice(session, voice, given, by)
                confirm(session, voice, made, to=None, now=by.now)
                reference = made.reference
    answer(
        {
            "code": code,
            "draft": draft.number,
            "organisation": get_organisation(get_session(), organisation).code,
            "stored": voice is not None,
            "known": kept.known,
            "reference": reference,
            "contributions": [_entry(one, document, spoken) for one in found.voiced],
            "refused": [
                {**_entry(one, document, spoken), "reason": str(why)} for one, why in kept.refused
            ],
            "notices": [str(notice) for notice in found.notices],
        }
    )
    if kept.refused:
        refuse(_l("Changes that could not be kept: %(count)s.", count=len(kept.refused)))


def _returned(
    session: Session, consultation: Consultation, draft: Draft, data: bytes, language: str | None
) -> Returned:
    document = document_of(draft)
    spoken = language or document.source
    _check_language(draft, spoken)

    def marks(own: str) -> Marks:
        return marks_in_all_languages(compiled(session, consultation, own), draft.number)

    wanted = Origin(consultation.code, (draft.number,), (document.digest,))
    return returned(data, document, spoken, wanted=wanted, marks=marks)


def _voice(session: Session, consultation: Consultation, organisation: str) -> Voice:
    asked = open_round(session, consultation, now=now())
    if asked is None:
        raise Conflict(
            _l(
                "No round of this consultation is open. With --dry-run the file is read all the "
                "same, and nothing is stored."
            )
        )
    return get_voice(session, asked[1].code, organisation)


def _newest(session: Session, consultation: Consultation) -> Draft:
    draft = newest_published(session, consultation)
    if draft is None:
        raise Conflict(_l("No draft of this consultation is published yet."))
    return draft


def _check_language(draft: Draft, language: str) -> None:
    if language not in document_of(draft).languages:
        raise DomainError(
            _l("Draft %(number)s has no text in %(language)s.",
               number=draft.number, language=language)
        )  # fmt: skip


def _entry(one: Voiced, document: Document, language: str) -> dict[str, Any]:
    shown = labels(document, language)
    return {
        "kind": one.kind.value,
        "scope": one.scope.value,
        "paragraph": str(one.lineage) if one.lineage else None,
        "label": shown.get(one.lineage, "") if one.lineage else "",
        "language": language,
        "author": one.author,
        "at": one.at.isoformat() if one.at else None,
        "proposal_kind": one.proposal_kind.value if one.proposal_kind else None,
        "before": one.before,
        "proposal": one.after if one.proposal_kind else None,
        "text": one.text,
        "quote": one.quote,
    }


def init_app(app: Flask) -> None:
    """The command is part of the group `consult`; importing this module adds it."""
