"""Broker, database or mail server are away: nothing received is lost, and all recovers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from threading import Event

import pytest

from tests.conftest import TEMPLATE
from tests.faults.arranged import Started, field_of, start_all, to_submit, typed
from tests.servers.instance import InBackground, Instance, instance, wait_until
from tests.servers.postgresql import PostgreSQL
from tests.servers.smtp import REFUSED, TRY_LATER, Mailbox, Reply
from tests.servers.smtp import smtp as smtp_server
from tests.servers.valkey import Valkey, valkey

pytestmark = pytest.mark.timeout(120)


@dataclass
class Town:
    """One installation with servers that can be taken away."""

    place: Instance
    database: PostgreSQL
    broker: Valkey
    smtp: Mailbox
    codes: list[str] = field(default_factory=list)

    def response(self) -> Started:
        """The complete response of an organisation no test has had yet."""
        return start_all(self.place, [self.codes.pop()])[0]

    def submit(self, response: Started) -> int:
        """Submit it in a browser; the status of the answer."""
        client = self.place.client(response.person_id)
        return client.send(f"{response.path}/submit", to_submit(client, response))[0]

    def receipt_state(self, response: Started) -> str:
        """How far the mail is that confirms the submission."""
        query = "SELECT state FROM mail WHERE purpose = 'receipt' AND to_address = :address"
        return str(self.place.scalar(query, address=self.address(response)))

    def address(self, response: Started) -> str:
        """The focal point's."""
        query = "SELECT email FROM person WHERE id = :id"
        return str(self.place.scalar(query, id=response.person_id))

    def received(self, response: Started) -> int:
        """How often the mail server accepted a mail to the focal point."""
        address = self.address(response)
        return sum(str(mail["To"]) == address for mail in self.smtp.accepted)


@pytest.fixture(scope="module")
def running(postgres: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A web server on PostgreSQL and Valkey; workers are started by the tests."""
    url = postgres.url(postgres.create_database(TEMPLATE))
    with valkey() as broker, smtp_server() as mailbox:
        options = {"database_url": url, "broker_url": broker.url, "smtp_url": mailbox.url}
        folder = tmp_path_factory.mktemp("town")
        with instance(folder, requests_per_minute=1_000_000, **options) as place:
            codes = field_of(place, 20)
            place.start_web()
            yield Town(place, postgres, broker, mailbox, codes)


@pytest.fixture
def town(running: Town) -> Iterator[Town]:
    """The installation, its mail server in good order."""
    running.smtp.clear()
    yield running
    running.place.close_browsers()


@pytest.fixture
def staffed(town: Town) -> Town:
    """The installation with its worker, and no mail of another test's left to send.

    Such a mail would meet the answer that the mail server has ready for this test's.
    """
    if not any(child.name == "worker" and child.running for child in town.place.children):
        town.place.start_worker()
    unsent = "SELECT count(*) FROM mail WHERE state IN ('queued', 'sending')"
    assert wait_until(lambda: town.place.scalar(unsent) == 0, seconds=40)
    return town


def test_work_whose_messages_were_wiped_is_found_by_the_sweep(town: Town) -> None:
    response = town.response()
    assert town.submit(response) == 303
    assert town.receipt_state(response) == "queued"

    town.broker.flush()
    worker = town.place.start_worker()

    assert wait_until(lambda: town.received(response) == 1, seconds=40), worker.last_words()


def test_a_submission_is_accepted_without_the_broker_and_confirmed_when_it_is_back(
    staffed: Town,
) -> None:
    response = staffed.response()
    staffed.broker.stop()

    try:
        assert staffed.submit(response) == 303
    finally:
        staffed.broker.start()

    assert wait_until(lambda: staffed.received(response) == 1, seconds=40)


def test_without_the_database_what_was_typed_comes_back_and_is_saved_once_it_answers(
    staffed: Town,
) -> None:
    response = staffed.response()
    client = staffed.place.client(response.person_id)
    path = f"{response.path}/sections/priorities"
    form = typed(client.get(path), priorities_reason="Written for an hour")
    staffed.database.stop()

    try:
        status, page, _ = staffed.place.browser(client.cookies).send(path, form)
    finally:
        staffed.database.start()
    assert status == 503
    assert "Written for an hour" in page
    again = staffed.place.browser(client.cookies)

    assert wait_until(lambda: again.send(path, form)[0] == 303)
    assert "Written for an hour" in staffed.place.browser(client.cookies).get(path)
    assert staffed.submit(staffed.response()) == 303


def test_without_the_mail_server_submitting_works_and_the_mail_follows(staffed: Town) -> None:
    response = staffed.response()
    staffed.smtp.stop()

    try:
        assert staffed.submit(response) == 303
        refusals = "SELECT count(*) FROM mail WHERE error LIKE 'ConnectionRefused%'"
        assert wait_until(lambda: staffed.place.scalar(refusals) == 1)
    finally:
        staffed.smtp.start()

    assert wait_until(lambda: staffed.received(response) == 1)


def test_a_slow_mail_server_holds_up_nobody_on_the_web(staffed: Town) -> None:
    first, second = staffed.response(), staffed.response()
    seen = Event()
    staffed.smtp.replies.append(Reply(delay=15, until=seen))
    assert staffed.submit(first) == 303
    assert wait_until(lambda: staffed.receipt_state(first) == "sending")

    submitting = InBackground(partial(staffed.submit, second))

    assert submitting.wait() == 303
    assert staffed.receipt_state(first) == "sending"
    seen.set()
    assert wait_until(lambda: staffed.received(first) == staffed.received(second) == 1)


def test_a_mail_put_off_is_tried_again_and_a_mail_refused_is_not(staffed: Town) -> None:
    put_off, refused = staffed.response(), staffed.response()

    staffed.smtp.replies.append(TRY_LATER)
    assert staffed.submit(put_off) == 303
    assert wait_until(lambda: staffed.receipt_state(put_off) == "sent")
    staffed.smtp.replies.append(REFUSED)
    assert staffed.submit(refused) == 303
    assert wait_until(lambda: staffed.receipt_state(refused) == "failed")

    assert (staffed.received(put_off), staffed.received(refused)) == (1, 0)
    why = "SELECT error FROM mail WHERE state = 'failed'"
    assert staffed.place.scalar(why) == "550 No such mailbox"
