"""An open wave for the tests of the board, and what one does at it."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlmodel import Session, select

from core.clock import now
from core.models import Mail
from movement.models import Call, Process, Role
from movement.services.calls import Opening, open_call
from surveys.models import QuestionnaireVersion, Survey
from tests.movement import arranged
from tests.movement.arranged import person
from tests.movement.cast import post, somebody, two_societies


def open_spring(session: Session) -> Call:
    """An open wave; Kenya has a focal point, Sweden has nobody."""
    two_societies(session)
    made = arranged.society(session, "NIC", "americas")
    somebody(session, "ken@example.org", Role.FOCAL_POINT, "KEN")
    person(session, "nic@example.org", Role.APPROVER, made)
    process = session.exec(select(Process)).one()
    today = now()
    opening = Opening("spring", {"en": "Spring"}, today.date() + timedelta(days=20))
    opened = open_call(session, process, opening, now=today)
    survey = Survey(code="migration", process_id=process.id, titles={"en": "Migration"})
    session.add(survey)
    session.flush()
    session.add(
        QuestionnaireVersion(
            survey_id=survey.id, number=1, definition={}, digest="d", published_at=today
        )
    )
    session.commit()
    return opened


def mails(session: Session) -> list[Mail]:
    """The mails as they are now; the database is free for others afterwards."""
    session.rollback()
    found = list(session.exec(select(Mail).order_by(Mail.to_address)))
    for mail in found:
        session.refresh(mail)
        session.expunge(mail)
    session.rollback()
    return found


def act(staff: FlaskClient, path: str, **data: object) -> tuple[int, str]:
    """Post a form and follow to the page one sees then."""
    answer = post(staff, path, data, follow_redirects=True)
    return answer.status_code, answer.text
