"""How far a round is: by officer and by paragraph, with the figures every page shares."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col

from consult.models import Contribution
from consult.queries.figures import Figures, figures_by
from consult.queries.officers import names_of
from consult.text.document import Block, Document


@dataclass(frozen=True)
class OfOfficer:
    """What one officer looks after. `person_id`, `name`: None and "" for what nobody does."""

    person_id: UUID | None
    name: str
    figures: Figures


@dataclass(frozen=True)
class OfBlock:
    """What was said of one block; `block` None: of the whole text."""

    block: Block | None
    figures: Figures


def by_officer(session: Session, call_id: UUID) -> list[OfOfficer]:
    """Whoever looks after something of a round, by name; at the end what nobody does."""
    place = col(Contribution.officer_id)
    found = figures_by(session, (place,), col(Contribution.call_id) == call_id)
    names = names_of(session, {key[0] for key in found if key[0]})
    rows = [OfOfficer(key[0], names.get(key[0], ""), one) for key, one in found.items()]
    return sorted(rows, key=lambda row: (row.person_id is None, row.name.casefold()))


def by_block(session: Session, call_id: UUID, document: Document) -> list[OfBlock]:
    """The blocks of which something was said, as the text goes; the whole text first."""
    found = figures_by(session, (col(Contribution.lineage),), col(Contribution.call_id) == call_id)
    rows = [OfBlock(None, found[None,])] if (None,) in found else []
    return rows + [
        OfBlock(block, found[block.lineage,])
        for block in document.blocks
        if (block.lineage,) in found
    ]
