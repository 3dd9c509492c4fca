"""`flask consult import`, `text` and `publish`: drafts from files, as text, and for ever.

`import` and `publish` print `{"code", "draft", "state", "paragraphs", "languages", "notices"}`;
`text` prints Markdown, or with `--format json` `{"code", "draft", "state", "language", "digest",
"blocks": [{"lineage", "kind", "level", "label", "text", "texts"}]}`, `digest` null while in work.
"""

import json
from pathlib import Path

import click
from flask import Flask

from consult.commands import group
from consult.commands.files import LABEL, contents, put
from consult.models import Consultation, Draft, DraftState
from consult.queries.consultations import document_of, get_consultation, get_draft
from consult.services.drafts import Act
from consult.services.importing import Target, bring
from consult.services.publishing import publish_draft
from consult.services.reading import Sent
from consult.text.labels import labels
from consult.text.markdown import write
from consult.word.importing import Revisions
from core.cli import answer, command_errors
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--code", required=True, help="The consultation's code.")
@click.option("--language", help="The file's language; by default the draft's, or English.")
@click.option("--process", help="The process of a new consultation; by default of the same code.")
@click.option("--title", help="A new consultation's title; by default its first heading.")
@click.option("--publish/--no-publish", "at_once", default=None,
              help="Publish what was made; by default only a first draft.")  # fmt: skip
@click.option("--revisions", type=click.Choice(["refuse", "accept", "reject", "contributions"]),
              default="refuse", help="What to do with tracked changes and comments.")  # fmt: skip
@command_errors
def import_(
    file: Path, code: str, language: str | None, process: str | None, title: str | None,
    *, at_once: bool | None, revisions: str,
) -> None:  # fmt: skip
    """Bring the Word or Markdown FILE in: a first draft, another language of it, or the next."""
    wanted: dict[str, Revisions] = {
        "accept": "accept", "reject": "reject", "contributions": "contributions",
    }  # fmt: skip
    target = Target(code, language, process, title, wanted.get(revisions))
    sent = Sent(file.name, contents(file))
    act = Act(now(), LABEL)
    with transaction() as session:
        brought = bring(session, sent, target, act)
        wished = brought.begun if at_once is None else at_once
        if wished and brought.draft.state is DraftState.IN_WORK:
            publish_draft(session, brought.draft, act)
        consultation = session.get_one(Consultation, brought.draft.consultation_id)
    answer(_told(consultation, brought.draft, brought.notices))


@group.command("publish")
@click.argument("code")
@click.argument("number", metavar="V", type=int)
@command_errors
def publish(code: str, number: int) -> None:
    """Publish draft V of CODE: it never changes from then on."""
    with transaction() as session:
        consultation = get_consultation(session, code)
        draft = get_draft(session, consultation, number)
        publish_draft(session, draft, Act(now(), LABEL))
    answer(_told(consultation, draft, ()))


def _told(consultation: Consultation, draft: Draft, notices: tuple[Lazy, ...]) -> dict[str, object]:
    document = document_of(draft)
    return {
        "code": consultation.code,
        "draft": draft.number,
        "state": draft.state.value,
        "paragraphs": len(document.blocks),
        "languages": list(document.languages),
        "notices": [str(notice) for notice in notices],
    }


@group.command("text")
@click.argument("code")
@click.argument("number", metavar="V", type=int)
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md")
@click.option("--language", help="By default the one the draft was written in.")
@click.option("--out", type=click.Path(path_type=Path), help="A file to write it to.")
@command_errors
def text(code: str, number: int, form: str, language: str | None, out: Path | None) -> None:
    """Print draft V of CODE in one language, each paragraph with its identity."""
    session = get_session()
    draft = get_draft(session, get_consultation(session, code), number)
    spoken = language or document_of(draft).source
    if spoken not in document_of(draft).languages:
        raise DomainError(
            _l("Draft %(number)s has no text in %(language)s.", number=number, language=spoken)
        )
    if form == "md":
        put(write(document_of(draft), spoken), out)
    else:
        put(json.dumps(_data(code, draft, spoken), ensure_ascii=False, indent=2), out)


def _data(code: str, draft: Draft, language: str) -> dict[str, object]:
    document = document_of(draft)
    shown = labels(document, language)
    return {
        "code": code,
        "draft": draft.number,
        "state": draft.state.value,
        "language": language,
        "digest": draft.digest or None,
        "blocks": [
            {
                "lineage": str(block.lineage),
                "kind": block.kind.value,
                "level": block.level,
                "label": shown[block.lineage],
                "text": block.texts.get(language, ""),
                "texts": block.texts,
            }
            for block in document.blocks
        ],
    }


def init_app(app: Flask) -> None:
    """The commands are part of the group `consult`; importing this module adds them."""
