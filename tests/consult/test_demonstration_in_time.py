"""The demonstration's rounds have been running for a while: nothing in them lies ahead."""

from flask import Flask
from sqlmodel import Session, col, func, select

from consult.models import Contribution, ContributionEvent, ContributionSubmission
from consult.services import demonstration, demonstration_adopted
from core.clock import now
from movement.models import Call, CallKind, Process


def test_nothing_is_said_or_counted_before_its_time(app: Flask, session: Session) -> None:
    app.test_cli_runner().invoke(args=["movement", "load"])
    process = Process(code="migration", titles={"en": "Migration"}, demonstration=True)
    session.add(process)
    session.flush()
    demonstration.load(session, process, now=now())
    demonstration_adopted.load(session, process, now=now())

    columns = (ContributionSubmission.at, Contribution.admitted_at, ContributionEvent.at)
    latest = [session.scalars(select(func.max(col(column)))).one() for column in columns]

    assert all(moment is not None and moment <= now() for moment in latest)
    calls = session.scalars(select(Call)).all()
    assert {call.kind for call in calls} == {CallKind.CONSULTATION, CallKind.REPORTING}
    assert all(call.opened_at and call.frame_date <= call.opened_at.date() for call in calls)
