"""A disk that takes nothing more: every refusal says so, keeps the text, and is no receipt."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.arranged import started, to_submit, typed
from tests.servers.instance import Instance, instance

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a running process"),
]


@contextmanager
def full_disk(place: Instance) -> Iterator[None]:
    """No file of the web server's processes can grow."""
    unlimited = resource.RLIM_INFINITY
    workers = place.web_workers()
    for pid in workers:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, unlimited))
    yield
    for pid in workers:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))


def test_on_a_full_disk_nothing_is_received_and_all_works_again_when_there_is_room(
    place: Instance,
) -> None:
    response = started(place)
    place.start_web("--workers=1")
    client = place.client(response.person_id)
    path = f"{response.path}/sections/priorities"
    form, submitting = typed(client.get(path), priorities_reason="Floods"), None

    with full_disk(place):
        saved, page, _ = client.send(path, form)
        submitting = to_submit(client, response)
        submitted, refusal, _ = client.send(f"{response.path}/submit", submitting)
    assert (saved, submitted) == (503, 503)
    assert "Floods" in page
    assert "Nothing was received" in refusal
    assert place.scalar("SELECT count(*) FROM submission") == 0
    assert place.scalar("SELECT state FROM response") == "in_progress"

    status, _, receipt = client.send(f"{response.path}/submit", submitting)

    assert (status, receipt) == (303, f"{response.path}/receipt")
    assert place.scalar("SELECT count(*) FROM submission") == 1


def test_a_database_that_cannot_be_written_is_still_read_and_receives_nothing(
    place: Instance,
) -> None:
    response = started(place)
    path = f"{response.path}/sections/priorities"
    signed_in = place.client(response.person_id)
    file = f"sqlite:///file:{place.folder / 'plenary.sqlite3'}?mode=ro&uri=true"

    with instance(place.folder, database_url=file) as reading:
        reading.start_web("--workers=1")
        client = reading.browser(signed_in.cookies)
        form = typed(client.get(path), priorities_reason="Floods")
        saved, page, _ = client.send(path, form)
        submitted, _, _ = client.send(f"{response.path}/submit", to_submit(client, response))

    assert (saved, submitted) == (503, 503)
    assert "Floods" in page
    assert place.scalar("SELECT count(*) FROM submission") == 0
