"""Joint contributions: asked when submitted, confirmed or left before the deadline."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from consult.models import Contribution, ContributionState, SponsorState
from consult.queries.contributions import asked_to_sponsor
from consult.services.admission import return_to_author
from consult.services.contributions import By, Over, write
from consult.services.sponsoring import answer, invite, sponsors_of, uninvite
from consult.services.submitting import submit
from consult.services.withdrawing import revise, withdraw
from core.clock import now
from core.errors import Conflict, DomainError
from tests.consult.arranged import a_draft, a_round, act
from tests.consult.speaking import (
    a_comment,
    a_network,
    an_amendment,
    by,
    contributions_of,
    says,
    submits,
    voice,
)
from tests.factories import a_society

pytestmark = pytest.mark.both_databases


@pytest.fixture
def joint(session: Session) -> Contribution:
    """Kenya's submitted amendment, which a network was asked to join, and Ghana was not."""
    a_society(session, "KEN")
    a_society(session, "GHA")
    network = a_network(session)
    a_round(session, a_draft(session), also=[network.id])
    one = says(session, an_amendment())
    invite(session, voice(session), one, network.id, by())
    assert asked_to_sponsor(session, voice(session, "APMN")) == []
    (given,) = contributions_of(session, submits(session))
    return given


def answers(session: Session, one: Contribution, state: SponsorState) -> SponsorState:
    answer(session, voice(session, "APMN"), one, state, by("chair.apmn@example.org"))
    session.commit()
    (row,) = sponsors_of(session, one.id)
    return row.state


def test_a_sponsor_confirms_and_may_leave_before_the_deadline(
    session: Session, joint: Contribution
) -> None:
    assert answers(session, joint, SponsorState.CONFIRMED) is SponsorState.CONFIRMED
    assert answers(session, joint, SponsorState.LEFT) is SponsorState.LEFT
    assert answers(session, joint, SponsorState.CONFIRMED) is SponsorState.CONFIRMED


def test_after_the_deadline_nobody_confirms_or_leaves(
    session: Session, joint: Contribution
) -> None:
    answers(session, joint, SponsorState.CONFIRMED)
    late = By(voice(session, "APMN").closes_at + timedelta(seconds=1), "chair.apmn@example.org")

    with pytest.raises(Over):
        answer(session, voice(session, "APMN"), joint, SponsorState.LEFT, late)


def test_who_declined_did_not_leave(session: Session, joint: Contribution) -> None:
    answers(session, joint, SponsorState.DECLINED)

    with pytest.raises(Conflict):
        answers(session, joint, SponsorState.LEFT)


def test_only_who_was_asked_answers(session: Session, joint: Contribution) -> None:
    with pytest.raises(Conflict):
        answer(session, voice(session), joint, SponsorState.CONFIRMED, by())


def test_what_was_withdrawn_is_joined_by_nobody(session: Session, joint: Contribution) -> None:
    withdraw(session, voice(session), joint, by(), reason="")

    with pytest.raises(Conflict):
        answers(session, joint, SponsorState.CONFIRMED)


def test_other_words_need_another_confirmation(session: Session, joint: Contribution) -> None:
    answers(session, joint, SponsorState.CONFIRMED)
    joint.state = ContributionState.RETURNED
    session.commit()
    revision = revise(session, voice(session), joint, by())
    write(session, voice(session), an_amendment("Needs decide."), by(), one=revision)

    submit(session, voice(session), [revision], by())

    assert [row.state for row in sponsors_of(session, joint.id)] == [SponsorState.INVITED]


def test_who_is_named_on_new_wording_is_asked_once_it_is_submitted(
    session: Session, joint: Contribution
) -> None:
    network, ghana = (voice(session, code).organisation for code in ("APMN", "GHA"))
    answers(session, joint, SponsorState.DECLINED)
    return_to_author(session, [joint.id], "Say it otherwise.", act())
    revision = revise(session, voice(session), joint, by())
    for one in (network, ghana):
        invite(session, voice(session), revision, one.id, by())
    later = by()

    submit(session, voice(session), [revision], later)

    asked = {row.organisation_id: row for row in sponsors_of(session, joint.id)}
    assert asked[network.id].state is SponsorState.DECLINED
    assert (asked[ghana.id].state, asked[ghana.id].invited_at) == (SponsorState.INVITED, later.now)


def test_a_name_without_an_answer_can_be_taken_back(session: Session, joint: Contribution) -> None:
    (row,) = sponsors_of(session, joint.id)

    uninvite(session, voice(session), joint, row.organisation_id, by())

    assert sponsors_of(session, joint.id) == []


def test_only_others_who_take_part_are_asked(session: Session, joint: Contribution) -> None:
    outside = a_society(session, "FIN")
    one = write(session, voice(session), a_comment(), By(now(), "x"))

    for organisation in (outside, voice(session).organisation):
        with pytest.raises(DomainError):
            invite(session, voice(session), one, organisation.id, by())
