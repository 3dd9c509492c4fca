"""The outbox's task: claim, commit, send, record, for as long as there is something due."""

from celery import shared_task
from flask import current_app

from core import outbox
from core.clock import now
from core.db import get_session, transaction
from core.models import Mail
from core.settings import Settings
from core.smtp import Later, Never, Postman, Unsure

BATCH = 200


def deliver_due(limit: int = BATCH) -> int:
    """Send what is due, at most `limit` mails; return how many were sent.

    Each mail is claimed in one transaction and recorded in another: a sender killed between the
    two leaves a claim that lapses, and the mail goes out again with the same Message-ID.
    """
    settings: Settings = current_app.config["SETTINGS"]
    done = 0
    with Postman(settings) as postman:
        for _turn in range(limit):
            with transaction() as session:
                mail = outbox.claim_next(session, now=now())
            if mail is None:
                break
            done += _deliver(mail, postman, settings)
    return done


def _deliver(mail: Mail, postman: Postman, settings: Settings) -> bool:
    trouble: Exception | None = None
    if settings.smtp_url:  # without a server, development's mail page is where mail arrives
        try:
            postman.send(mail)
        except (Later, Never, Unsure) as error:
            trouble = error
    with transaction():
        match trouble:
            case None:
                outbox.sent(mail, now=now())
            case Later():
                outbox.put_off(mail, str(trouble), now=now())
            case Never():
                outbox.refused(mail, str(trouble))
            case _:
                outbox.uncertain(mail, str(trouble), now=now())
        get_session().add(mail)
    return trouble is None


@shared_task(name="core.deliver_mail")
def deliver_mail() -> None:
    """Send what is due. Woken after mail is queued, and swept by the schedule."""
    deliver_due()
