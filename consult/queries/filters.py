"""What of a round's official contributions is looked at: filters, as conditions of a query.

Conditions speak of the dispositions as `consult.queries.figures.with_standing` joins them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from uuid import UUID

from sqlmodel import col, select

from consult.models import (
    OFFICIAL,
    Category,
    Contribution,
    ContributionCode,
    ContributionKind,
    ContributionState,
    Outcome,
)
from consult.queries.figures import Condition, approved, proposed
from movement.models import Organisation, Participation

LONGEST_SEARCH = 200


class Stage(StrEnum):
    """How far a contribution is with the secretariat."""

    AWAITING = "awaiting"
    PENDING = "pending"
    UNDECIDED = "undecided"
    PROPOSED = "proposed"
    DISPOSED = "disposed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Filters:
    """What is looked at; what is None or "" narrows nothing.

    `stage`: pending is proposed or undecided. `officer`: somebody's, `nobodys`: nobody's.
    `section`: a heading's lineage, `paragraph`: a block's; `whole`: what speaks of the whole text.
    `outcome`: what is approved, else proposed. `code`: a theme or point of a framework.
    """

    stage: Stage | None = None
    officer: UUID | None = None
    nobodys: bool = False
    section: UUID | None = None
    paragraph: UUID | None = None
    whole: bool = False
    organisation: str = ""
    region: str = ""
    kind: ContributionKind | None = None
    category: Category | None = None
    outcome: Outcome | None = None
    code: UUID | None = None
    text: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is narrowed."""
        return any(getattr(self, one.name) for one in fields(self))


def conditions(
    filters: Filters, call_id: UUID, lineages: frozenset[UUID] | None
) -> Iterator[Condition]:
    """The conditions of these filters in a round. `lineages`: the blocks they leave, None: all."""
    yield col(Contribution.call_id) == call_id
    yield _of_stage(filters.stage)
    if filters.nobodys:
        yield col(Contribution.officer_id).is_(None)
    elif filters.officer:
        yield col(Contribution.officer_id) == filters.officer
    if filters.whole:
        yield col(Contribution.lineage).is_(None)
    elif lineages is not None:
        yield col(Contribution.lineage).in_(lineages)
    for column, value in (("kind", filters.kind), ("category", filters.category)):
        if value:
            yield col(getattr(Contribution, column)) == value
    if filters.outcome:
        either = (col(approved.outcome), col(proposed.outcome))
        yield (either[0] == filters.outcome) | (
            col(approved.id).is_(None) & (either[1] == filters.outcome)
        )
    yield from _of_others(filters, call_id)


def _of_stage(stage: Stage | None) -> Condition:
    state = col(Contribution.state)
    admitted = state == ContributionState.ADMITTED
    undecided, waits = col(approved.id).is_(None), col(proposed.id).is_not(None)
    found: dict[Stage | None, Condition] = {
        None: state.in_(OFFICIAL),
        Stage.AWAITING: state == ContributionState.SUBMITTED,
        Stage.PENDING: admitted & undecided,
        Stage.UNDECIDED: admitted & undecided & ~waits,
        Stage.PROPOSED: admitted & waits,
        Stage.DISPOSED: admitted & ~undecided,
        Stage.RETURNED: state == ContributionState.RETURNED,
        Stage.WITHDRAWN: state == ContributionState.WITHDRAWN,
    }
    return found[stage]


def _of_others(filters: Filters, call_id: UUID) -> Iterator[Condition]:
    """Conditions on rows of other tables, and on words."""
    this = Contribution
    if filters.organisation:
        asked = select(Organisation.id).where(Organisation.code == filters.organisation)
        yield col(this.organisation_id).in_(asked)
    if filters.region:
        parts = select(Participation.organisation_id).where(
            Participation.call_id == call_id,
            Participation.region_code == filters.region,
        )
        yield col(this.organisation_id).in_(parts)
    if filters.code:
        under = select(ContributionCode.contribution_id).where(
            ContributionCode.code_id == filters.code
        )
        yield col(this.id).in_(under)
    if words := filters.text.strip()[:LONGEST_SEARCH]:
        number = words.removeprefix("#")
        if number.isascii() and number.isdigit() and len(number) < 9:  # noqa: PLR2004 - an integer of any database
            yield col(this.number) == int(number)
        else:
            columns = (col(this.text), col(this.proposal), col(this.quote))
            found = [column.icontains(words, autoescape=True) for column in columns]
            yield found[0] | found[1] | found[2]
