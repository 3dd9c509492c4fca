"""Those of one organisation and its partners at the same moment: no step undoes another."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from consult.models import (
    Contribution,
    ContributionState,
    ContributionSubmission,
    Draft,
    Endorsement,
    Round,
    Sponsor,
    SponsorState,
)
from consult.services import submitting, withdrawing
from consult.services.admission import return_to_author
from consult.services.contributions import endorse, remove, write
from consult.services.rounds import Rules, open_round
from consult.services.sponsoring import answer, invite, uninvite
from consult.services.submitting import in_progress, shown_as, submit
from consult.services.withdrawing import revise
from core.clock import now
from core.errors import Conflict, DomainError
from movement.models import Organisation, Role
from movement.services.calls import Opening
from tests.consult.arranged import a_draft, a_round, act
from tests.consult.moments import IN_THE_MIDST, at_once
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
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

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


def test_a_word_given_twice_at_once_is_one_word(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    one, colleague = says(session, a_comment()), somebody(session, Role.RESPONDENT, kenya)
    session.commit()
    who = by(person_id=colleague.id)

    refused = twice(app, one, lambda own, row: endorse(own, voice(own), row, who, endorses=True))

    assert refused == []
    assert len(rows(session, Endorsement)) == 1


def test_what_is_removed_twice_at_once_is_refused_in_words(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    author = somebody(session, Role.RESPONDENT, kenya)
    one = says(session, a_comment(), by=by(person_id=author.id))
    session.commit()
    gone = session.get_bind().dialect.name == "sqlite"  # there, before the second looks for it

    def removes(own: Session) -> None:
        row = own.get(Contribution, one.id)
        if row is not None:
            remove(own, voice(own), row, by(person_id=author.id))

    refused = at_once(app, removes, removes)

    assert [type(each) for each in refused] == ([] if gone else [Conflict])
    assert rows(session, Contribution) == []


def returned(session: Session) -> Contribution:
    """What Kenya submitted, and got back. Commits."""
    (one,) = contributions_of(session, submits(session, a_comment("Old.")))
    return_to_author(session, [one.id], "Why?", act())
    session.commit()
    return one


def test_a_returned_contribution_is_begun_anew_once(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    one = returned(session)

    refused = twice(app, one, lambda own, row: revise(own, voice(own), row, by()))

    assert refused == []
    revisions = [each.revises_id for each in rows(session, Contribution) if each.id != one.id]
    assert revisions == [one.id]


def test_of_two_rounds_opened_at_once_there_is_one(app: Flask, session: Session) -> None:
    a_society(session)
    draft = a_draft(session)
    session.commit()
    closes_on = (now() + timedelta(days=9)).date()

    def opens(own: Session, code: str) -> None:
        opening = Opening(code, {"en": "A round"}, closes_on)
        open_round(own, own.get_one(Draft, draft.id), opening, Rules(), act())

    refused = at_once(app, lambda own: opens(own, "first"), lambda own: opens(own, "second"))

    assert [type(each) for each in refused] == [Conflict]
    assert len(rows(session, Round)) == 1


def test_what_is_withdrawn_while_a_colleague_submits_it_anew_is_withdrawn(
    app: Flask, session: Session, kenya: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = returned(session)
    revision = revise(session, voice(session), one, by())
    session.commit()
    refused, decided = list[Exception](), withdrawing.decided

    def submits_anew() -> None:
        with app.extensions["sessions"]() as theirs:
            try:
                left = theirs.get(Contribution, revision.id)
                submit(theirs, voice(theirs), [left] if left else [], by())
                theirs.commit()
            except (DomainError, OperationalError) as error:
                refused.append(error)

    colleague = Thread(target=submits_anew)

    def wait_and_look(*asked: object) -> bool:
        colleague.start()
        colleague.join(IN_THE_MIDST)
        return decided(*asked)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(withdrawing, "decided", wait_and_look)
    with app.extensions["sessions"]() as mine:
        row = mine.get_one(Contribution, one.id)
        withdrawing.withdraw(mine, voice(mine), row, by(), reason="")
        mine.commit()
    colleague.join()

    assert [isinstance(each, DomainError) for each in refused] == [True]
    assert [each.state for each in rows(session, Contribution)] == [ContributionState.WITHDRAWN]


def test_submitting_pressed_twice_at_once_leads_to_one_receipt(
    app: Flask, session: Session, kenya: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(session, a_comment())
    signs = somebody(session, Role.FOCAL_POINT, kenya)
    first, second = (browser_of(app, session, signs) for _ in range(2))
    fields = form_with(second.get("/rounds/round-1/KEN/check").text, "chosen").fields
    sent = {name: value for name, value in fields.items() if name != "csrf_token"}
    session.commit()
    answers, lock = list[str | None](), submitting.lock

    def press(browser: Browser) -> None:
        answers.append(browser.send("/rounds/round-1/KEN/submit", sent).location)

    other = Thread(target=press, args=(first,))

    def wait_and_lock(*held: object) -> None:
        monkeypatch.setattr(submitting, "lock", lock)
        other.start()
        other.join(IN_THE_MIDST)
        lock(*held)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(submitting, "lock", wait_and_lock)
    press(second)
    other.join()

    (made,) = rows(session, ContributionSubmission)
    assert answers == [f"/rounds/round-1/KEN/receipts/{made.reference}"] * 2
