"""The schedule's part in public questionnaires: removing answers whose time is over.

It may run twice, or be killed: the rows' days decide what is left to remove.
"""

from celery import shared_task
from flask import Flask

from core.clock import now
from core.db import transaction
from surveys.services.public_purge import purge

LABEL = "schedule"
EVERY_SECONDS = 6 * 3600.0


@shared_task(name="surveys.purge_public")
def purge_public() -> None:
    """Remove what is past its period, and what was never submitted."""
    with transaction() as session:
        purge(session, now=now(), label=LABEL)


def init_app(app: Flask) -> None:
    """Schedule it, four times a day: a missed run is made up within hours."""
    schedule = app.extensions["celery"].conf.beat_schedule
    schedule["purge-public"] = {"task": "surveys.purge_public", "schedule": EVERY_SECONDS}
