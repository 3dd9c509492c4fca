"""The schedule's part in calls: reminders when they are due, and calls ended when they are over.

Both may run twice, at once or after being killed: the rows decide what is left to do.
"""

from celery import shared_task
from flask import Flask, current_app

from core import queue
from core.clock import now
from core.db import transaction
from core.tasks import deliver_mail
from movement.deadlines import state_at
from movement.models import CallState
from movement.queries.calls import open_calls
from movement.services.calls import close
from movement.services.messages import Office
from movement.services.reminders import sweep

LABEL = "schedule"


def queue_due_reminders() -> int:
    """Queue the reminders due now, each call in a transaction of its own; return how many."""
    office = Office.of(current_app.config["SETTINGS"])
    with transaction() as session:
        calls = open_calls(session)
    queued = 0
    for call in calls:
        with transaction() as session:
            queued += sweep(session, call, office=office, now=now())
    return queued


@shared_task(name="movement.sweep_reminders")
def sweep_reminders() -> None:
    """Queue what is due, and wake the sender of mail if there is something."""
    if queue_due_reminders():
        queue.wake(deliver_mail)


@shared_task(name="movement.close_calls")
def close_calls() -> None:
    """Close the calls whose last day is over in every time zone."""
    with transaction() as session:
        moment = now()
        for call in open_calls(session):
            if state_at(call, moment) is CallState.CLOSED:
                close(session, call, now=moment, label=LABEL)


def init_app(app: Flask) -> None:
    """Add both to the schedule: reminders each minute, closing every five."""
    app.extensions["celery"].conf.beat_schedule.update(
        {
            "sweep-reminders": {"task": "movement.sweep_reminders", "schedule": 60.0},
            "close-calls": {"task": "movement.close_calls", "schedule": 300.0},
        }
    )
