"""People for the tests of sign-in and roles, and the browsers they sit at."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from core.clock import now
from core.models import Mail
from movement.models import Person, Role
from movement.services import people, signin
from tests.movement.arranged import add_regions, federation, process, society

LINK = re.compile(r"http://localhost(/sign-in/\S+)")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def two_societies(session: Session) -> None:
    """Kenya and Sweden, the IFRC, and one process."""
    add_regions(session)
    society(session, "KEN", language="fr")
    society(session, "SWE", "europe_central_asia", zone="Europe/Stockholm")
    federation(session)
    process(session)
    session.commit()


def somebody(
    session: Session, email: str, role: Role = Role.SECRETARIAT, organisation: str | None = None
) -> Person:
    """A person with one role, committed."""
    wanted = people.Wanted(email, role, organisation)
    given = people.give(session, wanted, now=now(), label="test")
    session.commit()
    return given.person


def browser_of(app: Flask, session: Session, person: Person) -> FlaskClient:
    """A browser in which the person has signed in."""
    token = signin.start_session(session, person.id, now=now())
    session.commit()
    client = app.test_client()
    client.set_cookie("plenary", token)
    return client


def post(
    client: FlaskClient, path: str, data: dict[str, object] | None = None, **kwargs: object
) -> TestResponse:
    """Send a form as a page of the site would, with its token."""
    token = TOKEN.search(client.get("/").text)
    assert token
    return client.post(path, data={"csrf_token": token[1], **(data or {})}, **kwargs)


def ask_for_link(client: FlaskClient, session: Session, email: str, next_path: str = "") -> str:
    """Ask for a link and return its path, out of the newest mail."""
    post(client, "/sign-in", {"email": email, "next": next_path})
    session.commit()
    mails = session.scalars(select(Mail).where(Mail.to_address == email)).all()
    found = LINK.search(max(mails, key=lambda mail: mail.created_at).body)
    session.commit()
    assert found
    return found[1]
