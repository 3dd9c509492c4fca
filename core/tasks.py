"""The outbox's task: claim, commit, send, record, for as long as there is something due.

Without a mail server's address nothing is sent: the row is the mail, and development's mail page is
where it arrives.
"""

import logging
import math
import threading
import time
from dataclasses import dataclass
from datetime import datetime

from celery import shared_task
from flask import current_app

from core import outbox, queue
from core.clock import now
from core.db import transaction
from core.models import Mail
from core.settings import Settings
from core.smtp import Away, Later, MailError, Never, Postman

log = logging.getLogger(__name__)
BATCH = 200
BATCH_SECONDS = 4.0
"""How long a task sends before another goes on, so that a worker can end when it is asked to."""
_sending = threading.Lock()
"""One sender in a process, so that killing the process leaves at most one mail in doubt."""


@dataclass
class Delivered:
    """How many mails one batch sent, and how many it tried in vain (they may be tried again).

    `more`: it ended before it had looked at all that is due.
    """

    sent: int = 0
    failed: int = 0
    more: bool = False


def deliver_due(
    limit: int = BATCH, *, due: datetime | None = None, seconds: float = math.inf
) -> Delivered:
    """Send what is due by `due` (now if not given), at most `limit` mails, each tried once.

    `seconds`: how long to begin with further mails.

    Each mail is claimed in one transaction and recorded in another: a sender killed between the
    two leaves a claim that lapses, and the mail goes out again with the same Message-ID. Ends at
    the first mail for which the server can't be reached: the others keep their attempts.
    """
    settings: Settings = current_app.config["SETTINGS"]
    done, begun, until = Delivered(), now(), time.monotonic() + seconds
    with Postman(settings) as postman:
        for _turn in range(limit):
            if time.monotonic() > until:
                done.more = True
                break
            with transaction() as session:
                mail = outbox.claim_next(session, now=now(), due=due, begun=begun)
            if mail is None:
                break
            trouble = _try(mail, postman, settings)
            _record(mail, trouble)
            done.failed += trouble is not None
            done.sent += trouble is None
            if isinstance(trouble, Away):
                break
        else:
            done.more = True
    return done


def _try(mail: Mail, postman: Postman, settings: Settings) -> MailError | None:
    if not settings.smtp_url:
        return None
    try:
        postman.send(mail)
    except MailError as trouble:
        log.warning("mail %s: %s", mail.id, type(trouble).__name__)  # the row says why
        return trouble
    return None


def _record(mail: Mail, trouble: MailError | None) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    with transaction() as session:
        match trouble:
            case None:
                outbox.sent(mail, now=now())
                if settings.smtp_url:  # without a mail server, the row is where it is read
                    outbox.forget_secret(mail)
            case Away():
                outbox.give_back(mail, str(trouble), now=now())
            case Later():
                outbox.put_off(mail, str(trouble), now=now())
            case Never():
                outbox.refused(mail, str(trouble))
            case _:
                outbox.uncertain(mail, str(trouble), now=now())
        session.add(mail)


@shared_task(name="core.deliver_mail")
def deliver_mail() -> None:
    """Send what is due. Woken after mail is queued, and swept by the schedule.

    Does nothing while another thread of this process is at it: that one, or the sweep, finds the
    mail, and a slow mail server never keeps more than one of the worker's threads.
    """
    if not _sending.acquire(blocking=False):
        return
    try:
        done = deliver_due(seconds=BATCH_SECONDS)
    finally:
        _sending.release()
    if done.more:
        queue.wake(deliver_mail)
