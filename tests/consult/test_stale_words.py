"""Words given from a page count only for the text that this page showed."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from consult.changes.operations import Delete
from consult.models import Agreement, Contribution, ContributionState, Draft, DraftState, Sponsor
from consult.services import sponsoring
from consult.services.admission import return_to_author
from consult.services.adopting import ask_group
from consult.services.contributions import write
from consult.services.drafts import begin_next, change, publish
from consult.services.saying import Said
from consult.services.submitting import in_progress, submit
from consult.services.withdrawing import revise
from tests.consult.after import a_group
from tests.consult.arranged import a_draft, a_round, act, lineage
from tests.consult.speaking import (
    a_comment,
    an_amendment,
    by,
    contributions_of,
    says,
    submits,
    voice,
)
from tests.consult.visiting import DESK, focal_of, rows, staff_of
from tests.consult.writing import DRAFTS, Writing
from tests.factories import a_society
from tests.pages import form_with

AGREEMENT = "/consultations/strategy-text/agreement/leadership/KEN"
ONE = f"{DESK}/contributions/1"
ADMISSION = f"{DESK}/rounds/round-1/batch?queue=admission"


@pytest.fixture
def given(session: Session) -> Contribution:
    """Kenya's submitted comment."""
    a_society(session)
    a_round(session, a_draft(session))
    (one,) = contributions_of(session, submits(session, a_comment("Fine words.")))
    return one


def goes_in_anew(session: Session, given: Contribution, **words: Any) -> None:
    """It was sent back, and is submitted with other words. Commits."""
    session.rollback()
    given = session.get_one(Contribution, given.id, populate_existing=True)
    return_to_author(session, [given.id], "Say it otherwise.", act())
    speaking = voice(session)
    revision = revise(session, speaking, given, by())
    write(session, speaking, replace(Said.of(revision), **words), by(), one=revision)
    submit(session, speaking, in_progress(session, speaking), by())
    session.commit()


def test_consent_is_recorded_for_the_draft_that_was_read(app: Flask, session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    group = a_group(session, kenya)
    ask_group(session, draft, group, act())
    focal = focal_of(app, session, kenya)
    shown = form_with(focal.get(AGREEMENT).text, "reason").fields
    newer = begin_next(session, session.get_one(Draft, draft.id), act())
    change(session, newer, [Delete(lineage=lineage("p1"), note="Said above.")], act())
    publish(session, newer, act())
    session.commit()

    unasked = focal.send(AGREEMENT, {**shown, "word": "object", "reason": "Too weak."})
    ask_group(session, newer, group, act())
    session.commit()
    stale = focal.send(AGREEMENT, {**shown, "word": "object", "reason": "Too weak."})

    assert (unasked.status_code, stale.status_code) == (409, 409)
    assert "Too weak." in unasked.text
    assert "A newer draft was published" in stale.text
    assert rows(session, Agreement) == []
    again = form_with(stale.text, "reason").fields
    assert "Too weak." in str(again["reason"])
    assert focal.send(AGREEMENT, {**again, "word": "consent"}).status_code == 303
    assert [one.draft_id for one in rows(session, Agreement)] == [newer.id]


def test_nobody_stands_behind_words_that_were_changed_since(app: Flask, session: Session) -> None:
    a_society(session)
    ghana = a_society(session, "GHA")
    a_round(session, a_draft(session))
    one = says(session, an_amendment())
    sponsoring.invite(session, voice(session), one, ghana.id, by())
    (given,) = contributions_of(session, submits(session))
    theirs = focal_of(app, session, ghana)
    joint = "/rounds/round-1/GHA/joint"
    shown = form_with(theirs.get(joint).text, "edition").fields
    goes_in_anew(session, given, proposal="Quite other words.")

    stale = theirs.send(f"{joint}/{given.id}", {**shown, "do": "confirmed"})

    assert stale.status_code == 409
    assert "The words were changed" in stale.text
    assert "Quite" in stale.text
    assert [row.decided_at for row in rows(session, Sponsor)] == [None]
    again = form_with(stale.text, "edition").fields
    assert theirs.send(f"{joint}/{given.id}", {**again, "do": "confirmed"}).status_code == 303


def test_words_nobody_has_read_are_neither_admitted_nor_sent_back(
    app: Flask, session: Session, given: Contribution
) -> None:
    staff = staff_of(app, session)
    shown = form_with(staff.get(ONE).text, "seen").fields
    queue = form_with(staff.get(f"{DESK}/rounds/round-1/admission").text, "seen_1").fields
    goes_in_anew(session, given, text="Other words.")
    reason = "What do you mean?"

    stale = [
        staff.send(f"{ONE}/admit", shown),
        staff.send(f"{ONE}/return", {**shown, "return_reason": reason}),
        staff.send(ADMISSION, {**queue, "chosen": "1", "do": "admit"}),
        staff.send(ADMISSION, {**queue, "chosen": "1", "do": "return", "return_reason": reason}),
    ]

    assert [answer.status_code for answer in stale] == [409] * 4
    assert all("Other words." in answer.text for answer in stale)
    assert reason in stale[1].text
    assert reason in stale[3].text
    assert [one.state for one in rows(session, Contribution)] == [ContributionState.SUBMITTED]
    again = form_with(stale[0].text, "seen").fields
    assert staff.send(f"{ONE}/admit", again).status_code == 303


@pytest.fixture
def writing(app: Flask, session: Session) -> Writing:
    return Writing(app, session)


def test_a_draft_changed_since_the_page_was_made_is_not_published(writing: Writing) -> None:
    shown = form_with(writing.browser.get(f"{DRAFTS}/1/publish").text, "edition").fields
    writing.send("p2", "delete", note="Said above.")

    stale = writing.browser.send(f"{DRAFTS}/1/publish/now", shown)

    assert stale.status_code == 409
    assert "This draft was changed since" in stale.text
    assert writing.now().state is DraftState.IN_WORK
    writing.session.rollback()
    again = form_with(stale.text, "edition").fields
    assert writing.browser.send(f"{DRAFTS}/1/publish/now", again).status_code == 303
