"""What staff enter on an organisation's behalf: once for a page, with a receipt."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import Contribution, ContributionSubmission
from consult.services import receiving
from consult.services.meetings import Details, begin
from consult.services.submitting import in_progress, submit
from core.models import Mail
from movement.models import Organisation, Process, Role
from tests.consult.arranged import a_draft, a_round, act, lineage
from tests.consult.moments import IN_THE_MIDST
from tests.consult.speaking import a_comment, by, says, voice
from tests.consult.visiting import DESK, rows
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

PAGES = (f"{DESK}/rounds/round-1/enter", "/meetings/spring-meeting/contributions/add")
pytestmark = pytest.mark.both_databases


@pytest.fixture
def kenya(session: Session) -> Organisation:
    """Kenya, asked about a draft of which a meeting speaks too. Commits."""
    kenya = a_society(session)
    draft = a_draft(session)
    details = Details({"en": "Spring"}, date(2027, 3, 1), date(2027, 3, 2))
    details = replace(details, consultation_id=draft.consultation_id)
    begin(session, session.exec(select(Process)).one(), "spring-meeting", details, act())
    a_round(session, draft)
    somebody(session, Role.FOCAL_POINT, kenya)
    return kenya


@pytest.fixture
def staff(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def filled_in(browser: Browser, page: str) -> dict[str, Any]:
    """The page's form with something said in it, to be sent with any browser's token."""
    fields: dict[str, Any] = {**form_with(browser.get(page).text, "note").fields}
    chosen = {"organisation": "KEN", "place": str(lineage("p1")), "language": "en"}
    del fields["csrf_token"]
    return {**fields, **chosen, "note": "A letter", "text": "Hello."}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_sent_twice_enters_one_and_mails_one_receipt(
    session: Session, kenya: Organisation, staff: Browser, page: str
) -> None:
    sent = filled_in(staff, page)

    answers = [staff.send(page, sent).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert [one.number for one in rows(session, Contribution)] == [1]
    mails = [(one.purpose, one.to_address) for one in rows(session, Mail)]
    assert mails == [("receipt", "focal_point.ken@example.org")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_sent_again_with_other_words_says_that_these_are_not_entered(
    session: Session, kenya: Organisation, staff: Browser, page: str
) -> None:
    sent = filled_in(staff, page)
    staff.send(page, sent)

    again = staff.send(page, sent | {"text": "Something else."})

    assert again.status_code == 409
    assert "Something else." in again.text
    assert "sent already, with other words" in again.text
    assert [one.text for one in rows(session, Contribution)] == ["Hello."]


def in_the_midst(monkeypatch: pytest.MonkeyPatch, does: Callable[[], object]) -> Thread:
    """Somebody does this while staff have written what they enter, and not submitted it yet."""
    other = Thread(target=does)

    def wait_and_submit(*given: Any) -> ContributionSubmission:
        monkeypatch.setattr(receiving, "submit", submit)
        other.start()
        other.join(IN_THE_MIDST)
        return submit(*given)

    monkeypatch.setattr(receiving, "submit", wait_and_submit)
    return other


@pytest.mark.parametrize("page", PAGES)
def test_a_page_sent_twice_at_once_enters_one(
    app: Flask, session: Session, kenya: Organisation, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    person = somebody(session, Role.SECRETARIAT)
    first, second = (browser_of(app, session, person) for _ in range(2))
    sent = filled_in(first, page)
    answers = list[int]()
    other = in_the_midst(monkeypatch, lambda: answers.append(second.send(page, sent).status_code))

    answers.append(first.send(page, sent).status_code)
    other.join()

    assert answers == [303, 303]
    assert [one.number for one in rows(session, Contribution)] == [1]


def test_what_staff_enter_and_what_a_colleague_submits_meanwhile_both_go_in(
    app: Flask, session: Session, kenya: Organisation, staff: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    says(session, a_comment("Ours."))
    sent = filled_in(staff, PAGES[0])

    def submits() -> None:
        with app.extensions["sessions"]() as own:
            submit(own, voice(own), in_progress(own, voice(own)), by())
            own.commit()

    other = in_the_midst(monkeypatch, submits)

    answer = staff.send(PAGES[0], sent)
    other.join()

    assert answer.status_code == 303
    assert sorted(one.number or 0 for one in rows(session, Contribution)) == [1, 2]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_chosen_before_staff_say_whose_words_they_are(
    session: Session, kenya: Organisation, staff: Browser, page: str
) -> None:
    refused = staff.send(page, filled_in(staff, page) | {"organisation": ""})

    assert refused.status_code == 400
    assert "Choose whose words these are." in refused.text
    assert rows(session, Contribution) == []
