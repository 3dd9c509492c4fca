"""Answering refused: damaged, late or unlucky pages change nothing, and lose nothing typed."""

from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from movement.models import Call, Organisation, Role
from surveys.definition import QuestionKind
from tests.factories import (
    Browser,
    a_society,
    an_open_wave,
    begun,
    browser_of,
    held,
    save,
    somebody,
)
from tests.pages import form_with
from tests.surveys.tiny import OF_EVERY_KIND, question, section, tiny

FORM = tiny(
    section("one", question("name", required=True)),
    section("two", OF_EVERY_KIND[QuestionKind.LONG_TEXT]),
)


@pytest.fixture
def browser(app: Flask, session: Session, society: Organisation, call: Call) -> Browser:
    return browser_of(app, session, somebody(session, Role.FOCAL_POINT, society, language="en"))


@pytest.mark.parametrize("edition", ["", "-1", "x", "1.5", "٣", "9" * 30, "0 OR 1=1"])
def test_a_damaged_page_is_refused_and_its_text_shown(
    browser: Browser, session: Session, path: str, edition: str
) -> None:
    answer = browser.send(f"{path}/sections/one", {"edition": edition, "q_name": "Clinics"})

    assert answer.status_code == 400
    assert "Question name (en)" in answer.text
    assert "Clinics" in answer.text
    assert held(session).answers == {}


def test_a_form_that_is_no_text_or_has_too_many_fields_is_refused(
    browser: Browser, session: Session, path: str
) -> None:
    plain = {"content_type": "application/x-www-form-urlencoded"}
    page = f"{path}/sections/one"

    broken = browser.client.post(page, data=b"q_name=\xff\xfe", **plain)
    endless = browser.client.post(page, data="&".join(f"f{i}=1" for i in range(10_000)), **plain)

    assert (broken.status_code, endless.status_code) == (400, 413)
    assert held(session).answers == {}


def test_half_a_megabyte_in_a_field_is_refused_and_nothing_changed(
    browser: Browser, session: Session, path: str
) -> None:
    answer = browser.send(f"{path}/sections/two", {"edition": "0", "q_story": "x" * 500_000})

    assert answer.status_code == 413
    assert held(session).answers == {}


@pytest.mark.parametrize("odd", ["\x00", "\x1b", "\u202e"])
def test_invisible_characters_are_refused_and_the_rest_of_the_text_kept(
    browser: Browser, session: Session, path: str, odd: str
) -> None:
    answer = browser.send(f"{path}/sections/one", {"edition": "0", "q_name": f"Cli{odd}nics"})

    assert answer.status_code == 400
    assert "Clinics" in answer.text
    assert odd not in answer.text
    again = browser.send(f"{path}/sections/one", form_with(answer.text, "q_name").fields)
    assert again.status_code == 303
    assert held(session).answers == {"name": "Clinics"}


@pytest.mark.parametrize("token", [None, "another"])
def test_a_page_without_its_token_is_refused_and_can_be_sent_again(
    browser: Browser, session: Session, path: str, token: str | None
) -> None:
    fields = {"edition": "0", "q_name": "Clinics"} | ({"csrf_token": token} if token else {})

    answer = browser.client.post(f"{path}/sections/one", data=fields)

    assert answer.status_code == 400
    assert "Question name (en)" in answer.text
    again = browser.client.post(
        f"{path}/sections/one", data=form_with(answer.text, "q_name").fields
    )
    assert again.status_code == 303
    assert held(session).answers == {"name": "Clinics"}


def fail_at(app: Flask, statement: str) -> Any:
    """Make the database fail where a statement begins like this; return what takes it back."""
    engine = app.extensions["sessions"].engine

    def fail(_conn: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.startswith(statement):
            raise OperationalError(sql, {}, Exception("disk full"))

    event.listen(engine, "before_cursor_execute", fail)
    return lambda: event.remove(engine, "before_cursor_execute", fail)


@pytest.mark.parametrize("statement", ["UPDATE response", "INSERT INTO answer_change"])
@pytest.mark.both_databases
def test_a_database_that_fails_in_the_middle_of_saving_loses_no_text(
    app: Flask, browser: Browser, session: Session, path: str, statement: str
) -> None:
    mend = fail_at(app, statement)
    answer = browser.send(f"{path}/sections/one", {"edition": "0", "q_name": "Clinics"})
    mend()

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Question name (en)" in answer.text
    assert statement not in answer.text
    assert (held(session).answers, held(session).editions) == ({}, {})
    again = browser.send(f"{path}/sections/one", form_with(answer.text, "q_name").fields)
    assert again.status_code == 303
    assert held(session).answers == {"name": "Clinics"}


ZONES = [
    ("Pacific/Auckland", "2026-03-31T10:59:00Z", "2026-03-31T11:00:00Z"),
    ("America/Los_Angeles", "2026-04-01T06:59:00Z", "2026-04-01T07:00:00Z"),
    ("Asia/Kolkata", "2026-03-31T18:29:00Z", "2026-03-31T18:30:00Z"),
]


@pytest.mark.parametrize(("zone", "before", "after"), ZONES)
def test_a_wave_closes_with_the_day_of_the_organisation_by_the_servers_clock(
    app: Flask, session: Session, zone: str, before: str, after: str
) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        society = a_society(session, zone=zone)
        call = an_open_wave(session, FORM, closes_on=date(2026, 3, 31))
        person = somebody(session, Role.FOCAL_POINT, society)
        browser = browser_of(app, session, person)
        path = begun(browser, call, society)
    with time_machine.travel(before, tick=False):
        browser = browser_of(app, session, person)
        assert save(browser, path, "one", q_name="In time") == 303
        token = browser.token
    with time_machine.travel(after, tick=False):
        browser = Browser(browser.client, token)
        late = browser.send(f"{path}/sections/one", {"edition": "1", "q_name": "Too late"})
        submitted = browser.send(f"{path}/submit", {"key": "k"})
        declined = browser.send(f"/answer/{call.code}/KEN/decline", {"reason": "No staff"})
        started = browser.send(f"/answer/{call.code}/KEN")
        reading = browser.get(f"{path}/check").text

    assert [r.status_code for r in (late, submitted, declined, started)] == [409] * 4
    assert "Too late" in late.text
    assert "No staff" in declined.text
    assert "In time" in reading
    assert held(session).answers == {"name": "In time"}


def test_a_submitted_response_cannot_be_changed_and_the_text_is_shown(
    browser: Browser, session: Session, path: str
) -> None:
    save(browser, path, "one", q_name="Clinics")
    browser.send(f"{path}/submit", {"key": "k"})

    answer = browser.send(f"{path}/sections/one", {"edition": "1", "q_name": "Changed"})

    assert answer.status_code == 409
    assert "Reopen it to change answers" in answer.text
    assert "Changed" in answer.text
    assert held(session).answers == {"name": "Clinics"}
