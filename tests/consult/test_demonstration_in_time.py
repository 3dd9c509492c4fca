"""The demonstration's rounds have been running for a while: nothing in them lies ahead."""

from flask import Flask
from sqlmodel import Session, col, func, select

from consult.models import Contribution, ContributionEvent, ContributionSubmission
from consult.services import demonstration
from core.clock import now
from movement.models import Process


def test_nothing_is_said_or_admitted_after_the_demonstration_is_loaded(
    app: Flask, session: Session
) -> None:
    app.test_cli_runner().invoke(args=["movement", "load"])
    process = Process(code="migration", titles={"en": "Migration"}, demonstration=True)
    session.add(process)
    session.flush()
    demonstration.load(session, process, now=now())

    columns = (ContributionSubmission.at, Contribution.admitted_at, ContributionEvent.at)
    latest = [session.scalars(select(func.max(col(column)))).one() for column in columns]

    assert all(moment is not None and moment <= now() for moment in latest)
