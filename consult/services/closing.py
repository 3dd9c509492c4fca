"""Closing a round: the gate by which nothing that was said is forgotten."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from consult.models import Consultation, Contribution, Round
from consult.queries.figures import Figures, figures_of_round
from consult.services.drafts import Act
from consult.services.duplicates import adrift
from core import audit
from core.errors import Conflict
from core.texts import Lazy
from core.texts import lazy as _l
from movement.models import Call, CallState
from movement.services import calls


@dataclass(frozen=True)
class Obstacles:
    """What stands in the way, in numbers of contributions.

    `adrift`: duplicates of one that was withdrawn or is itself not decided on.
    """

    awaiting: int = 0
    pending: int = 0
    adrift: int = 0

    def __bool__(self) -> bool:
        return bool(self.awaiting or self.pending or self.adrift)

    def sentences(self) -> list[Lazy]:
        """One sentence for each sort, none where there is none of it."""
        found = []
        if self.awaiting:
            found.append(_l("Contributions that await admission: %(count)s.", count=self.awaiting))
        if self.pending:
            found.append(
                _l("Admitted contributions without an approved decision: %(count)s.",
                   count=self.pending)
            )  # fmt: skip
        if self.adrift:
            found.append(
                _l("Duplicates of a contribution that is not decided on: %(count)s.",
                   count=self.adrift)
            )  # fmt: skip
        return found


class NotYet(Conflict):
    """The gate stays shut. `obstacles`: why."""

    def __init__(self, obstacles: Obstacles) -> None:
        super().__init__(
            _l(
                "The round can't be closed yet. Contributions that await admission: %(awaiting)s; "
                "admitted ones without an approved decision: %(pending)s; duplicates of one that "
                "is not decided on: %(adrift)s.",
                awaiting=obstacles.awaiting, pending=obstacles.pending, adrift=obstacles.adrift,
            )
        )  # fmt: skip
        self.obstacles = obstacles


def obstacles_of(session: Session, call_id: UUID) -> Obstacles:
    """What keeps a round from being closed."""
    now = figures_of_round(session, call_id)
    return Obstacles(now.awaiting, now.pending, _adrift(session, call_id))


def _adrift(session: Session, call_id: UUID) -> int:
    """How many duplicates of this round, or of one that is closed, lead to none decided on."""
    here = session.scalars(select(Round).where(Round.call_id == call_id)).one()
    settled = select(Round.call_id).where(
        Round.consultation_id == here.consultation_id, col(Round.closed_at).is_not(None)
    )
    led = adrift().where(
        (col(Contribution.call_id) == call_id) | col(Contribution.call_id).in_(settled)
    )
    return session.scalars(select(func.count()).select_from(led.subquery())).one()


def closed_for_good(session: Session, call: Call) -> bool:
    """Whether a call's round is closed. Who holds the call knows that it stays so, or open."""
    closed = select(Round.closed_at).where(Round.call_id == call.id)
    return session.scalars(closed).first() is not None


def close_round(session: Session, call: Call, act: Act) -> Figures:
    """End a round for good, and its call with it if that is still open; its figures.

    Raises `NotYet` while anything awaits admission or a decision, `Conflict` if it is closed.
    """
    one = session.scalars(
        select(Round)
        .where(Round.call_id == call.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if one.closed_at is not None:
        raise Conflict(_l("This round is closed already."))
    obstacles = obstacles_of(session, call.id)
    if obstacles:
        raise NotYet(obstacles)
    session.refresh(call, with_for_update=True)
    if call.state is CallState.OPEN:
        calls.close(session, call, now=act.now, label=act.label)
    one.closed_at, one.closed_by = act.now, act.label
    reached = figures_of_round(session, call.id)
    consultation = session.get_one(Consultation, one.consultation_id)
    audit.record(
        session, "round.closed", about=consultation.code, now=act.now, label=act.label,
        round=call.code, figures=reached.as_json(),
    )  # fmt: skip
    session.flush()
    return reached
