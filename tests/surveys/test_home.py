"""The home page: what is asked of me and by when; for others, where their work is."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session, select

from movement.models import Assignment, Call, Organisation, Process, Role
from tests.factories import a_society, begun, browser_of, somebody
from tests.surveys.tiny import asking, question

FORM = asking(question("name", required=True))


def test_whoever_has_not_signed_in_is_told_how(app: Flask) -> None:
    page = app.test_client().get("/").text

    assert 'href="/sign-in"' in page
    assert "There is no password" in page


@pytest.mark.parametrize("role", [Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER])
def test_who_answers_for_a_society_sees_what_is_asked_and_until_when(
    app: Flask, session: Session, society: Organisation, call: Call, role: Role
) -> None:
    noon_in_nairobi = datetime.combine(call.closes_on - timedelta(days=21), time(9), UTC)
    with time_machine.travel(noon_in_nairobi):
        page = browser_of(app, session, somebody(session, role, society)).get("/").text

    assert "Spring survey" in page
    assert "Not started" in page
    assert "21 days left" in page
    assert "0 of 1 sections are complete" in page
    assert "A function" in page
    assert page.count('class="button"') == 1


@pytest.mark.parametrize(
    "role", [Role.SECRETARIAT, Role.CO_CHAIR, Role.CONSULTANT, Role.ADMINISTRATOR]
)
def test_others_see_no_questionnaire_of_a_society(
    app: Flask, session: Session, society: Organisation, call: Call, role: Role
) -> None:
    answer = browser_of(app, session, somebody(session, role)).get("/")

    assert answer.status_code == 200
    assert "/answer/spring/KEN" not in answer.text


def test_it_tells_how_far_the_society_is(
    app: Flask, session: Session, society: Organisation, call: Call
) -> None:
    browser = browser_of(app, session, somebody(session, Role.FOCAL_POINT, society))
    path = begun(browser, call, society)

    browser.send(f"{path}/sections/only", {"edition": "0", "q_name": "Clinics"})
    going = browser.get("/").text
    browser.send(f"{path}/submit", {"key": "k"})
    done = browser.get("/").text

    assert "In progress" in going
    assert "1 of 1 sections are complete" in going
    assert f"{path}/receipt" in done
    assert "days left" not in done


def test_it_tells_what_is_closed_and_what_was_declined(
    app: Flask, session: Session, society: Organisation, call: Call
) -> None:
    person = somebody(session, Role.FOCAL_POINT, society)
    browser = browser_of(app, session, person)
    browser.send("/answer/spring/KEN/decline")
    declined = browser.get("/").text
    browser.send("/answer/spring/KEN/decline", {"back": "1"})
    over = datetime.combine(call.closes_on, datetime.min.time(), UTC) + timedelta(days=2)
    with time_machine.travel(over, tick=False):
        closed = browser_of(app, session, person).get("/").text

    assert "Not taking part" in declined
    assert "Closed" in closed
    assert "days left" not in closed


def test_a_wave_that_invited_others_only_is_not_shown(
    app: Flask, session: Session, call: Call
) -> None:
    neighbour = somebody(session, Role.FOCAL_POINT, a_society(session, "GHA"))

    page = browser_of(app, session, neighbour).get("/").text

    assert "Nothing is asked of you now" in page
    assert "Spring survey" not in page


def test_a_call_can_be_started_from_home_in_one_press(
    app: Flask, session: Session, society: Organisation, call: Call
) -> None:
    browser = browser_of(app, session, somebody(session, Role.RESPONDENT, society))

    assert 'href="/answer/spring/KEN"' in browser.get("/").text
    assert browser.get("/answer/spring/KEN").status_code == 200


def test_the_secretariat_sees_how_each_open_wave_stands(
    app: Flask, session: Session, call: Call
) -> None:
    page = browser_of(app, session, somebody(session, Role.SECRETARIAT)).get("/").text

    assert "0 of 1 National Societies have submitted." in page
    assert 'href="/calls/spring"' in page


@pytest.mark.parametrize("role", [Role.CO_CHAIR, Role.CONSULTANT])
def test_who_follows_a_process_is_led_to_the_results_of_that_one_only(
    app: Flask, session: Session, call: Call, role: Role
) -> None:
    elsewhere = Process(code="elsewhere", titles={"en": "Elsewhere"})
    own, other = (somebody(session, role, email=f"{n}@example.org") for n in (1, 2))
    session.add(elsewhere)
    session.flush()
    for person, process_id in ((own, call.process_id), (other, elsewhere.id)):
        held = session.exec(select(Assignment).where(Assignment.person_id == person.id)).one()
        held.process_id = process_id
    session.commit()

    assert 'href="/results/spring/"' in browser_of(app, session, own).get("/").text
    assert "Spring survey" not in browser_of(app, session, other).get("/").text


def test_whoever_follows_no_open_wave_is_told_where_to_go(
    app: Flask, session: Session, call: Call
) -> None:
    page = browser_of(app, session, somebody(session, Role.ADMINISTRATOR)).get("/").text

    assert "Where to go" in page
    assert "Spring survey" not in page
