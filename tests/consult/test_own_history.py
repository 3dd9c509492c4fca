"""The history of a contribution: what its own people read of it, and what the desk does."""

from flask import Flask
from sqlmodel import Session

from consult.models import Outcome
from consult.services.admission import admit
from consult.services.assignment import assign
from consult.services.dispositions import Decision, decide, propose
from consult.services.drafts import Act
from core.clock import now
from movement.models import Role
from tests.consult.arranged import a_draft, a_round
from tests.consult.speaking import a_comment, contributions_of, submits
from tests.consult.visiting import DESK, focal_of, staff_of
from tests.factories import a_society, somebody

DECIDED = Decision(Outcome.NOT_ACCEPTED, {"en": "Said elsewhere."})


def test_its_own_people_read_nothing_of_what_the_desk_does_before_the_decision_is_told(
    app: Flask, session: Session
) -> None:
    kenya = a_society(session)
    a_round(session, a_draft(session))
    (one,) = contributions_of(session, submits(session, a_comment()))
    officer = somebody(session, Role.SECRETARIAT, email="desk-officer@example.org")
    at_desk = Act(now(), officer.email)
    admit(session, [one.id], at_desk)
    assign(session, [one.id], officer.id, at_desk)
    propose(session, one.id, DECIDED, at_desk)
    decide(session, one.id, DECIDED, at_desk)
    session.commit()

    own = focal_of(app, session, kenya).get(f"/rounds/round-1/KEN/contributions/{one.id}").text
    desk = staff_of(app, session).get(f"{DESK}/contributions/{one.number}").text

    history = own[own.index("History") :]
    assert "Admitted" in history
    for told in ("not_accepted", "assigned", "proposed", "approved", officer.email):
        assert told not in history
    assert officer.email in desk
