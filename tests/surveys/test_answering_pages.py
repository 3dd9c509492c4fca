"""Answering in a browser without JavaScript: saving, deadlines, refusals that keep the text."""

from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from movement.models import Call, Organisation, Participation, ParticipationState, Role
from surveys.definition import QuestionKind
from surveys.models import AnswerChange
from tests.factories import Browser, a_society, an_open_wave, begun, browser_of, held, somebody
from tests.pages import form_with
from tests.surveys.tiny import OF_EVERY_KIND, choices, only_if, question, section, tiny

ACTIVE = OF_EVERY_KIND[QuestionKind.YES_NO]
STORY = OF_EVERY_KIND[QuestionKind.LONG_TEXT]
FORM = tiny(
    section("one", question("name", required=True), OF_EVERY_KIND[QuestionKind.INTEGER], ACTIVE),
    section(
        "two",
        STORY,
        question(
            "colours",
            QuestionKind.CHOOSE_MANY,
            choices=choices("red", "blue", "other"),
            rotate=True,
            relevant=only_if("active", "yes"),
        ),
    ),
)
EVERYTHING = tiny(section("all", *OF_EVERY_KIND.values()))


@pytest.fixture
def society(session: Session) -> Organisation:
    return a_society(session)


@pytest.fixture
def call(session: Session, society: Organisation) -> Call:
    return an_open_wave(session, FORM)


@pytest.fixture
def browser(app: Flask, session: Session, society: Organisation, call: Call) -> Browser:
    return browser_of(app, session, somebody(session, Role.FOCAL_POINT, society, language="en"))


@pytest.fixture
def path(browser: Browser, call: Call, society: Organisation) -> str:
    return begun(browser, call, society)


def save(browser: Browser, path: str, code: str, **fields: Any) -> int:
    """Send a section's page as a browser would, with these fields changed; return the status."""
    page = browser.get(f"{path}/sections/{code}").text
    sent = form_with(page, "edition").fields | {name: [value] for name, value in fields.items()}
    return browser.send(f"{path}/sections/{code}", sent).status_code


def test_the_page_before_the_first_question_tells_why_and_until_when(
    browser: Browser, session: Session
) -> None:
    page = browser.get("/answer/spring/KEN").text

    assert "Why we ask (en)" in page
    assert "Nairobi" in page
    part = session.exec(select(Participation)).one()
    assert part.state is ParticipationState.OPENED


def test_every_kind_of_question_comes_back_as_it_was_saved(app: Flask, session: Session) -> None:
    society = a_society(session)
    call = an_open_wave(session, EVERYTHING)
    browser = browser_of(app, session, somebody(session, Role.RESPONDENT, society))
    path = begun(browser, call, society)
    filled = {
        "edition": "0", "q_name": "=1+1", "q_story": "\n Two\r\nlines", "q_staff": "1,200",
        "q_colour": "other", "q_colour-other": "Violet", "q_colours": ["blue", "red"],
        "q_urgency": "dont_know", "q_importance-water": "4", "q_first_three-1": "c",
        "q_first_three-2": "a", "q_shares-water": "60", "q_shares-health": "40",
        "q_day": "28/02/2020", "q_active": "no",
    }  # fmt: skip

    browser.send(f"{path}/sections/all", filled)
    first = held(session).answers
    page = browser.get(f"{path}/sections/all").text
    browser.send(f"{path}/sections/all", form_with(page, "edition").fields)

    assert first == {
        "name": "=1+1", "story": "Two\nlines", "staff": 1200,
        "colour": {"choice": "other", "text": "Violet"}, "colours": ["red", "blue"],
        "urgency": "dont_know", "importance": {"water": 4}, "first_three": ["c", "a"],
        "shares": {"water": 60, "health": 40}, "day": "2020-02-28", "active": False,
    }  # fmt: skip
    assert held(session).answers == first
    assert held(session).editions == {"all": 2}


def test_an_unfinished_section_is_saved_and_taken_up_again(
    browser: Browser, session: Session, path: str
) -> None:
    answer = browser.send(f"{path}/sections/one", {"edition": "0", "q_staff": "12"})

    assert answer.location == f"{path}/sections/two"
    assert held(session).answers == {"staff": 12}
    assert 'value="12"' in browser.get(f"{path}/sections/one").text


def test_what_cannot_be_read_is_named_beside_its_question_and_shown_again(
    browser: Browser, session: Session, path: str
) -> None:
    answer = browser.send(f"{path}/sections/one", {"edition": "0", "q_staff": "twelve"})
    page = browser.get(answer.location).text

    assert held(session).unread == {"staff": {"": ["twelve"]}}
    assert 'value="twelve"' in page
    assert page.count("Write a whole number in digits") == 2
    assert 'aria-invalid="true"' in page
    assert 'href="#q_staff"' in page


def test_correcting_what_could_not_be_read_clears_it(
    browser: Browser, session: Session, path: str
) -> None:
    save(browser, path, "one", q_staff="twelve")
    save(browser, path, "one", q_staff="12")

    assert (held(session).unread, held(session).answers) == ({}, {"staff": 12})


def test_emptying_a_field_clears_its_answer_and_the_history_tells(
    browser: Browser, session: Session, path: str
) -> None:
    save(browser, path, "one", q_name="Clinics")
    save(browser, path, "one", q_name=" ")

    changes = session.exec(select(AnswerChange).order_by(col(AnswerChange.id))).all()
    assert held(session).answers == {}
    assert [(c.before, c.after) for c in changes] == [(None, "Clinics"), ("Clinics", None)]
    assert {c.by for c in changes} == {"focal_point.ken@example.org"}


def test_an_answer_hidden_by_another_section_survives_saving_its_own(
    browser: Browser, session: Session, path: str
) -> None:
    save(browser, path, "one", q_active="yes")
    save(browser, path, "two", q_colours="red")
    save(browser, path, "one", q_active="no")
    assert "q_colours" not in browser.get(f"{path}/sections/two").text

    save(browser, path, "two", q_story="More")
    save(browser, path, "one", q_active="yes")

    assert held(session).answers["colours"] == ["red"]
    assert held(session).answers["story"] == "More"


def test_fields_nobody_asked_for_change_nothing(
    browser: Browser, session: Session, path: str
) -> None:
    before = held(session).organisation_id

    save(
        browser, path, "one",
        q_name="x", organisation_id="1", state="submitted", region_code="mena", q_colours="red",
        role="administrator", q_nothing="x",
    )  # fmt: skip

    after = held(session)
    assert after.answers == {"name": "x"}
    assert (after.organisation_id, after.state, after.region_code) == (
        before, "in_progress", "africa",
    )  # fmt: skip


@pytest.mark.parametrize("edition", ["", "-1", "x", "1.5", "٣", "9" * 30, "0 OR 1=1"])
def test_a_damaged_page_is_refused_and_its_text_shown(
    browser: Browser, session: Session, path: str, edition: str
) -> None:
    answer = browser.send(f"{path}/sections/one", {"edition": edition, "q_name": "Clinics"})

    assert answer.status_code == 400
    assert "Question name (en)" in answer.text
    assert "Clinics" in answer.text
    assert held(session).answers == {}


def test_a_page_from_the_future_is_a_conflict_and_not_an_error(
    browser: Browser, session: Session, path: str
) -> None:
    answer = browser.send(f"{path}/sections/one", {"edition": "7", "q_name": "Clinics"})

    assert answer.status_code == 409
    assert held(session).answers == {}


def test_a_stale_page_shows_both_texts_and_who_saved(
    browser: Browser, session: Session, path: str
) -> None:
    save(browser, path, "one", q_name="Theirs")

    answer = browser.send(f"{path}/sections/one", {"edition": "0", "q_name": "Mine"})

    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "<bdi>Theirs</bdi>" in answer.text
    assert "focal_point.ken@example.org" in answer.text
    again = browser.send(f"{path}/sections/one", form_with(answer.text, "edition").fields)
    assert again.status_code == 303
    assert held(session).answers["name"] == "Mine"


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


def test_a_text_past_its_limit_is_kept_whole_until_it_is_shortened(
    browser: Browser, session: Session, path: str
) -> None:
    answer = browser.send(f"{path}/sections/two", {"edition": "0", "q_story": "x" * 150_000})

    assert "check=1" in answer.location
    assert held(session).unread["story"] == {"": ["x" * 150_000]}
    assert "150000" in browser.get(answer.location).text.replace(",", "")


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


def test_saving_and_going_back_leads_to_the_overview(browser: Browser, path: str) -> None:
    answer = browser.send(f"{path}/sections/one", {"edition": "0", "then": "stay"})

    assert answer.location == path
    overview = browser.get(path).text
    assert "Section one (en)" in overview
    assert "Not started" in overview


def test_a_section_that_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    assert browser.get(f"{path}/sections/three").status_code == 404
    assert browser.send(f"{path}/sections/three", {"edition": "0"}).status_code == 404


def test_a_script_in_an_answer_is_inert_on_every_page(browser: Browser, path: str) -> None:
    evil = "<script>alert(1)</script>{{ 7 * 7 }}"
    save(browser, path, "one", q_name=evil)
    save(browser, path, "two", q_story=evil)

    for page in ("/sections/one", "/sections/two", "/check", "/history"):
        html = browser.get(path + page).text
        assert "alert(1)" in html
        assert "<script>alert" not in html
        assert "{{ 7 * 7 }}" in html


@pytest.mark.parametrize(("method", "allowed"), [("GET", 2), ("POST", 6)])
def test_a_section_needs_few_statements(
    app: Flask, browser: Browser, path: str, method: str, allowed: int
) -> None:
    save(browser, path, "one", q_name="warm")
    statements: list[str] = []
    engine = app.extensions["sessions"].engine
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))

    if method == "GET":
        browser.get(f"{path}/sections/one")
    else:
        browser.send(f"{path}/sections/one", {"edition": "1", "q_name": "Clinics", "q_staff": "3"})

    assert len([s for s in statements if not s.startswith("BEGIN")]) <= allowed, statements
