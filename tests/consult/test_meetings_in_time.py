"""Meetings on the line of time of their process."""

from datetime import date

from flask import Flask
from sqlmodel import Session

from consult.services.drafts import Act
from consult.services.meetings import Details, begin
from core.clock import now
from movement.models import Process
from movement.timeline import events_of


def test_a_meeting_stands_on_the_line_of_time_of_its_process(app: Flask, session: Session) -> None:
    process = Process(code="strategy", titles={"en": "Strategy"})
    session.add(process)
    details = Details({"en": "Spring meeting"}, date(2027, 3, 1), date(2027, 3, 2), "Nairobi")
    begin(session, process, "spring-meeting", details, Act(now(), "secretariat"))

    with app.test_request_context():
        found = [event for event in events_of(session, process) if str(event.kind) == "Meeting"]

    assert [(event.begins, event.last, event.overview) for event in found] == [
        (date(2027, 3, 1), date(2027, 3, 2), "/meetings/spring-meeting")
    ]
