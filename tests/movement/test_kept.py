"""A session that ends in mid-page: what was typed survives signing in (fault 19)."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from core.clock import now
from core.models import KeptForm
from movement.models import Person, Role
from movement.services import signin
from tests.movement.cast import TOKEN, ask_for_link, browser_of, post, somebody, two_societies

PAGE = "/organisations/KEN/people"
TYPED = {"email": "colleague@example.org", "name": "Line one & <b>two</b>", "role": "respondent"}


@pytest.fixture
def person(session: Session) -> Person:
    two_societies(session)
    return somebody(session, "focal@example.org", Role.FOCAL_POINT, "KEN")


@pytest.fixture
def browser(app: Flask, session: Session, person: Person) -> FlaskClient:
    return browser_of(app, session, person)


def end_sessions(session: Session, person: Person) -> None:
    signin.end_sessions_of(session, person.id, now=now())
    session.commit()


def test_the_text_of_an_ended_session_is_put_back_after_signing_in(
    browser: FlaskClient, session: Session, person: Person
) -> None:
    end_sessions(session, person)

    refused = post(browser, PAGE, dict(TYPED))
    back = post(browser, ask_for_link(browser, session, person.email), follow_redirects=True)
    csrf = TOKEN.search(back.text)
    assert csrf
    sent = browser.post(PAGE, data={**TYPED, "csrf_token": csrf[1]})

    assert refused.status_code == 401
    assert "What you typed is kept" in refused.text
    assert f'action="{PAGE}"' in back.text
    assert "Line one &amp; &lt;b&gt;two&lt;/b&gt;" in back.text
    assert sent.status_code == 303


def test_kept_text_holds_no_token(browser: FlaskClient, session: Session, person: Person) -> None:
    end_sessions(session, person)

    post(browser, PAGE, dict(TYPED))

    kept = session.scalars(select(KeptForm)).one()
    assert kept.fields == {name: [value] for name, value in TYPED.items()}
    assert (kept.path, kept.person_id) == (PAGE, person.id)


def test_kept_text_is_offered_at_one_sign_in_only(
    browser: FlaskClient, session: Session, person: Person
) -> None:
    end_sessions(session, person)
    post(browser, PAGE, dict(TYPED))
    first = post(browser, ask_for_link(browser, session, person.email))

    second = post(browser, ask_for_link(browser, session, person.email))

    assert first.headers["Location"].startswith("/kept/")
    assert second.headers["Location"] == "/"


def test_texts_of_several_pages_are_all_offered(
    browser: FlaskClient, session: Session, person: Person
) -> None:
    end_sessions(session, person)
    post(browser, PAGE, dict(TYPED))
    post(browser, PAGE, {**TYPED, "name": "Another"})

    back = post(browser, ask_for_link(browser, session, person.email), follow_redirects=True)

    assert back.request.path == "/kept"
    assert back.text.count('href="/kept/') == 2


def test_kept_text_is_nobody_elses(
    app: Flask, browser: FlaskClient, session: Session, person: Person
) -> None:
    end_sessions(session, person)
    post(browser, PAGE, dict(TYPED))
    kept = session.scalars(select(KeptForm)).one()
    session.commit()
    other = browser_of(app, session, somebody(session, "o@example.org", Role.FOCAL_POINT, "KEN"))

    assert other.get(f"/kept/{kept.id}").status_code == 404


def test_without_a_known_session_the_text_stays_in_the_page(
    client: FlaskClient, session: Session, person: Person
) -> None:
    answer = post(client, PAGE, dict(TYPED))

    assert answer.status_code == 401
    assert "colleague@example.org" in answer.text
    assert session.scalars(select(KeptForm)).all() == []


def test_too_large_a_text_stays_in_the_page(
    browser: FlaskClient, session: Session, person: Person
) -> None:
    end_sessions(session, person)

    answer = post(browser, PAGE, {"name": "x" * 200_001})

    assert answer.status_code == 401
    assert "x" * 1000 in answer.text
    assert session.scalars(select(KeptForm)).all() == []


def test_a_reader_is_led_to_sign_in_and_back(
    client: FlaskClient, session: Session, person: Person
) -> None:
    asked = client.get(f"{PAGE}?x=1")

    assert asked.status_code == 302
    assert asked.headers["Location"] == "/sign-in?next=/organisations/KEN/people?x%3D1"


def test_a_form_without_its_token_is_not_sent_and_its_text_is_shown(
    browser: FlaskClient, session: Session
) -> None:
    answer = browser.post(PAGE, data={**TYPED, "csrf_token": "another's"})

    assert answer.status_code == 400
    assert "colleague@example.org" in answer.text


def test_a_form_from_another_site_is_refused(browser: FlaskClient) -> None:
    answer = post(browser, PAGE, dict(TYPED), headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


def test_nothing_is_shown_as_typed_but_what_somebody_typed(
    browser: FlaskClient, session: Session, person: Person
) -> None:
    end_sessions(session, person)
    machinery = {"chosen": ["1", "2"], "seen_390": "admitted.0.-.-", "do": "decide"}

    post(browser, PAGE, {**machinery, "reason": "Said elsewhere."})
    back = post(browser, ask_for_link(browser, session, person.email), follow_redirects=True)

    shown = re.findall(
        r"<label[^>]*><bdi>(.*?)</bdi></label>\s*<textarea[^>]*>\n(.*?)</", back.text
    )
    assert shown == [("Motif", "Said elsewhere.")]
    assert 'name="seen_390" value="admitted.0.-.-"' in back.text
    assert f'<a href="{PAGE}">' in back.text


def test_a_refusal_leads_back_to_the_page_it_was_sent_from(browser: FlaskClient) -> None:
    sent = {"Origin": "http://localhost", "Referer": f"http://localhost{PAGE}"}

    own = browser.post(PAGE, data={**TYPED, "csrf_token": "old"}, headers=sent).text
    elsewhere = [
        browser.post(PAGE, data=TYPED, headers={"Referer": other}).text
        for other in ("http://evil.example/x", "http://localhost/sign-out", "http://localhost/x")
    ]

    assert f'<a href="{PAGE}">' in own
    assert not re.findall('<a href="(?:http://evil.example)?/(?:x|sign-out)"', "".join(elsewhere))
