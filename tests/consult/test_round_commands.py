"""The commands that list consultations, open rounds and close them."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import ContributionState, Outcome
from consult.services.dispositions import Decision, decide
from core.models import Mail
from movement.models import Call, Participation, Role
from tests.consult.arranged import a_draft, act
from tests.consult.asked import Asked, a_society_asked
from tests.consult.speaking import a_network
from tests.factories import a_society, somebody


def run(app: Flask, *words: str) -> tuple[int, Any]:
    """A command's status, and what it printed."""
    ran = app.test_cli_runner().invoke(args=["consult", *words])
    printed = json.loads(ran.stdout) if ran.exit_code == 0 else ran.stderr
    return ran.exit_code, printed


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


def test_the_list_tells_drafts_rounds_and_figures_of_each_consultation(
    app: Flask, asked: Asked
) -> None:
    asked.said()
    asked.said(state=ContributionState.SUBMITTED)
    asked.session.commit()

    status, (listed,) = run(app, "list")

    assert status == 0
    assert (listed["code"], listed["state"]) == ("strategy-text", "open")
    (draft,) = listed["drafts"]
    assert draft["languages"] == ["en", "ar"]
    assert (draft["number"], draft["state"], draft["paragraphs"]) == (0, "published", 3)
    (round_,) = listed["rounds"]
    assert (round_["code"], round_["number"], round_["draft"]) == ("round-1", 1, 0)
    figures = round_["figures"]
    assert (figures["submitted"], figures["awaiting"], figures["pending"]) == (2, 1, 1)


def test_a_round_is_opened_with_networks_and_invitations(app: Flask, session: Session) -> None:
    society = a_society(session)
    somebody(session, Role.FOCAL_POINT, society)
    a_network(session)
    a_draft(session)
    session.commit()

    status, printed = run(
        app, "open", "strategy-text", "--round", "first", "--closes", "2099-12-31",
        "--visibility", "never", "--without-names", "--approval", "--networks", "APMN",
        "--invite", "all",
    )  # fmt: skip

    assert status == 0
    assert (printed["state"], printed["draft"], printed["mails"]) == ("open", 0, 1)
    assert printed["without_contact"] == ["APMN"]
    session.rollback()
    call = session.scalars(select(Call)).one()
    assert (call.kind, call.approval_required) == ("consultation", True)
    parts = session.scalars(select(Participation)).all()
    assert sorted(part.in_frame for part in parts) == [False, True]
    assert session.scalars(select(Mail)).one().to_address == "focal_point.ken@example.org"


def test_what_cannot_be_opened_is_refused_and_nothing_stored(app: Flask, asked: Asked) -> None:
    opened = ("open", "strategy-text", "--round", "second", "--closes")

    assert run(app, *opened, "2099-12-31")[0] == 1
    assert run(app, *opened, "tomorrow")[0] == 1
    assert run(app, "open", "none", "--round", "x", "--closes", "2099-12-31")[0] == 1
    assert run(app, *opened, "2099-12-31", "--draft", "7")[0] == 1
    asked.session.rollback()
    assert len(asked.session.scalars(select(Call)).all()) == 1


def test_a_round_is_closed_once_nothing_is_pending(app: Flask, asked: Asked) -> None:
    one = asked.said()
    asked.session.commit()

    status, message = run(app, "close", "round-1")
    assert status == 1
    assert "without an approved decision: 1" in message

    decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())
    asked.session.commit()
    status, printed = run(app, "close", "round-1")
    assert (status, printed["figures"]["disposed"]) == (0, 1)
    status, printed = run(app, "figures", "strategy-text")
    assert printed["rounds"][0]["state"] == "closed"
    assert run(app, "close", "round-1")[0] == 1
