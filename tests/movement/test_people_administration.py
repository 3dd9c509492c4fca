"""Administrators and the command: everybody's roles, found by exact address, ended at once."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from core import outbox
from core.clock import now
from core.models import AuditEntry, Mail
from core.outbox import Letter
from movement.models import Assignment, Person, Role
from movement.services import people
from tests.movement.cast import browser_of, post, somebody, two_societies

OWN, OTHER = "/organisations/KEN/people", "/organisations/SWE/people"
COLLEAGUE = {"email": "Colleague@Example.org", "name": "Migration officer", "role": "respondent"}


@pytest.fixture(autouse=True)
def directory(session: Session) -> None:
    two_societies(session)


@pytest.fixture
def focal_point(session: Session) -> Person:
    return somebody(session, "focal@example.org", Role.FOCAL_POINT, "KEN")


@pytest.fixture
def focal(app: Flask, session: Session, focal_point: Person) -> FlaskClient:
    return browser_of(app, session, focal_point)


def roles_held(session: Session) -> set[tuple[str, str]]:
    held = (
        select(Person.email, Assignment.role)
        .join(Assignment)
        .where(col(Assignment.ended_at).is_(None), col(Person.removed_at).is_(None))
    )
    rows = {(email, role.value) for email, role in session.execute(held)}
    session.commit()
    return rows


@pytest.fixture
def administrator(app: Flask, session: Session) -> FlaskClient:
    return browser_of(app, session, somebody(session, "admin@example.org", Role.ADMINISTRATOR))


def test_people_are_found_by_exact_address_and_fifty_at_most_are_shown(
    administrator: FlaskClient, session: Session
) -> None:
    for number in range(60):
        wanted = people.Wanted(f"r{number:02}@example.org", "respondent", "KEN")
        people.give(session, wanted, now=now(), label="test")
    session.commit()

    everybody = administrator.get("/people").text
    exact = administrator.get("/people?email=r01@example.org").text
    part = administrator.get("/people?email=example.org").text

    assert everybody.count("<strong><bdi>") == 50
    assert exact.count("<strong><bdi>") == 1
    assert part.count("<strong><bdi>") == 0


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.CO_CHAIR, Role.CONSULTANT])
def test_only_administrators_look_people_up(app: Flask, session: Session, role: Role) -> None:
    browser = browser_of(app, session, somebody(session, "x@example.org", role))

    assert browser.get("/people?email=x@example.org").status_code == 403


@pytest.mark.parametrize("text", ["' OR 1=1 --", "%", "_", "'; DROP TABLE person; --", "\\"])
def test_sql_in_a_filter_finds_nobody_and_fails_nowhere(
    administrator: FlaskClient, text: str
) -> None:
    for name in ("email", "organisation"):
        answer = administrator.get("/people", query_string={name: text})

        assert answer.status_code == 200
        assert "<strong><bdi>" not in answer.text


def test_a_removed_person_is_out_at_once_everywhere(
    app: Flask, administrator: FlaskClient, focal: FlaskClient, session: Session,
    focal_point: Person,
) -> None:  # fmt: skip
    phone = browser_of(app, session, focal_point)

    answer = post(administrator, f"/people/{focal_point.id}/remove")

    assert answer.status_code == 303
    assert [browser.get(OWN).status_code for browser in (focal, phone)] == [302, 302]
    actions = session.scalars(select(AuditEntry.action)).all()
    assert "person.removed" in actions


def test_mail_that_waits_for_a_removed_person_is_called_back(
    administrator: FlaskClient, session: Session, focal_point: Person
) -> None:
    for address in (focal_point.email, "other@example.org"):
        letter = Letter(address, "reminder", address, "en", "Subject", "Text")
        outbox.queue(session, letter, now=now(), domain="example.org")
    session.commit()

    post(administrator, f"/people/{focal_point.id}/remove")

    rows = session.execute(select(Mail.to_address, Mail.state))
    states = {address: state.value for address, state in rows}
    session.commit()
    assert states == {"focal@example.org": "cancelled", "other@example.org": "queued"}


def test_the_last_administrator_stays(administrator: FlaskClient, session: Session) -> None:
    me = session.scalars(select(Person.id).where(Person.email == "admin@example.org")).one()
    session.commit()

    answer = post(administrator, f"/people/{me}/remove")

    assert answer.status_code == 409
    assert administrator.get("/people").status_code == 200


def test_administrators_give_any_role(administrator: FlaskClient, session: Session) -> None:
    answer = post(administrator, "/people/add", {"email": "c@example.org", "role": "consultant"})

    assert answer.status_code == 303
    assert ("c@example.org", "consultant") in roles_held(session)


def test_reading_removes_nobody(administrator: FlaskClient, focal_point: Person) -> None:
    assert administrator.get(f"/people/{focal_point.id}/remove").status_code == 405


def run(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["movement", "person", "add", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_gives_a_role_once(app: Flask) -> None:
    arguments = ("Fp@Example.org", "--role", "focal_point", "--organisation", "KEN")

    first, second = run(app, *arguments), run(app, *arguments)

    said = {
        "email": "fp@example.org",
        "role": "focal_point",
        "organisation": "KEN",
        "process": None,
    }
    assert (first[0], json.loads(first[1])) == (0, {**said, "created": True})
    assert (second[0], json.loads(second[1])) == (0, {**said, "created": False})


def test_the_command_gives_a_consultant_the_only_process(app: Flask) -> None:
    status, printed, _said = run(app, "c@example.org", "--role", "consultant")

    assert status == 0
    assert json.loads(printed)["process"] == "migration"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense", "--role", "secretariat"),
        ("a@b.org\r\nBcc: c@d.org", "--role", "secretariat"),
        ("a@b.org", "--role", "queen"),
        ("a@b.org", "--role", "respondent"),
        ("a@b.org", "--role", "respondent", "--organisation", "XXX"),
        ("a@b.org", "--role", "secretariat", "--organisation", "KEN"),
        ("a@b.org", "--role", "consultant", "--process", "none"),
        ("a@b.org", "--role", "secretariat", "--language", "xx"),
        ("a@b.org", "--role", "secretariat", "--name", "two\r\nlines"),
        ("a@b.org", "--role", "secretariat", "--name", "half \udcff"),
    ],
)
def test_the_command_refuses_with_one_sentence(
    app: Flask, session: Session, arguments: tuple[str, ...]
) -> None:
    status, printed, said = run(app, *arguments)

    assert (status, printed) == (1, "")
    assert len(said.strip().splitlines()) == 1
    assert session.scalars(select(Person)).all() == []
