"""The page that closes a round, without JavaScript."""

from flask import Flask
from sqlmodel import Session

from consult.models import Outcome
from consult.services.dispositions import Decision, decide
from movement.models import Role
from tests.consult.arranged import act
from tests.consult.asked import a_society_asked
from tests.factories import browser_of, somebody

DESK = "/consultations/strategy-text/desk"


def test_the_page_that_closes_names_what_is_left_and_closes_when_nothing_is(
    app: Flask, session: Session
) -> None:
    asked = a_society_asked(session)
    staff = browser_of(app, session, somebody(session, Role.SECRETARIAT))
    one = asked.said()
    asked.session.commit()
    path = f"{DESK}/rounds/round-1/close"

    refused = staff.send(path)
    decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())
    asked.session.commit()
    done = staff.send(path)

    assert (refused.status_code, done.status_code) == (409, 303)
    assert f"{DESK}/rounds/round-1/queue?stage=pending" in refused.text
    assert "was closed on" in staff.get(path).text
