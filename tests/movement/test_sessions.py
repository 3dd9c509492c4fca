"""What a signed-in browser carries, and when it ends: attacks 20, 21, 23 to 25, 42."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from core.app import create_app
from core.clock import now
from core.models import Mail
from core.settings import Environment, Settings
from movement.models import SignInLink, SignInSession
from tests.movement.cast import ask_for_link, browser_of, post, somebody

ADDRESS = "staff@example.org"


@pytest.fixture
def staff(session: Session) -> None:
    somebody(session, ADDRESS)


def signed_in(client: FlaskClient) -> bool:
    return client.get("/kept").status_code == 200


@pytest.mark.usefixtures("staff")
def test_a_planted_session_is_replaced(client: FlaskClient, session: Session) -> None:
    client.set_cookie("plenary", "planted-by-somebody")
    path = ask_for_link(client, session, ADDRESS)

    post(client, path)

    cookie = client.get_cookie("plenary")
    assert cookie is not None
    assert cookie.value != "planted-by-somebody"
    assert signed_in(client)


@pytest.mark.usefixtures("staff")
def test_signing_in_again_ends_the_browsers_older_session(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    post(client, ask_for_link(client, session, ADDRESS))
    older = client.get_cookie("plenary")
    assert older

    with app.test_client() as thief:
        path = ask_for_link(client, session, ADDRESS)
        post(client, path)
        thief.set_cookie("plenary", older.value)

        assert not signed_in(thief)


@pytest.mark.usefixtures("staff")
def test_a_cookie_is_refused_after_signing_out(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    post(client, ask_for_link(client, session, ADDRESS))
    cookie = client.get_cookie("plenary")
    assert cookie

    post(client, "/sign-out")

    assert client.get_cookie("plenary") is None
    again = app.test_client()
    again.set_cookie("plenary", cookie.value)
    assert not signed_in(again)


@pytest.mark.usefixtures("staff")
def test_a_session_ends_after_fourteen_days(client: FlaskClient, session: Session) -> None:
    post(client, ask_for_link(client, session, ADDRESS))

    with time_machine.travel(now() + timedelta(days=13, hours=23), tick=False):
        before = signed_in(client)
    with time_machine.travel(now() + timedelta(days=14, minutes=1), tick=False):
        after = signed_in(client)

    assert (before, after) == (True, False)


def test_only_hashes_of_tokens_are_stored(client: FlaskClient, session: Session) -> None:
    somebody(session, ADDRESS)
    path = ask_for_link(client, session, ADDRESS)
    post(client, path)
    cookie = client.get_cookie("plenary")
    assert cookie

    stored = {link.token_hash for link in session.scalars(select(SignInLink))}
    stored |= {row.token_hash for row in session.scalars(select(SignInSession))}

    assert path.rsplit("/", 1)[1] not in stored
    assert cookie.value not in stored
    assert all(len(value) == 64 for value in stored)


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "/\t/evil.example"],
)
def test_the_next_page_is_always_one_of_ours(
    client: FlaskClient, session: Session, target: str
) -> None:
    path = ask_for_link(client, session, ADDRESS, next_path=target)

    answer = post(client, path)

    assert answer.headers["Location"] == "/"


@pytest.mark.usefixtures("staff")
def test_a_foreign_host_is_refused_and_mail_names_the_configured_address(
    client: FlaskClient, session: Session
) -> None:
    refused = client.get("/sign-in", headers={"Host": "evil.example"})
    page = client.get("/sign-in", headers={"X-Forwarded-Host": "evil.example"})
    ask_for_link(client, session, ADDRESS)

    assert refused.status_code == 400
    assert "evil.example" not in page.text
    body = session.scalars(select(Mail.body)).one()
    assert "http://localhost/sign-in/" in body


def test_production_cookies_are_bound_to_the_host_and_to_tls(
    settings: Settings, session: Session
) -> None:
    secure = settings.model_copy(
        update={
            "environment": Environment.PRODUCTION,
            "base_url": "https://plenary.example.org",
            "secret_key": "0123456789abcdef0123456789abcdef",
            "smtp_url": "smtp://localhost:1",
        }
    )
    app = create_app(secure)
    somebody(session, ADDRESS)
    client = app.test_client()
    address = {"base_url": "https://plenary.example.org"}
    page = client.get("/sign-in", **address)
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert csrf
    client.post("/sign-in", data={"email": ADDRESS, "csrf_token": csrf[1]}, **address)
    body = session.scalars(select(Mail.body)).one()
    session.commit()
    link = re.search(r"https://plenary\.example\.org(\S+)", body)
    assert link

    answer = client.post(link[1], data={"csrf_token": csrf[1]}, **address)

    cookies = answer.headers.getlist("Set-Cookie")
    (cookie,) = [each for each in cookies if each.startswith("__Host-plenary=")]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    app.extensions["sessions"].dispose()


def test_nothing_is_signed_in_or_out_by_reading(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person = somebody(session, ADDRESS)
    browser = browser_of(app, session, person)

    assert browser.get("/sign-out").status_code == 405
    client.get("/demo/secretariat")
    assert signed_in(browser)
    assert not signed_in(client)


def test_a_chosen_language_is_kept_for_the_person(app: Flask, session: Session) -> None:
    person = somebody(session, ADDRESS)
    browser = browser_of(app, session, person)

    post(browser, "/language", {"language": "es", "next": "/kept"})

    session.refresh(person)
    assert person.language == "es"


def test_signing_in_clears_what_the_browser_held_but_its_language(
    client: FlaskClient, session: Session
) -> None:
    somebody(session, ADDRESS)
    post(client, "/language", {"language": "fr"})
    with client.session_transaction() as held:
        held["planted"] = "x"

    post(client, ask_for_link(client, session, ADDRESS))

    with client.session_transaction() as held:
        assert "planted" not in held
        assert held["language"] == "fr"
