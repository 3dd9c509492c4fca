"""Who sees which contribution: the one place that says it, as a condition for every query.

Below "submitted" an organisation's contributions are its own people's alone; staff who entered some
on its behalf see those. What others submitted is seen as the round's rules say. The secretariat and
the process's consultants see all that was submitted, with names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlmodel import Session, col, select

from consult.models import (
    OFFICIAL,
    Contribution,
    ContributionState,
    ContributionSubmission,
    Round,
    Sponsor,
    SponsorState,
    Visibility,
)
from movement.actors import Actor
from movement.deadlines import over_everywhere
from movement.models import Call, CallState, Participation, Role

PEERS_SEE = (ContributionState.SUBMITTED, ContributionState.ADMITTED)
"""Of others' contributions: not what was returned to them or withdrawn."""
ASKED = (SponsorState.INVITED, SponsorState.CONFIRMED, SponsorState.DECLINED, SponsorState.LEFT)
Rounds = Sequence[tuple[Round, Call]]


@dataclass(frozen=True)
class Sight:
    """What somebody sees in one round. `named`: others' contributions carry a name."""

    call_id: UUID
    all_official: bool
    peers: bool
    named: bool


def visible_to(
    session: Session, actor: Actor, rounds: Rounds, *, now: datetime
) -> ColumnElement[bool]:
    """The condition on `Contribution` for what this person sees of these rounds."""
    return or_(
        false(), *(condition(actor, sight) for sight in sights(session, actor, rounds, now=now))
    )


def sights(session: Session, actor: Actor, rounds: Rounds, *, now: datetime) -> list[Sight]:
    """What this person sees in each of these rounds."""
    return [sight_of(session, actor, one, call, now=now) for one, call in rounds]


def sight_of(session: Session, actor: Actor, one: Round, call: Call, *, now: datetime) -> Sight:
    """What this person sees in a round at this moment."""
    runs = actor.holds(Role.SECRETARIAT) or actor.holds(Role.CONSULTANT, process=call.process_id)
    leads = actor.holds(Role.CO_CHAIR, process=call.process_id)
    takes_part = bool(_taking_part(session, call.id, actor.organisation_ids))
    seen = (takes_part and _open_to_peers(session, actor, one, call, now)) or (
        leads and one.names_shown and _open_to_leaders(one, call, now)
    )
    return Sight(call.id, runs, seen, runs or one.names_shown)


def _taking_part(session: Session, call_id: UUID, organisations: Iterable[UUID]) -> list[UUID]:
    wanted = list(organisations)
    if not wanted:
        return []
    return list(
        session.scalars(
            select(Participation.organisation_id).where(
                Participation.call_id == call_id, col(Participation.organisation_id).in_(wanted)
            )
        )
    )


def is_over(one: Round, call: Call, now: datetime) -> bool:
    """Whether nobody anywhere can contribute to the round any more."""
    closed = call.state is CallState.CLOSED or one.closed_at is not None
    return closed or over_everywhere(call.closes_on, now)


def names_open(one: Round) -> bool:
    """Whether anybody may read who contributed: the round shows it, and has ended."""
    shown = one.names_shown and one.visibility is not Visibility.NEVER
    return shown and decisions_open(one)


def decisions_open(one: Round) -> bool:
    """Whether anybody may read what was decided: all of it stands, as the round is closed."""
    return one.closed_at is not None


def _open_to_peers(session: Session, actor: Actor, one: Round, call: Call, now: datetime) -> bool:
    if one.visibility is Visibility.NEVER:
        return False
    if is_over(one, call, now):
        return True
    return one.visibility is Visibility.AFTER_SUBMISSION and _submitted(session, actor, call)


def _submitted(session: Session, actor: Actor, call: Call) -> bool:
    given = select(ContributionSubmission.id).where(
        ContributionSubmission.call_id == call.id,
        col(ContributionSubmission.organisation_id).in_(actor.organisation_ids),
    )
    return session.scalars(given.limit(1)).first() is not None


def _open_to_leaders(one: Round, call: Call, now: datetime) -> bool:
    """Co-Chairs submit nothing: where others see after submitting, they see at once."""
    if one.visibility is Visibility.NEVER:
        return False
    return one.visibility is Visibility.AFTER_SUBMISSION or is_over(one, call, now)


def condition(actor: Actor, sight: Sight) -> ColumnElement[bool]:
    """What this person sees of one round, as a condition on `Contribution`."""
    state = col(Contribution.state)
    ways: list[ColumnElement[bool]] = []
    mine = list(actor.organisation_ids)
    if mine:
        own = and_(
            col(Contribution.organisation_id).in_(mine),
            or_(state.in_(OFFICIAL), col(Contribution.recorded_by) == ""),
        )
        ways += [own, and_(state.in_(PEERS_SEE), asked_to_join(mine))]
    if sight.all_official:
        ways.append(state.in_(OFFICIAL))
    elif sight.peers:
        ways.append(and_(state.in_(PEERS_SEE), col(Contribution.is_current)))
    return and_(col(Contribution.call_id) == sight.call_id, or_(false(), *ways))


def asked_to_join(organisations: Sequence[UUID]) -> ColumnElement[bool]:
    """The condition that one of these organisations was asked to stand behind a contribution."""
    return exists().where(
        col(Sponsor.contribution_id) == col(Contribution.id),
        col(Sponsor.organisation_id).in_(organisations),
        col(Sponsor.state).in_(ASKED),
    )
