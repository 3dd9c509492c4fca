"""A test run is answered as the real thing, says so everywhere and counts nowhere."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from analytics.queries.waves import find_waves, get_wave
from core.clock import now
from core.errors import NotFound
from core.models import Mail
from movement.models import Call, Organisation, Participation, Role
from movement.queries.calls import calls, get_call, open_calls
from movement.queries.participation import status
from movement.services.invitations import chosen, invite
from movement.services.messages import Office
from surveys.models import QuestionnaireVersion, Response, Wave
from surveys.queries.waves import newest_version, survey_line
from tests.factories import Browser, an_open_wave, browser_of, held, save, somebody
from tests.surveys.versions.publishing import FIRST, publisher, second

TEST = "Test: answers are not counted."


@pytest.fixture
def staff(app: Flask, session: Session, society: Organisation) -> Browser:
    """The secretariat's browser, after a wave was opened and a test run of the next version."""
    an_open_wave(session, FIRST)
    publisher(session).draft(second())
    session.commit()
    browser = browser_of(app, session, somebody(session, Role.SECRETARIAT))
    closing = (now() + timedelta(days=5)).date().isoformat()
    opened = browser.send("/surveys/tiny/trial", {"organisations": "ken", "closes_on": closing})
    assert opened.status_code == 303, opened.text
    session.rollback()
    return browser


@pytest.fixture
def browser(app: Flask, session: Session, society: Organisation, staff: Browser) -> Browser:
    return browser_of(app, session, somebody(session, Role.FOCAL_POINT, society))


def submitted(session: Session, browser: Browser) -> str:
    """Kenya answers the test run, and submits; the response's path."""
    start = browser.send("/answer/tiny-test-1/KEN")
    path = "/".join(start.location.split("/")[:3])
    save(browser, path, "one", q_name="Trying")
    assert browser.send(f"{path}/submit", {"key": "k"}).status_code == 303
    assert held(session, path).state == "submitted"
    return path


def test_a_test_run_asks_the_draft_and_not_the_published_version(
    session: Session, browser: Browser
) -> None:
    path = submitted(session, browser)

    response = held(session, path)
    tried = session.get_one(QuestionnaireVersion, response.version_id)
    survey = publisher(session).survey
    newest = newest_version(session, survey)
    assert tried.number < 0
    assert newest is not None
    assert newest.number == 1
    assert [call.code for call in survey_line(session, "tiny").calls] == ["spring"]


def test_every_page_mail_and_print_of_a_test_run_says_so(
    app: Flask, session: Session, browser: Browser
) -> None:
    begin = browser.get("/answer/tiny-test-1/KEN").text
    path = submitted(session, browser)

    pages = [begin, *(browser.get(f"{path}{page}").text for page in ("", "/check", "/receipt"))]
    pages.append(browser.get("/surveys/waves/tiny-test-1/blank").text)

    assert all(TEST in page for page in pages)
    assert TEST not in browser.get("/answer/spring/KEN").text
    session.rollback()
    call = get_call(session, "tiny-test-1")
    office = Office.of(app.config["SETTINGS"])
    invite(session, call, chosen(session, call, "KEN"), office=office, now=now())
    bodies = list(session.exec(select(Mail.body)))
    assert len(bodies) == 2
    assert all("answers are not counted" in body for body in bodies)


def test_what_is_answered_in_a_test_run_counts_nowhere(session: Session, browser: Browser) -> None:
    submitted(session, browser)

    session.rollback()
    assert [wave.call.code for wave in find_waves(session)] == ["spring"]
    assert get_wave(session, "spring").n == 0
    assert [call.code for call in calls(session)] == ["spring"]
    assert [call.code for call in open_calls(session)] == ["spring"]
    assert status(session, get_call(session, "tiny-test-1"), now=now())["N"] == 0
    assert status(session, get_call(session, "spring"), now=now())["submitted"] == 0
    with pytest.raises(NotFound):
        get_wave(session, "tiny-test-1")


def test_publishing_leaves_a_test_run_as_it_is(session: Session, browser: Browser) -> None:
    path = submitted(session, browser)
    before = held(session, path).version_id
    session.rollback()

    by = publisher(session)
    by.publish(second())

    assert held(session, path).version_id == before


def test_staff_answer_a_test_run_without_giving_a_reason(staff: Browser) -> None:
    answer = staff.send("/answer/tiny-test-1/KEN")

    assert answer.status_code == 303
    assert "/sections/" in answer.location


def test_a_test_run_is_deleted_with_all_that_was_in_it(
    session: Session, staff: Browser, browser: Browser
) -> None:
    submitted(session, browser)
    page = staff.get("/surveys/tiny/trials/tiny-test-1")

    gone = staff.send("/surveys/tiny/trials/tiny-test-1/delete")

    assert (page.status_code, gone.status_code) == (200, 303)
    session.rollback()
    assert session.exec(select(Response)).all() == []
    assert [v.number for v in session.exec(select(QuestionnaireVersion))] == [1]
    assert len(session.exec(select(Wave)).all()) == len(session.exec(select(Call)).all()) == 1
    assert len(session.exec(select(Participation)).all()) == 1


def test_a_real_wave_can_not_be_deleted_as_a_test_run(session: Session, staff: Browser) -> None:
    assert staff.send("/surveys/tiny/trials/spring/delete").status_code == 404
    assert {call.code for call in session.exec(select(Call))} == {"spring", "tiny-test-1"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"organisations": "", "closes_on": "2099-01-01"}, "Choose at least one organisation"),
        ({"organisations": "QQQ", "closes_on": "2099-01-01"}, "no organisation with the code QQQ"),
        ({"organisations": "KEN", "closes_on": "soon"}, "Choose the last day"),
        ({"organisations": "KEN", "closes_on": "2001-01-01"}, "is past"),
    ],
)
def test_an_impossible_test_run_is_refused_and_what_was_typed_stays(
    staff: Browser, fields: dict[str, str], sentence: str
) -> None:
    answer = staff.send("/surveys/tiny/trial", fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{fields["organisations"]}"' in answer.text
