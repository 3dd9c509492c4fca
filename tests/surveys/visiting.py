"""Public questionnaires opened for a test, and somebody without an account at a browser."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from core.clock import now
from surveys.definition import Questionnaire
from surveys.public_models import PublicForm, PublicResponse
from surveys.services.public_forms import Opening, open_form
from tests.factories import a_survey
from tests.pages import form_with, forms_of


def a_public_form(
    session: Session, questionnaire: Questionnaire, *, code: str = "voices", **more: Any
) -> PublicForm:
    """One open for a month. Commits."""
    opening = Opening(code, **{"closes_on": (now() + timedelta(days=30)).date(), **more})
    form = open_form(session, a_survey(session, questionnaire), opening, now=now(), label="test")
    session.commit()
    return form


def solution(challenge: str) -> str:
    """The number that meets a challenge, as a browser's worker finds it."""
    *_front, bits, _wait, signature = challenge.split(".")
    for number in count():
        hashed = hashlib.sha256(f"{signature}:{number}".encode()).digest()
        if int.from_bytes(hashed) >> (256 - int(bits)) == 0:
            return str(number)
    raise AssertionError


class Stranger:
    """A browser without JavaScript, whose user meets challenges by hand."""

    def __init__(self, app: Flask, code: str = "voices", language: str = "en") -> None:
        self.client: FlaskClient = app.test_client()
        self.place = f"/p/{code}"
        self.language = language

    def get(self, path: str = "", **more: Any) -> TestResponse:
        """A page below the questionnaire's address."""
        headers = {"Accept-Language": self.language}
        return self.client.get(self.place + path, headers=headers, **more)

    def token(self) -> str:
        """A token of this visit, from the first page's or the check page's form."""
        for path in ("", "/check", "/resume"):
            for form in forms_of(self.get(path).text):
                if "csrf_token" in form.fields:
                    return form.fields["csrf_token"][0]
        raise AssertionError

    def send(self, path: str, fields: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form with these fields."""
        data = {"csrf_token": self.token(), **(fields or {})}
        return self.client.post(self.place + path, data=data, **more)

    def start(self, **fields: str) -> str:
        """Start with a proof; the code shown."""
        form = form_with(self.get().text, "challenge")
        challenge = form.fields["challenge"][0]
        sent = {name: values[0] for name, values in form.fields.items()}
        sent |= {"proof": solution(challenge), **fields}
        answer = self.client.post(self.place, data=sent)
        assert answer.status_code == 303, answer.text
        page = self.client.get(answer.location).text
        return page.partition('<bdi dir="ltr">')[2].partition("</bdi>")[0]

    def save(self, section: str = "only", **fields: Any) -> TestResponse:
        """Send a section's page with these answers."""
        return self.send(f"/sections/{section}", fields)

    def submit(self) -> TestResponse:
        """Send the answers."""
        return self.send("/submit")


def responses(session: Session) -> list[PublicResponse]:
    """Every public response, as the database has it now; holds no lock."""
    session.rollback()
    with Session(session.get_bind()) as own:
        return list(own.exec(select(PublicResponse)))
