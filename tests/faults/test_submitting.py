"""Submitting is whole or nothing, and safe to repeat: pressed at once, killed half-way."""

import socket
from functools import partial
from http.client import HTTPException
from itertools import cycle

import pytest

from tests.faults.arranged import Started, locked, to_submit, until_waiting
from tests.faults.conftest import Site
from tests.servers.instance import InBackground, wait_until

pytestmark = pytest.mark.timeout(120)
Answer = tuple[int, str, str]


def submissions(site: Site, response: Started) -> int:
    query = "SELECT count(*) FROM submission WHERE response_id = :id"
    found: int = site.place.scalar(query, id=stored(site, response))
    return found


def stored(site: Site, response: Started) -> str:
    """The id as the database's own column holds it."""
    on_sqlite = site.place.settings.database.startswith("sqlite")
    return response.response_id.hex if on_sqlite else str(response.response_id)


def state(site: Site, response: Started) -> str:
    query = "SELECT state FROM response WHERE id = :id"
    return str(site.place.scalar(query, id=stored(site, response)))


def reference(site: Site, response: Started) -> str:
    query = "SELECT reference FROM submission WHERE response_id = :id"
    return str(site.place.scalar(query, id=stored(site, response)))


@pytest.mark.parametrize("pages", [1, 8], ids=["one page", "eight pages"])
def test_eight_submits_at_once_make_one_submission_with_one_reference(
    site: Site, pages: int
) -> None:
    response = site.response()
    client = site.place.client(response.person_id)
    forms = [to_submit(client, response) for _ in range(pages)]
    browsers = [site.place.browser(client.cookies) for _ in range(8)]

    with locked(site.place, response):
        sending = [
            InBackground(partial(browser.send, f"{response.path}/submit", form))
            for browser, form in zip(browsers, cycle(forms), strict=False)
        ]
        until_waiting(site.place, 8)
    answers: list[Answer] = [one.wait() for one in sending]

    receipt = f"{response.path}/receipt"
    assert [(status, place) for status, _, place in answers] == [(303, receipt)] * 8
    assert submissions(site, response) == 1
    assert reference(site, response) in site.place.browser(client.cookies).get(receipt)


def test_a_worker_killed_while_submitting_leaves_nothing_and_the_page_can_be_sent_again(
    site: Site,
) -> None:
    response = site.response()
    client = site.place.client(response.person_id)
    page = to_submit(client, response)

    with locked(site.place, response):
        sending = InBackground(
            partial(site.place.browser(client.cookies).send, f"{response.path}/submit", page)
        )
        until_waiting(site.place, 1)
        site.place.kill_web_workers()
        assert isinstance(sending.wait(), (OSError, HTTPException))
    assert (state(site, response), submissions(site, response)) == ("in_progress", 0)
    status, _, receipt = site.place.browser(client.cookies).send(f"{response.path}/submit", page)

    assert (status, submissions(site, response)) == (303, 1)
    assert reference(site, response) in site.place.browser(client.cookies).get(receipt)


def test_a_worker_killed_before_it_could_answer_has_received_and_the_same_page_says_so(
    site: Site,
) -> None:
    response = site.response()
    client = site.place.client(response.person_id)
    page = to_submit(client, response)
    site.place.kill_web_workers()  # the new ones don't know yet that the broker is away

    with socket.create_server(("127.0.0.1", site.broker_port)):  # a broker that never answers
        sending = InBackground(
            partial(site.place.browser(client.cookies).send, f"{response.path}/submit", page)
        )
        assert wait_until(lambda: submissions(site, response) == 1)
        site.place.kill_web_workers()
        assert isinstance(sending.wait(), (OSError, HTTPException))
    status, _, receipt = site.place.browser(client.cookies).send(f"{response.path}/submit", page)

    assert (status, submissions(site, response)) == (303, 1)
    assert reference(site, response) in site.place.browser(client.cookies).get(receipt)
