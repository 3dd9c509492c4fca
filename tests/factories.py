"""A Movement in a few sentences: Societies, people, an open wave, and somebody signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from core.clock import now
from core.settings import Settings
from movement.identify import cookie_name
from movement.models import (
    Call,
    Organisation,
    OrganisationKind,
    Participation,
    Person,
    Process,
    Region,
    Role,
)
from movement.services import participation
from movement.services.calls import Opening
from movement.services.signin import start_session
from surveys.definition import Questionnaire
from surveys.models import QuestionnaireVersion, Response, Survey
from surveys.services.waves import open_wave
from tests.movement.arranged import add_regions, federation, person, society
from tests.pages import form_with

PROCESS = "strategy"


def a_society(
    session: Session, code: str = "KEN", region: str = "africa", **more: Any
) -> Organisation:
    """A National Society that is a member; the regions are added when there are none."""
    if session.exec(select(Region)).first() is None:
        add_regions(session)
    return society(session, code, region, **more)


def the_federation(session: Session) -> Organisation:
    return federation(session)


def the_committee(session: Session) -> Organisation:
    made = Organisation(
        code="ICRC",
        kind=OrganisationKind.COMMITTEE,
        names={"en": "Committee"},
        timezone="Europe/Zurich",
        weekend_days=[6, 7],
        language="en",
    )
    session.add(made)
    return made


def somebody(
    session: Session,
    role: Role,
    organisation: Organisation | None = None,
    *,
    email: str = "",
    language: str | None = None,
) -> Person:
    """A person with one role, whose address tells it."""
    place = f".{organisation.code.lower()}" if organisation else ""
    address = email or f"{role.value}{place}@example.org"
    return person(session, address, role, organisation, language=language)


def a_survey(session: Session, questionnaire: Questionnaire) -> Survey:
    """A survey with this questionnaire as its only version, in the process `strategy`."""
    process = session.exec(select(Process).where(Process.code == PROCESS)).one_or_none()
    process = process or Process(code=PROCESS, titles={"en": "Strategy"})
    session.add(process)
    session.flush()
    made = Survey(code=questionnaire.code, process_id=process.id, titles=questionnaire.texts)
    session.add(made)
    session.flush()
    session.add(
        QuestionnaireVersion(
            survey_id=made.id,
            number=1,
            definition=questionnaire.as_json(),
            digest=questionnaire.digest(),
            published_at=now(),
        )
    )
    session.flush()
    return made


def an_open_wave(
    session: Session,
    questionnaire: Questionnaire,
    *,
    code: str = "spring",
    closes_on: date | None = None,
) -> Call:
    """An open wave of every Society there is, all of them invited without a mail. Commits."""
    closing = closes_on or (now() + timedelta(days=21)).date()
    opening = Opening(code, {"en": "Spring survey"}, closing)
    call = open_wave(session, a_survey(session, questionnaire), opening, now=now())
    for part in session.exec(select(Participation).where(Participation.call_id == call.id)):
        participation.invited(part, now=now())
    session.commit()
    return call


@dataclass
class Browser:
    """Somebody's browser, without JavaScript: it sends each form with the token of a page."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def send(self, path: str, fields: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form with these fields to a path."""
        if not self.token:
            self.token = form_with(self.client.get("/").text, "csrf_token").fields["csrf_token"][0]
        data = {"csrf_token": self.token, **(fields or {})}
        return self.client.post(path, data=data, **more)


def browser_of(app: Flask, session: Session, person: Person) -> Browser:
    """A browser in which this person is signed in. Commits."""
    token = start_session(session, person.id, now=now())
    session.commit()
    client = app.test_client()
    settings: Settings = app.config["SETTINGS"]
    client.set_cookie(cookie_name(settings), token)
    return Browser(client)


def begun(browser: Browser, call: Call, organisation: Organisation) -> str:
    """Start the organisation's response; return the path of it."""
    answer = browser.send(f"/answer/{call.code}/{organisation.code}")
    assert answer.status_code == 303, answer.text
    return "/".join(answer.location.split("/")[:3])


def save(browser: Browser, path: str, code: str, **fields: Any) -> int:
    """Send a section's page as a browser would, with these fields changed; return the status."""
    page = browser.get(f"{path}/sections/{code}").text
    sent = form_with(page, "edition").fields | {name: [value] for name, value in fields.items()}
    return browser.send(f"{path}/sections/{code}", sent).status_code


def held(session: Session, path: str = "") -> Response:
    """The response (of this path, or the only one) as the database has it now; holds no lock."""
    session.rollback()
    chosen = select(Response)
    if path:
        chosen = chosen.where(Response.id == UUID(path.split("/")[2]))
    with Session(session.get_bind()) as own:
        return own.exec(chosen).one()
