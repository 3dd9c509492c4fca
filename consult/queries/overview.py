"""How consultations stand: their drafts, rounds and figures, as the command lists them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from consult.models import Adoption, Consultation, Draft, DraftState, Round
from consult.queries.consultations import document_of, drafts_of, rounds_of
from consult.queries.figures import Figures, figures_by_round
from consult.text.document import BlockKind
from movement.deadlines import state_at
from movement.models import Call, CallState


class RoundState(StrEnum):
    """Open: contributions are taken. Over: the deadline is past, decisions are made. Closed."""

    OPEN = "open"
    OVER = "over"
    CLOSED = "closed"


class Phase(StrEnum):
    """Where a consultation is. Drafting: between rounds, or before the first one."""

    EMPTY = "empty"
    DRAFTING = "drafting"
    OPEN = "open"
    DECIDING = "deciding"
    ADOPTED = "adopted"
    ARCHIVED = "archived"


def round_state(one: Round, call: Call, now: datetime) -> RoundState:
    """How far a round is."""
    if one.closed_at is not None:
        return RoundState.CLOSED
    return RoundState.OPEN if state_at(call, now) is CallState.OPEN else RoundState.OVER


def phase_of(session: Session, consultation: Consultation, *, now: datetime) -> Phase:
    """Where a consultation is."""
    if consultation.archived_at is not None:
        return Phase.ARCHIVED
    drafts = drafts_of(session, consultation)
    if not drafts:
        return Phase.EMPTY
    adopted = select(Adoption).where(Adoption.draft_id == drafts[-1].id)
    if session.scalars(adopted).first() is not None:
        return Phase.ADOPTED
    rounds = rounds_of(session, consultation)
    state = round_state(*rounds[-1], now) if rounds else RoundState.CLOSED
    return {RoundState.OPEN: Phase.OPEN, RoundState.OVER: Phase.DECIDING}.get(state, Phase.DRAFTING)


def overview(session: Session, consultation: Consultation, *, now: datetime) -> dict[str, Any]:
    """A consultation as `flask consult list` prints it."""
    drafts = drafts_of(session, consultation)
    numbers = {draft.id: draft.number for draft in drafts}
    counted = figures_by_round(session, consultation.id)
    return {
        "code": consultation.code,
        "titles": consultation.titles,
        "state": phase_of(session, consultation, now=now).value,
        "drafts": [_draft(draft) for draft in drafts],
        "rounds": [
            round_line(one, call, numbers, counted.get(call.id, Figures()), now=now)
            for one, call in rounds_of(session, consultation)
        ],
    }


def _draft(draft: Draft) -> dict[str, Any]:
    text = document_of(draft)
    published = draft.state is DraftState.PUBLISHED
    return {
        "number": draft.number,
        "state": draft.state.value,
        "digest": draft.digest if published else None,
        "languages": list(text.languages),
        "paragraphs": sum(block.kind is BlockKind.PARAGRAPH for block in text.blocks),
    }


def round_line(
    one: Round, call: Call, numbers: Mapping[UUID, int], figures: Figures, *, now: datetime
) -> dict[str, Any]:
    """A round as the commands print it. `numbers`: of the drafts, by id."""
    return {
        "code": call.code,
        "number": one.number,
        "draft": numbers[one.draft_id],
        "state": round_state(one, call, now).value,
        "closes": call.closes_on.isoformat(),
        "figures": figures.as_json(),
    }
