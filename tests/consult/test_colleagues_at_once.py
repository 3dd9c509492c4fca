"""Those of one organisation and its partners at the same moment: no step undoes another."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import (
    Contribution,
    ContributionSubmission,
    Sponsor,
    SponsorState,
)
from consult.services.contributions import write
from consult.services.sponsoring import answer, invite, uninvite
from consult.services.submitting import in_progress, shown_as, submit
from core.errors import Conflict, DomainError
from movement.models import Organisation
from tests.consult.arranged import a_draft, a_round
from tests.consult.moments import at_once
from tests.consult.speaking import (
    a_comment,
    an_amendment,
    by,
    contributions_of,
    says,
    submits,
    voice,
)
from tests.consult.visiting import rows
from tests.factories import a_society

pytestmark = pytest.mark.both_databases
Step = Callable[[Session, Contribution], object]


@pytest.fixture
def kenya(session: Session) -> Organisation:
    """Kenya, which is asked about a draft together with Ghana."""
    kenya = a_society(session)
    a_society(session, "GHA")
    a_round(session, a_draft(session))
    return kenya


def test_words_that_a_colleague_saves_while_they_are_submitted_wait_to_be_read(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    one = says(session, a_comment("Words that were read."))
    seen = [shown_as(one)]
    session.commit()

    def saves(mine: Session) -> None:
        row = mine.get_one(Contribution, one.id)
        write(mine, voice(mine), a_comment("Words nobody saw."), by("colleague"), one=row)

    def submits_what_was_read(theirs: Session) -> None:
        speaking = voice(theirs)
        submit(theirs, speaking, in_progress(theirs, speaking), by(), seen=seen)

    refused = at_once(app, saves, submits_what_was_read)

    assert [type(each) for each in refused] == [Conflict]
    assert rows(session, ContributionSubmission) == []


def test_who_confirms_while_its_name_is_taken_back_stays_a_sponsor(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    ghana = voice(session, "GHA").organisation
    invite(session, voice(session), says(session, an_amendment()), ghana.id, by())
    (given,) = contributions_of(session, submits(session))
    session.commit()

    def confirms(mine: Session) -> None:
        row = mine.get_one(Contribution, given.id)
        answer(mine, voice(mine, "GHA"), row, SponsorState.CONFIRMED, by("ghana"))

    def takes_back(theirs: Session) -> None:
        row = theirs.get_one(Contribution, given.id)
        theirs.get(Sponsor, (given.id, ghana.id))  # as its page has read it
        uninvite(theirs, voice(theirs), row, ghana.id, by())

    refused = at_once(app, confirms, takes_back)

    assert [type(each) for each in refused] == [Conflict]
    assert [one.state for one in rows(session, Sponsor)] == [SponsorState.CONFIRMED]


def twice(app: Flask, one: Contribution, step: Step) -> list[DomainError]:
    """Somebody presses the button twice; what the second press is refused with."""
    both = [lambda session: step(session, session.get_one(Contribution, one.id))] * 2
    return at_once(app, *both)


def test_an_organisation_asked_twice_at_once_is_asked_once(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    one, ghana = says(session, a_comment()), voice(session, "GHA").organisation
    session.commit()

    refused = twice(app, one, lambda own, row: invite(own, voice(own), row, ghana.id, by()))

    assert refused == []
    assert len(rows(session, Sponsor)) == 1
