"""Lets templates show what other packages have on a paragraph; read once for a whole draft."""

from uuid import UUID

from flask import Flask, g

from consult.margins import Note, notes_on, ways
from consult.models import Draft
from consult.queries.consultations import document_of
from core.db import get_session
from core.i18n import current_language


def notes_beside(draft: Draft, lineage: UUID) -> list[Note]:
    """The notes on a paragraph as the signed-in person sees them."""
    known: dict[UUID, dict[UUID, list[Note]]] = g.setdefault("margin_notes", {})
    if draft.id not in known:
        lineages = [block.lineage for block in document_of(draft).blocks]
        known[draft.id] = notes_on(get_session(), draft, lineages, g.actor, current_language())
    return known[draft.id].get(lineage, [])


def init_app(app: Flask) -> None:
    """Give templates the notes, and the ways to add one."""
    app.jinja_env.globals.update(
        notes_beside=notes_beside,
        ways_to_note=lambda draft, lineage: ways(draft, lineage, g.actor),
    )
