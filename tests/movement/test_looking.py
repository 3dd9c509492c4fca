"""Somebody looks at what their organisation is asked while others submit for it."""

from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from movement.models import Call, Organisation, Participation, ParticipationState, Role
from movement.services import participation
from movement.services.invitations import chosen, invite
from surveys.queries.responses import get_asked
from surveys.services import responses
from tests.consult.after import an_adoption, reports_asked
from tests.consult.arranged import a_draft, a_round
from tests.consult.moments import Step, at_once
from tests.consult.visiting import rows
from tests.factories import a_society, an_open_wave, browser_of, somebody
from tests.movement.arranged import OFFICE
from tests.surveys.tiny import question, section, tiny

pytestmark = pytest.mark.both_databases
FORM = tiny(section("one", question("name")))


def submitting(call_id: UUID) -> Step:
    """Others submit for the organisation."""

    def step(mine: Session) -> None:
        part = mine.exec(select(Participation).where(Participation.call_id == call_id)).one()
        participation.submitted(mine, part, now=now())
        mine.flush()

    return step


def stays_submitted(app: Flask, session: Session, call: Call, meanwhile: Step) -> bool:
    """Whether the organisation has submitted after others did and this was done meanwhile."""
    at_once(app, submitting(call.id), meanwhile)
    return [one.state for one in rows(session, Participation)] == [ParticipationState.SUBMITTED]


def asked_on(page: str, session: Session, one: Organisation) -> Call:
    """The call in which one organisation is asked on a page. Commits."""
    if page.startswith("/answer"):
        return an_open_wave(session, FORM)
    draft = a_draft(session)
    if page.startswith("/rounds"):
        return a_round(session, draft)[1]
    an_adoption(session, draft, one)
    return reports_asked(session, draft).call


@pytest.mark.parametrize("page", ["/answer/spring/KEN", "/rounds/round-1/KEN",
                                  "/reports/reports-1/KEN"])  # fmt: skip
def test_a_page_opened_while_others_submit_leaves_it_submitted(
    app: Flask, session: Session, page: str
) -> None:
    kenya = a_society(session)
    call = asked_on(page, session, kenya)
    browser = browser_of(app, session, somebody(session, Role.FOCAL_POINT, kenya))

    assert stays_submitted(app, session, call, lambda _theirs: browser.get(page))


def test_who_is_invited_while_others_submit_for_it_stays_submitted(
    app: Flask, session: Session
) -> None:
    a_society(session)
    call = an_open_wave(session, FORM)
    part = session.exec(select(Participation)).one()
    part.state, part.invited_at = ParticipationState.LISTED, None
    session.commit()

    def invites(theirs: Session) -> None:
        again = theirs.get_one(Call, call.id)
        invite(theirs, again, chosen(theirs, again, "all"), office=OFFICE, now=now())

    assert stays_submitted(app, session, call, invites)


def test_a_response_begun_while_others_submit_leaves_it_submitted(
    app: Flask, session: Session
) -> None:
    a_society(session)
    call = an_open_wave(session, FORM)

    def begins(theirs: Session) -> None:
        responses.start(theirs, get_asked(theirs, "spring", "KEN"), now=now())

    assert stays_submitted(app, session, call, begins)
