"""The published drafts of a consultation, each with the operations that led to it. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from consult.changes.operations import OPERATION, Operation
from consult.models import Consultation, Draft, DraftOperation
from consult.queries.consultations import document_of, drafts_of, published
from consult.text.document import Document


@dataclass(frozen=True)
class Step:
    """A published draft and what led to it from the one before."""

    number: int
    document: Document
    operations: tuple[Operation, ...]
    by: Mapping[UUID, tuple[str, datetime]]
    published_at: datetime


def steps_of(session: Session, consultation: Consultation) -> list[Step]:
    """The published drafts, the first one first, with what led to each."""
    return [_step(session, one) for one in published(drafts_of(session, consultation))]


def _step(session: Session, draft: Draft) -> Step:
    chosen = select(DraftOperation).where(DraftOperation.draft_id == draft.id)
    rows = list(session.scalars(chosen.order_by(col(DraftOperation.position))))
    return Step(
        draft.number,
        document_of(draft),
        tuple(OPERATION.validate_python(row.operation) for row in rows),
        {row.id: (row.by_label, row.at) for row in rows},
        draft.published_at or draft.created_at,
    )
