"""An organisation's way through a call: each state once, no lesser one undoes a later one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from core.errors import Conflict
from movement.models import Participation, ParticipationState
from movement.services import participation
from tests.movement.arranged import NOW, add_regions, call, society

State = ParticipationState


@pytest.fixture
def part(session: Session) -> Participation:
    add_regions(session)
    kenya = society(session, "KEN")
    made = call(session)
    found = participation.find(session, made.id, kenya.id)
    assert found is not None
    return found


def test_it_goes_from_listed_to_submitted_and_back_to_in_progress(
    session: Session, part: Participation
) -> None:
    states = [part.state]
    participation.invited(part, now=NOW)
    states.append(part.state)
    participation.opened(part, now=NOW)
    states.append(part.state)
    participation.started(part, now=NOW)
    states.append(part.state)
    participation.submitted(session, part, now=NOW)
    states.append(part.state)
    participation.reopened(part, now=NOW)
    states.append(part.state)

    assert states == [
        State.LISTED, State.INVITED, State.OPENED, State.IN_PROGRESS, State.SUBMITTED,
        State.IN_PROGRESS,
    ]  # fmt: skip
    assert part.submitted_at is None


def test_the_first_time_of_each_counts(part: Participation) -> None:
    for hours in (0, 5):
        moment = NOW + timedelta(hours=hours)
        participation.invited(part, now=moment)
        participation.opened(part, now=moment)
        participation.started(part, now=moment)

    assert (part.invited_at, part.opened_at, part.started_at) == (NOW, NOW, NOW)


def test_looking_again_or_being_invited_again_changes_no_later_state(
    session: Session, part: Participation
) -> None:
    participation.submitted(session, part, now=NOW)

    participation.invited(part, now=NOW)
    participation.opened(part, now=NOW)
    participation.started(part, now=NOW)

    assert part.state is State.SUBMITTED


def test_who_has_submitted_cannot_decline(session: Session, part: Participation) -> None:
    participation.submitted(session, part, now=NOW)

    with pytest.raises(Conflict):
        participation.declined(session, part, "no", now=NOW)


@pytest.mark.parametrize(("begun", "back"), [(True, State.IN_PROGRESS), (False, State.OPENED)])
def test_declining_can_be_taken_back(
    session: Session, part: Participation, *, begun: bool, back: State
) -> None:
    if begun:
        participation.started(part, now=NOW)
    participation.declined(session, part, "No staff", now=NOW)
    assert (part.state, part.decline_reason) == (State.DECLINED, "No staff")

    participation.undeclined(part, now=NOW)

    assert (part.state, part.decline_reason, part.declined_at) == (back, "", None)


def test_answering_after_all_takes_the_declining_back(
    session: Session, part: Participation
) -> None:
    participation.declined(session, part, "No staff", now=NOW)

    participation.started(part, now=NOW)

    assert (part.state, part.declined_at) == (State.IN_PROGRESS, None)


@given(st.lists(st.sampled_from(["invited", "opened", "started", "reopened", "undeclined"])))
def test_whatever_happens_its_state_has_its_moment(acts: list[str]) -> None:
    part = Participation(call_id=uuid4(), organisation_id=uuid4())
    for act in acts:
        getattr(participation, act)(part, now=NOW)

    moments = {
        State.INVITED: part.invited_at, State.OPENED: part.opened_at,
        State.IN_PROGRESS: part.started_at,
    }  # fmt: skip
    assert part.state is State.LISTED or moments[part.state] == NOW


def test_an_organisation_outside_the_call_has_no_part(
    session: Session, part: Participation
) -> None:
    other = society(session, "GHA")

    assert participation.find(session, part.call_id, other.id) is None
