"""Two officers at the same moment: the second waits, then sees what the first did."""

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import ContributionState, Outcome
from consult.services.admission import admit
from consult.services.closing import NotYet, close_round
from consult.services.declining import decline
from consult.services.dispositions import Decision, decide, propose
from consult.services.duplicates import Circle
from consult.services.steps import DecidedElsewhere, stamp
from consult.services.submitting import in_progress, submit
from core.clock import now
from core.errors import Conflict
from movement.models import ParticipationState
from tests.consult.arranged import act
from tests.consult.asked import WHY, Asked, a_society_asked, approved_of
from tests.consult.moments import at_once
from tests.consult.speaking import a_comment, by, says, voice

pytestmark = pytest.mark.both_databases


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


def test_of_two_decisions_on_the_same_page_the_first_stands(app: Flask, asked: Asked) -> None:
    one = asked.said()
    seen = stamp(one, {})
    asked.session.commit()

    refused = at_once(
        app,
        lambda mine: decide(mine, one.id, Decision(Outcome.ACCEPTED), act(), seen=seen),
        lambda theirs: decide(theirs, one.id, Decision(Outcome.NOTED, WHY), act(), seen=seen),
    )

    assert [type(each) for each in refused] == [DecidedElsewhere]
    (standing,) = approved_of(asked.session, one)
    assert standing.outcome is Outcome.ACCEPTED


def test_two_officers_make_no_circle_between_them(app: Flask, asked: Asked) -> None:
    one, other = asked.said(), asked.said()
    asked.session.commit()

    refused = at_once(
        app,
        lambda mine: propose(mine, one.id, Decision(Outcome.DUPLICATE, WHY, other.id), act()),
        lambda theirs: propose(theirs, other.id, Decision(Outcome.DUPLICATE, WHY, one.id), act()),
    )

    assert [type(each) for each in refused] == [Circle]


def test_a_colleague_who_declines_waits_for_who_submits(app: Flask, asked: Asked) -> None:
    says(asked.session, a_comment())

    def submits_all(mine: Session) -> object:
        speaking = voice(mine)
        return submit(mine, speaking, in_progress(mine, speaking), by())

    refused = at_once(
        app, submits_all, lambda theirs: decline(theirs, voice(theirs), "No time.", now=now())
    )

    part = voice(asked.session).part
    asked.session.refresh(part)
    assert [type(each) for each in refused] == [Conflict]
    assert part.state is ParticipationState.SUBMITTED


def test_a_round_is_not_closed_past_what_is_just_being_admitted(app: Flask, asked: Asked) -> None:
    one = asked.said(state=ContributionState.SUBMITTED)
    asked.session.commit()

    refused = at_once(
        app,
        lambda mine: admit(mine, [one.id], act()),
        lambda theirs: close_round(theirs, asked.call, act()),
    )

    assert [type(each) for each in refused] == [NotYet]
