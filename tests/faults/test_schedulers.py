"""Two schedulers at once: every reminder is one mail."""

from collections import Counter

import pytest

from core.processes import Child
from tests.faults.arranged import field_of, make_reminders_due
from tests.servers.instance import Instance, wait_until
from tests.servers.smtp import Mailbox

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(120)]
ORGANISATIONS = 20


def sweeps(worker: Child) -> int:
    """How often this worker's scheduler has asked for the reminders."""
    return worker.log.read_text().count("Sending due task sweep-reminders")


def test_two_schedulers_send_each_reminder_once(place: Instance, smtp: Mailbox) -> None:
    field_of(place, ORGANISATIONS)
    moment = make_reminders_due(place).isoformat()

    workers = [place.start_worker(name, FAULTS_MOMENT=moment) for name in ("one", "two")]
    sent = "SELECT count(*) FROM mail WHERE state = 'sent'"
    assert wait_until(lambda: place.scalar(sent) == ORGANISATIONS, seconds=60)
    assert wait_until(lambda: min(map(sweeps, workers)) >= 3, seconds=60)

    arrived = Counter(str(mail["To"]) for mail in smtp.accepted)
    assert place.scalar("SELECT count(*) FROM mail") == ORGANISATIONS
    assert (len(arrived), set(arrived.values())) == (ORGANISATIONS, {1})
