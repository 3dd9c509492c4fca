"""How often one network address may ask, and that a missing broker fails nothing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.app import create_app
from core.settings import Settings
from tests.servers.valkey import Valkey


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"requests_per_minute": 5})


def statuses(client: FlaskClient, count: int, **kwargs: object) -> list[int]:
    return [client.get("/sign-in", **kwargs).status_code for _turn in range(count)]


def test_more_requests_than_allowed_get_429_with_the_time_to_wait(client: FlaskClient) -> None:
    first = statuses(client, 5)
    after = client.get("/sign-in")

    assert first == [200] * 5
    assert after.status_code == 429
    assert 1 <= int(after.headers["Retry-After"]) <= 61


def test_each_network_address_is_counted_for_itself(client: FlaskClient) -> None:
    statuses(client, 6)

    other = statuses(client, 1, environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert other == [200]


def test_an_invented_forwarding_header_changes_nothing(client: FlaskClient) -> None:
    statuses(client, 5)

    assert statuses(client, 1, headers={"X-Forwarded-For": "192.0.2.7"}) == [429]


def test_health_and_files_are_not_counted(client: FlaskClient) -> None:
    counted = [client.get("/health").status_code for _turn in range(10)]

    assert counted == [200] * 10
    assert statuses(client, 1) == [200]


def test_processes_share_their_counts_in_the_broker(settings: Settings, broker: Valkey) -> None:
    shared = settings.model_copy(update={"broker_url": broker.url})
    one, two = create_app(shared), create_app(shared)

    first = statuses(one.test_client(), 3)
    second = statuses(two.test_client(), 3)

    assert first + second == [200] * 5 + [429]
    for app in (one, two):
        app.extensions["sessions"].dispose()


def test_a_dead_broker_fails_no_request_and_counting_goes_on(settings: Settings) -> None:
    app: Flask = create_app(settings.model_copy(update={"broker_url": "redis://127.0.0.1:1/0"}))

    answers = statuses(app.test_client(), 6)

    assert answers == [200] * 5 + [429]
    app.extensions["sessions"].dispose()


def test_of_many_processes_one_is_the_first(settings: Settings, broker: Valkey) -> None:
    shared = settings.model_copy(update={"broker_url": broker.url})
    apps = [create_app(shared) for _process in range(2)]
    counters = [app.extensions["limits"] for app in apps]

    firsts = [one.once("proof", "a", seconds=60) for one in counters for _turn in range(2)]
    loads = [one.lately("start", "here", seconds=60, adding=2) for one in counters]

    assert firsts == [True, False, False, False]
    assert loads == [2, 4]
    for app in apps:
        app.extensions["sessions"].dispose()


def test_no_network_address_stands_among_the_counts(app: Flask, client: FlaskClient) -> None:
    statuses(client, 2, environ_base={"REMOTE_ADDR": "192.0.2.7"})

    counted = [str(key) for key in app.extensions["limits"].own.storage.storage]

    assert counted
    assert not any("192.0.2.7" in key for key in counted)
