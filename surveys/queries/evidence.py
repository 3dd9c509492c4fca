"""Finding files that were given as answers."""

from uuid import UUID

from sqlmodel import Session, select

from core.errors import NotFound
from core.texts import lazy as _l
from surveys.models import Evidence


def get_evidence(session: Session, response_id: UUID, evidence_id: UUID) -> Evidence:
    """A file of this response, with its bytes; raises NotFound for any other's."""
    chosen = select(Evidence).where(Evidence.id == evidence_id, Evidence.response_id == response_id)
    row = session.exec(chosen).one_or_none()
    if row is None:
        raise NotFound(_l("There is no such page."))
    return row
