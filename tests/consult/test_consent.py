"""Consent to showing a statement: an organisation's own, and to the words it has agreed to."""

from datetime import date

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import Statement
from consult.services.drafts import Act
from consult.services.meeting_records import Spoken, record_statement
from consult.services.meetings import Details, begin
from core.clock import now
from movement.models import Organisation, Process, Role
from tests.consult.arranged import a_draft, a_round
from tests.consult.visiting import focal_of, rows, staff_of
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

WORDS = "We walk the route\nwith people."
OTHER = "We walk with nobody."


@pytest.fixture
def kenya(session: Session) -> Organisation:
    return a_society(session, "KEN")


@pytest.fixture
def statement(session: Session, kenya: Organisation) -> Statement:
    """What Kenya, which is asked in its process, said at a meeting and agreed that others read."""
    a_round(session, a_draft(session))
    process = session.exec(select(Process)).one()
    details = Details({"en": "Spring meeting"}, date(2027, 3, 1), date(2027, 3, 2), "Nairobi")
    act = Act(now(), "secretariat")
    meeting = begin(session, process, "spring-meeting", details, act)
    one = record_statement(session, meeting, Spoken(kenya.id, WORDS, "en", consent=True), act)
    session.commit()
    return one


@pytest.fixture
def staff(app: Flask, session: Session) -> Browser:
    return staff_of(app, session)


def path(statement: Statement) -> str:
    return f"/meetings/spring-meeting/statements/{statement.id}"


def consents(session: Session) -> bool:
    (one,) = rows(session, Statement)
    return one.consent


def opened(staff: Browser, statement: Statement) -> dict[str, list[str]]:
    """The form of a statement as its page gives it."""
    return form_with(staff.get(path(statement)).text, "text").fields


def test_consent_taken_back_meanwhile_does_not_return_with_the_page_that_came_second(
    app: Flask, session: Session, statement: Statement, kenya: Organisation, staff: Browser
) -> None:
    shown = opened(staff, statement)
    focal_of(app, session, kenya).send(f"{path(statement)}/consent/withdraw")

    refused = staff.send(path(statement), shown | {"text": [OTHER]})
    again = form_with(refused.text, "text").fields
    saved = staff.send(path(statement), again)

    assert (refused.status_code, saved.status_code) == (409, 303)
    assert again["text"] == [OTHER]
    assert not consents(session)


def test_consent_is_not_given_to_words_that_the_page_did_not_show(
    app: Flask, session: Session, statement: Statement, kenya: Organisation, staff: Browser
) -> None:
    focal = focal_of(app, session, kenya)
    focal.send(f"{path(statement)}/consent/withdraw")
    seen = form_with(focal.get("/meetings/spring-meeting").text, "seen").fields
    staff.send(path(statement), opened(staff, statement) | {"text": [OTHER]})

    answer = focal.send(f"{path(statement)}/consent/give", seen)

    page = focal.get(answer.headers["Location"]).text
    assert "corrected since you opened the page" in page
    assert OTHER in page
    assert not consents(session)


def test_consent_ends_with_the_words_it_was_given_to(
    app: Flask, session: Session, statement: Statement, staff: Browser
) -> None:
    chair = browser_of(app, session, somebody(session, Role.CO_CHAIR))
    page = staff.get(path(statement)).text

    staff.send(path(statement), opened(staff, statement) | {"text": [OTHER]})

    assert "If the words or the organisation change, the statement is no longer shown" in page
    assert not consents(session)
    assert OTHER not in chair.get("/meetings/spring-meeting").text


def test_consent_ends_where_other_people_said_it(
    session: Session, statement: Statement, staff: Browser
) -> None:
    ghana = a_society(session, "GHA")
    session.commit()

    staff.send(path(statement), opened(staff, statement) | {"organisation": [str(ghana.id)]})

    assert not consents(session)


def test_consent_to_the_changed_words_is_ticked_with_them(
    session: Session, statement: Statement, staff: Browser
) -> None:
    staff.send(path(statement), opened(staff, statement) | {"text": [OTHER], "renewed": ["y"]})

    assert consents(session)


def test_consent_stays_where_the_same_words_come_with_a_browsers_ends_of_lines(
    session: Session, statement: Statement, staff: Browser
) -> None:
    same = {"text": [WORDS.replace("\n", "\r\n")], "language": ["fr"]}

    staff.send(path(statement), opened(staff, statement) | same)

    assert consents(session)
