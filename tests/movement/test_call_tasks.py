"""What the schedule does with calls, and that doing it again changes nothing."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session, select

from core.models import AuditEntry, Mail
from movement.models import Call, CallState, Role
from movement.services import invitations
from movement.tasks import close_calls, sweep_reminders
from tests.movement.arranged import NOW, OFFICE, add_regions, call, person, society

SEVEN = datetime(2026, 3, 24, 6, 0, tzinfo=UTC)
OVER = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def asked(session: Session) -> Call:
    add_regions(session)
    person(session, "ken@example.org", Role.FOCAL_POINT, society(session, "KEN"))
    made = call(session)
    to = invitations.chosen(session, made, "all")
    invitations.invite(session, made, to, office=OFFICE, now=NOW)
    session.commit()
    return made


@pytest.mark.usefixtures("asked")
def test_the_sweep_queues_each_reminder_once(app: Flask, session: Session) -> None:
    for _sweep in range(3):
        with time_machine.travel(SEVEN, tick=False), app.app_context():
            sweep_reminders.run()

    purposes = session.exec(select(Mail.purpose)).all()
    assert sorted(purposes) == ["invitation", "reminder"]


@pytest.mark.parametrize(
    ("moment", "state", "acts"), [(SEVEN, CallState.OPEN, 0), (OVER, CallState.CLOSED, 1)]
)
def test_a_call_is_closed_once_its_day_is_over_everywhere(
    app: Flask, session: Session, asked: Call, *, moment: datetime, state: CallState, acts: int
) -> None:
    for _sweep in range(2):
        with time_machine.travel(moment, tick=False), app.app_context():
            close_calls.run()

    session.refresh(asked)
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "call.closed")).all()
    assert (asked.state, len(entries)) == (state, acts)


def test_both_stand_in_the_schedule(app: Flask) -> None:
    celery = app.extensions["celery"]

    scheduled = {entry["task"] for entry in celery.conf.beat_schedule.values()}

    assert {"movement.sweep_reminders", "movement.close_calls"} <= scheduled
    assert scheduled <= set(celery.tasks)
