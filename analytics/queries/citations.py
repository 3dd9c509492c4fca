"""Evidence cited to paragraphs, found where a later draft's paragraphs carry it on."""

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlmodel import Session, col, select

from analytics.models import Citation, CitationFile
from consult.changes.lineage import Fates, fates, resolve
from consult.changes.operations import OPERATION
from consult.models import Draft, DraftOperation
from core.errors import NotFound
from core.texts import lazy as _l


def get_citation(session: Session, citation_id: UUID) -> Citation:
    """The citation with this id; raises `NotFound`."""
    found = session.get(Citation, citation_id)
    if found is None:
        raise NotFound(_l("There is no such page."))
    return found


def file_names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of the files of these citations, of those that have one."""
    rows = session.execute(
        select(CitationFile.citation_id, CitationFile.name).where(
            col(CitationFile.citation_id).in_(ids)
        )
    )
    return {row[0]: row[1] for row in rows}


def cited_in(session: Session, draft: Draft) -> list[tuple[UUID, Citation]]:
    """Evidence with the paragraph of this draft it stands beside, the oldest first.

    What was cited to an earlier draft goes with its paragraph: to each part of one that was split,
    to the one it was merged into, nowhere where it was deleted.
    """
    rows = session.execute(
        select(Citation, Draft.number)
        .join(Draft, col(Draft.id) == col(Citation.draft_id))
        .where(Citation.consultation_id == draft.consultation_id, col(Draft.number) <= draft.number)
        .order_by(col(Citation.created_at), col(Citation.id))
    ).all()
    if not rows:
        return []
    chain = dict(_fates(session, draft))
    return [
        (lineage, citation)
        for citation, number in rows
        for lineage in resolve(
            citation.lineage, [step for at, step in chain.items() if at > number]
        )
    ]


def _fates(session: Session, draft: Draft) -> Iterator[tuple[int, Fates]]:
    """By number of the draft: what became of paragraphs on the way to it, up to this draft."""
    rows = session.execute(
        select(Draft.number, DraftOperation.operation)
        .join(DraftOperation, col(DraftOperation.draft_id) == col(Draft.id))
        .where(Draft.consultation_id == draft.consultation_id, col(Draft.number) <= draft.number)
        .order_by(col(Draft.number), col(DraftOperation.position))
    )
    by_number: dict[int, list[object]] = {}
    for number, operation in rows:
        by_number.setdefault(number, []).append(operation)
    for number, operations in by_number.items():
        yield number, fates(OPERATION.validate_python(one) for one in operations)
