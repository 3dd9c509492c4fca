"""The gate of a round: it opens once nothing is left, and then stays shut behind it."""

import pytest
from sqlmodel import Session

from consult.models import ContributionState, Draft, Outcome
from consult.services.closing import NotYet, close_round
from consult.services.dispositions import (
    Decision,
    add_reason,
    approve,
    approve_all,
    decide,
    propose,
    reopen,
)
from core.errors import Conflict
from tests.consult.arranged import a_round, act
from tests.consult.asked import WHY, Asked, a_society_asked, approved_of
from tests.consult.said import said

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


def test_a_duplicate_from_a_closed_round_of_what_was_withdrawn_later_is_decided_anew(
    asked: Asked,
) -> None:
    session, one = asked.session, asked.said()
    decide(session, one.id, Decision(Outcome.CARRIED_OVER, WHY), act())
    close_round(session, asked.call, act())
    draft = session.get_one(Draft, asked.one.draft_id)
    second, call = a_round(session, draft, code="round-2")
    head = said(session, second, asked.society, state=S.ADMITTED)
    decide(session, one.id, Decision(Outcome.DUPLICATE, WHY, head.id), act())
    head.state = S.WITHDRAWN

    with pytest.raises(NotYet):
        close_round(session, call, act())
    decide(session, one.id, Decision(Outcome.NOTED, WHY), act())

    assert close_round(session, call, act()).disposed == 0


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


def test_what_was_only_proposed_when_a_round_closed_is_not_approved_any_more(asked: Asked) -> None:
    one, carried = asked.said(), asked.said()
    decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())
    decide(asked.session, carried.id, Decision(Outcome.CARRIED_OVER, WHY), act())
    for each in (one, carried):
        propose(asked.session, each.id, Decision(Outcome.NOT_ACCEPTED, WHY), act())
    close_round(asked.session, asked.call, act())

    with pytest.raises(Conflict):
        approve(asked.session, one.id, act())
    with pytest.raises(Conflict):
        approve_all(asked.session, [one.id, carried.id], act())
    approve(asked.session, carried.id, act())

    assert [row.outcome for row in approved_of(asked.session, one)] == [Outcome.ACCEPTED]
    assert [row.outcome for row in approved_of(asked.session, carried)] == [Outcome.NOT_ACCEPTED]


def test_the_reason_told_in_a_closed_round_stands_and_is_still_translated(asked: Asked) -> None:
    one = asked.said()
    decide(asked.session, one.id, Decision(Outcome.NOTED, {"en": "Said above."}), act())
    close_round(asked.session, asked.call, act())

    with pytest.raises(Conflict):
        add_reason(asked.session, one.id, "en", "Something else.", act())
    row = add_reason(asked.session, one.id, "fr", "Dit plus haut.", act())

    assert row.reasons == {"en": "Said above.", "fr": "Dit plus haut."}
