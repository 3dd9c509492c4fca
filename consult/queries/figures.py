"""How many contributions there are, and how far each is: one count for screen, file and command.

Submitted is what is awaiting admission, admitted, returned or withdrawn; admitted is what is
disposed of or pending. Nothing below "submitted" is counted here, and nothing is counted elsewhere.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func
from sqlalchemy import select as any_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from consult.models import (
    OFFICIAL,
    Contribution,
    ContributionState,
    Disposition,
    DispositionState,
)

Condition = ColumnElement[bool]
approved = aliased(Disposition, name="approved")
proposed = aliased(Disposition, name="proposed")
"""The two dispositions that can stand at one time; `with_standing` joins them."""


@dataclass(frozen=True)
class Figures:
    """Numbers of contributions. `proposed`: those of the pending for which somebody proposed."""

    awaiting: int = 0
    returned: int = 0
    withdrawn: int = 0
    disposed: int = 0
    pending: int = 0
    proposed: int = 0

    @property
    def admitted(self) -> int:
        """What has to be decided on, or was."""
        return self.disposed + self.pending

    @property
    def submitted(self) -> int:
        """All that was ever submitted."""
        return self.awaiting + self.admitted + self.returned + self.withdrawn

    @property
    def complete(self) -> bool:
        """Whether everything submitted was admitted or not, and everything admitted decided on."""
        return not self.awaiting and not self.pending

    def as_json(self) -> dict[str, int]:
        """As commands print it, the sums included."""
        return {"submitted": self.submitted, "admitted": self.admitted, **asdict(self)}


def with_standing(chosen: Any) -> Any:
    """A select of contributions, joined with their approved and their proposed disposition."""
    this = col(Contribution.id)
    return chosen.outerjoin(
        approved,
        and_(
            col(approved.contribution_id) == this,
            col(approved.state) == DispositionState.APPROVED,
        ),
    ).outerjoin(
        proposed,
        and_(
            col(proposed.contribution_id) == this,
            col(proposed.state) == DispositionState.PROPOSED,
        ),
    )


def figures(session: Session, *where: Condition) -> Figures:
    """The figures of the official contributions that these conditions choose."""
    return figures_by(session, (), *where).get((), Figures())


def figures_of_round(session: Session, call_id: UUID) -> Figures:
    """The figures of one round."""
    return figures(session, col(Contribution.call_id) == call_id)


def figures_by_round(session: Session, consultation_id: UUID) -> dict[UUID, Figures]:
    """The figures of each round of a consultation in which anything was submitted."""
    place = col(Contribution.call_id)
    found = figures_by(session, (place,), col(Contribution.consultation_id) == consultation_id)
    return {key[0]: one for key, one in found.items()}


def figures_by(
    session: Session, by: Sequence[Any], *where: Condition
) -> dict[tuple[Any, ...], Figures]:
    """The figures for each combination of values in these columns, by one grouped query.

    Conditions may speak of `approved` and `proposed`. What has no contribution is left out.
    """
    state = col(Contribution.state)
    decided = case((col(approved.id).is_not(None), 1), else_=0)
    waits = case((col(proposed.id).is_not(None), 1), else_=0)
    chosen = any_select(*by, state, decided, waits, func.count()).select_from(Contribution)
    chosen = with_standing(chosen).where(state.in_(OFFICIAL), *where)
    rows = session.execute(chosen.group_by(*by, state, decided, waits))
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for *key, in_state, is_decided, is_proposed, number in rows:
        counts = found.setdefault(tuple(key), dict.fromkeys(Figures.__dataclass_fields__, 0))
        for name in _counted_as(in_state, bool(is_decided), bool(is_proposed)):
            counts[name] += number
    return {key: Figures(**counts) for key, counts in found.items()}


def _counted_as(state: ContributionState, decided: bool, waits: bool) -> list[str]:  # noqa: FBT001 - one row's columns
    if state is not ContributionState.ADMITTED:
        return ["awaiting" if state is ContributionState.SUBMITTED else state.value]
    if decided:
        return ["disposed"]
    return ["pending", "proposed"] if waits else ["pending"]
