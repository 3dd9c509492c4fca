"""The gate of a round: it opens once nothing is left, and then stays shut behind it."""

import pytest
from sqlmodel import Session

from consult.models import ContributionState, Outcome
from consult.services.closing import NotYet, close_round
from consult.services.dispositions import Decision, decide, reopen
from core.errors import Conflict
from tests.consult.arranged import act
from tests.consult.asked import WHY, Asked, a_society_asked

S = ContributionState


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


def test_the_gate_stays_shut_and_names_how_many_are_in_the_way(asked: Asked) -> None:
    asked.said(state=S.SUBMITTED)
    pending, head = asked.said(), asked.said()
    decide(asked.session, pending.id, Decision(Outcome.DUPLICATE, WHY, head.id), act())

    with pytest.raises(NotYet) as refused:
        close_round(asked.session, asked.call, act())

    obstacles = refused.value.obstacles
    assert (obstacles.awaiting, obstacles.pending, obstacles.adrift) == (1, 1, 1)
    assert asked.one.closed_at is None


def test_a_duplicate_of_what_was_withdrawn_keeps_the_gate_shut(asked: Asked) -> None:
    one, head = asked.said(), asked.said()
    decide(asked.session, one.id, Decision(Outcome.DUPLICATE, WHY, head.id), act())
    head.state = S.WITHDRAWN

    with pytest.raises(NotYet):
        close_round(asked.session, asked.call, act())


def test_a_closed_round_stands_but_for_what_was_carried_over(asked: Asked) -> None:
    one, carried = asked.said(), asked.said()
    decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())
    decide(asked.session, carried.id, Decision(Outcome.CARRIED_OVER, WHY), act())
    reached = close_round(asked.session, asked.call, act())
    assert (reached.submitted, reached.disposed) == (2, 2)

    decide(asked.session, carried.id, Decision(Outcome.PARTLY, WHY), act())

    with pytest.raises(Conflict):
        reopen(asked.session, carried.id, act())
    with pytest.raises(Conflict):
        decide(asked.session, one.id, Decision(Outcome.NOTED, WHY), act())
    with pytest.raises(Conflict):
        close_round(asked.session, asked.call, act())
