"""Reminders reach every organisation though the worker is killed, also after the server's 250."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Conversation
from sqlmodel import select

from core.models import Mail
from core.processes import Child
from tests.faults.arranged import field_of, queue_reminders, reminders_in_outbox
from tests.servers.instance import Instance, wait_until
from tests.servers.smtp import Mailbox, Reply

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(240)]
ORGANISATIONS = 64
AMBUSHES = (8, 24)
"""The worker is killed when this many mails have been accepted, between the 250 and its commit."""


class Snare(Mailbox):
    """A mail server that tells when it is about to accept a mail, and when it has said so.

    `strike` is called with the Message-ID of the mails counted in AMBUSHES; what it returns is
    called as soon as the 250 is written to the worker's connection.
    """

    def __init__(self) -> None:
        super().__init__()
        self.strike: Callable[[str], Callable[[], None]] | None = None

    async def handle_DATA(  # noqa: N802 -- the server looks handlers up by the command's name
        self, server: SMTP, session: Conversation, envelope: Envelope
    ) -> str:
        """Keep the message, and spring if it is one of those waited for."""
        line = await super().handle_DATA(server, session, envelope)
        if self.strike is not None and len(self.accepted) in AMBUSHES:
            finish, push = self.strike(str(self.accepted[-1]["Message-ID"])), server.push

            async def push_then_finish(status: Any) -> None:
                await push(status)
                finish()

            server.push = push_then_finish  # type: ignore[method-assign]  # for this one connection
        return line


@pytest.fixture
def smtp() -> Iterator[Snare]:
    server = Snare()
    server.start()
    yield server
    server.stop()


def ended(worker: Child) -> bool:
    return not worker.running


def ambush(place: Instance) -> Callable[[str], Callable[[], None]]:
    """Keep the worker from recording an accepted mail, and kill it there."""

    def strike(message_id: str) -> Callable[[], None]:
        held = place.session()
        held.execute(select(Mail.id).where(Mail.message_id == message_id).with_for_update())

        def finish() -> None:
            time.sleep(0.3)  # the worker reads the 250, and waits for the row to record it
            place.kill(place.children[-1])
            held.close()

        return finish

    return strike


def test_every_organisation_has_its_mail_and_no_kill_doubles_more_than_one(
    place: Instance, smtp: Snare
) -> None:
    field_of(place, ORGANISATIONS)
    assert queue_reminders(place) == ORGANISATIONS
    smtp.replies.extend([Reply(delay=0.02)] * 1000)
    smtp.strike = ambush(place)

    for _ambush in AMBUSHES:
        worker = place.start_worker()
        assert wait_until(partial(ended, worker), seconds=60), worker.last_words()
    worker = place.start_worker()
    assert len(smtp.wait_for(40, seconds=60)) >= 40, worker.last_words()
    place.kill(worker)
    worker = place.start_worker()
    sent = "SELECT count(*) FROM mail WHERE state = 'sent'"
    assert wait_until(lambda: place.scalar(sent) == ORGANISATIONS, seconds=60), worker.last_words()

    arrived = Counter((str(mail["To"]), str(mail["Message-ID"])) for mail in smtp.accepted)
    assert set(arrived) == reminders_in_outbox(place)
    assert len(AMBUSHES) <= arrived.total() - ORGANISATIONS <= len(AMBUSHES) + 1
