"""Closing a round and what stays shut behind it, and releasing its results."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import Outcome
from consult.services.closing import close_round
from consult.services.dispositions import Decision, decide
from movement.models import CallState, Role
from tests.consult.arranged import act
from tests.consult.asked import Asked, a_society_asked
from tests.consult.visiting import focal_of
from tests.factories import Browser, browser_of, somebody

DESK = "/consultations/strategy-text/desk"


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


@pytest.fixture
def staff(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def test_the_page_that_closes_names_what_is_left_and_closes_when_nothing_is(
    asked: Asked, staff: Browser
) -> None:
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


def test_a_closed_round_is_opened_again_by_no_way(asked: Asked, staff: Browser) -> None:
    close_round(asked.session, asked.call, act())
    asked.session.commit()
    later = (asked.call.closes_on + timedelta(days=7)).isoformat()

    board = staff.get("/calls/round-1").text
    answers = [staff.send("/calls/round-1/reopen"),
               staff.send("/calls/round-1/extend", {"closes_on": later})]  # fmt: skip

    asked.session.rollback()
    asked.session.refresh(asked.call)
    assert asked.call.state is CallState.CLOSED
    assert all("What was decided in this round stands" in one.text for one in answers)
    assert "/calls/round-1/reopen" not in board
    assert "/calls/round-1/extend" not in board


def test_the_results_of_a_round_are_released_to_those_who_were_asked(
    app: Flask, asked: Asked, staff: Browser
) -> None:
    asked.said()
    asked.session.commit()
    focal = focal_of(app, asked.session, asked.society)
    path = "/results/consultations/round-1/"

    before = focal.get(path).status_code
    released = staff.send("/calls/round-1/release").status_code

    assert (before, released, focal.get(path).status_code) == (404, 303, 200)
