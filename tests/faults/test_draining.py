"""SIGTERM in the middle of work: it is finished within the launcher's patience, nothing is cut."""

from functools import partial

import pytest

from core.launch import PATIENCE
from core.processes import end
from tests.faults.arranged import (
    field_of,
    locked,
    queue_reminders,
    start_all,
    to_submit,
    until_waiting,
)
from tests.servers.instance import InBackground, Instance, wait_until
from tests.servers.smtp import Mailbox, Reply

pytestmark = pytest.mark.timeout(120)


def doubles(smtp: Mailbox) -> int:
    """How many mails came that had come before."""
    ids = [str(mail["Message-ID"]) for mail in smtp.accepted]
    return len(ids) - len(set(ids))


def test_a_submission_and_a_mail_under_way_are_finished_before_the_end(
    place: Instance, smtp: Mailbox
) -> None:
    response = start_all(place, field_of(place, 1))[0]
    place.start_web()
    worker = place.start_worker()
    client = place.client(response.person_id)
    form = to_submit(client, response)
    smtp.replies.append(Reply(delay=2))
    assert queue_reminders(place) == 1
    sending = "SELECT count(*) FROM mail WHERE state = 'sending'"
    assert wait_until(lambda: place.scalar(sending) == 1, seconds=40), worker.last_words()

    sender = place.browser(client.cookies)
    with locked(place, response):
        submitting = InBackground(partial(sender.send, f"{response.path}/submit", form))
        until_waiting(place, 1)
        ending = InBackground(partial(end, place.children, within=PATIENCE))

    assert ending.wait() == []
    assert submitting.wait()[0] == 303
    assert place.scalar("SELECT count(*) FROM submission") == 1
    assert place.scalar("SELECT state FROM mail WHERE purpose = 'reminder'") == "sent"
    assert place.scalar(sending) == 0
    assert doubles(smtp) == 0


def test_a_worker_with_many_mails_to_send_ends_in_time_and_leaves_none_in_doubt(
    place: Instance, smtp: Mailbox
) -> None:
    field_of(place, 60)
    smtp.replies.extend([Reply(delay=0.5)] * 60)
    assert queue_reminders(place) == 60
    worker = place.start_worker()
    assert len(smtp.wait_for(1, seconds=40)) >= 1, worker.last_words()

    late = end([worker], within=PATIENCE)

    assert late == []
    assert place.scalar("SELECT count(*) FROM mail WHERE state = 'sending'") == 0
    assert place.scalar("SELECT count(*) FROM mail WHERE state = 'queued'") > 20
    assert doubles(smtp) == 0
