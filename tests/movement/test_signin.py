"""Signing in by a mailed link: attacks 12, 13, 15 to 19 of the list."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from core.clock import now
from core.models import AuditEntry, Mail
from core.settings import Settings
from movement.models import Role, SignInLink, SignInSession
from tests.movement.cast import ask_for_link, post, somebody

ADDRESS = "staff@example.org"


@pytest.fixture
def staff(session: Session) -> None:
    somebody(session, ADDRESS)


def without_tokens(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def signed_in(client: FlaskClient) -> bool:
    return client.get("/kept").status_code == 200


@pytest.mark.usefixtures("staff")
@pytest.mark.both_databases
def test_a_mailed_link_signs_in_and_leads_where_it_was_asked(
    client: FlaskClient, session: Session
) -> None:
    path = ask_for_link(client, session, ADDRESS, next_path="/kept")

    answer = post(client, path)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/kept"
    assert signed_in(client)


@pytest.mark.usefixtures("staff")
def test_looking_at_a_link_ten_times_does_not_use_it_up(
    client: FlaskClient, session: Session
) -> None:
    path = ask_for_link(client, session, ADDRESS)

    looked = [scan(path).status_code for scan in (client.get, client.head) * 5]

    assert looked == [200] * 10
    assert not signed_in(client)
    assert post(client, path).status_code == 303


@pytest.mark.usefixtures("staff")
@pytest.mark.both_databases
def test_a_link_works_once(app: Flask, client: FlaskClient, session: Session) -> None:
    path = ask_for_link(client, session, ADDRESS)
    post(client, path)

    other = app.test_client()
    second = post(other, path)

    assert second.status_code == 410
    assert not signed_in(other)
    assert len(session.scalars(select(SignInSession)).all()) == 1


@pytest.mark.usefixtures("staff")
def test_used_expired_and_unknown_links_get_the_same_page(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    used = ask_for_link(client, session, ADDRESS)
    post(client, used)
    expired = ask_for_link(app.test_client(), session, ADDRESS)

    with time_machine.travel(now() + timedelta(minutes=16), tick=False):
        fresh = app.test_client()
        pages = [fresh.get(path) for path in (used, expired, "/sign-in/never-made")]
        sent = post(app.test_client(), expired)

    assert [page.status_code for page in pages] == [410] * 3
    assert len({without_tokens(page.text) for page in pages}) == 1
    assert sent.status_code == 410


@pytest.mark.usefixtures("staff")
def test_a_new_link_ends_the_older_one(client: FlaskClient, session: Session) -> None:
    older = ask_for_link(client, session, ADDRESS)

    newer = ask_for_link(client, session, ADDRESS)

    assert client.get(older).status_code == 410
    assert client.get(newer).status_code == 200


@pytest.mark.usefixtures("staff")
def test_known_and_unknown_addresses_are_answered_alike(
    client: FlaskClient, session: Session
) -> None:
    known = post(client, "/sign-in", {"email": ADDRESS})
    unknown = post(client, "/sign-in", {"email": "nobody@example.org"})

    assert known.status_code == unknown.status_code
    assert list(known.headers.keys()) == list(unknown.headers.keys())
    assert without_tokens(known.text) == without_tokens(unknown.text)
    assert [mail.to_address for mail in session.scalars(select(Mail))] == [ADDRESS]


@pytest.mark.usefixtures("staff")
def test_both_kinds_of_address_write_to_the_database(client: FlaskClient, session: Session) -> None:
    """The time taken is mostly that of a durable commit, so both must have one."""
    post(client, "/sign-in", {"email": "nobody@example.org"})

    noted = session.scalars(select(AuditEntry).where(AuditEntry.action == "sign-in.no-link")).all()

    assert [entry.details for entry in noted] == [{"reason": "unknown address"}]


@pytest.mark.usefixtures("staff")
def test_twenty_requests_for_one_address_send_few_mails(
    client: FlaskClient, session: Session, settings: Settings
) -> None:
    answers = {post(client, "/sign-in", {"email": ADDRESS}).status_code for _ in range(20)}

    assert answers == {200}
    assert len(session.scalars(select(Mail)).all()) == settings.links_per_hour


def test_many_requests_from_one_network_are_slowed_down(client: FlaskClient) -> None:
    answers = [
        post(client, "/sign-in", {"email": f"guess{number}@example.org"}) for number in range(61)
    ]

    assert {answer.status_code for answer in answers[:60]} == {200}
    assert answers[60].status_code == 429
    assert int(answers[60].headers["Retry-After"]) > 0


def test_guessing_links_ends_in_429_and_one_audit_entry(
    client: FlaskClient, session: Session, settings: Settings
) -> None:
    answers = [client.get(f"/sign-in/guess-{number}") for number in range(100)]

    allowed = settings.guesses_per_hour
    assert {answer.status_code for answer in answers[:allowed]} == {410}
    assert {answer.status_code for answer in answers[allowed:]} == {429}
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "sign-in.guessing"))
    assert [entry.about for entry in entries] == ["127.0.0.1"]


@pytest.mark.usefixtures("staff")
def test_a_guesser_does_not_keep_others_of_the_same_network_out(
    client: FlaskClient, session: Session, settings: Settings
) -> None:
    path = ask_for_link(client, session, ADDRESS)
    for number in range(settings.guesses_per_hour + 1):
        client.get(f"/sign-in/guess-{number}")

    assert post(client, path).status_code == 303


@pytest.mark.parametrize(
    "address", ["a@b", "a@b.org\r\nBcc: x@y.org", "a b@c.org", "x" * 300 + "@c.org"]
)
def test_what_is_no_address_is_refused_beside_the_field(client: FlaskClient, address: str) -> None:
    answer = post(client, "/sign-in", {"email": address})

    assert answer.status_code == 200
    assert "name@example.org" in answer.text


def test_the_link_page_speaks_the_persons_language(client: FlaskClient, session: Session) -> None:
    person = somebody(session, ADDRESS)
    person.language = "ar"
    session.add(person)
    session.commit()
    path = ask_for_link(client, session, ADDRESS)

    page = client.get(path)

    assert '<html lang="ar" dir="rtl">' in page.text
    assert ADDRESS not in page.text


def test_the_demonstration_is_entered_by_one_click_in_development_only(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    person = somebody(session, "secretariat@demo.invalid")
    person.demonstration = True
    session.add(person)
    session.commit()

    offered = client.get("/sign-in").text
    answer = post(client, "/demo/secretariat")
    unknown = post(client, "/demo/consultant")

    assert 'action="/demo/secretariat"' in offered
    assert answer.status_code == 303
    assert signed_in(client)
    assert unknown.status_code == 404


def test_the_page_of_a_demonstration_link_signs_nobody_in(
    client: FlaskClient, session: Session
) -> None:
    person = somebody(session, "secretariat@demo.invalid")
    person.demonstration = True
    session.add(person)
    session.commit()

    page = client.get("/demo/secretariat")

    assert page.status_code == 200
    assert '<button class="button">' in page.text
    assert not signed_in(client)


def test_a_real_person_is_never_entered_by_one_click(client: FlaskClient, session: Session) -> None:
    somebody(session, ADDRESS)

    assert post(client, "/demo/secretariat").status_code == 404


def test_a_removed_person_gets_no_link(client: FlaskClient, session: Session) -> None:
    person = somebody(session, ADDRESS, Role.ADMINISTRATOR)
    person.removed_at = now()
    session.add(person)
    session.commit()

    post(client, "/sign-in", {"email": ADDRESS})

    assert session.scalars(select(Mail)).all() == []
    assert session.scalars(select(SignInLink).where(col(SignInLink.used_at).is_(None))).all() == []
