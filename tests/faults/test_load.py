"""Ten times as many at once as there are threads: some must wait, nothing accepted is lost."""

from collections import Counter
from functools import partial

import pytest
from sqlmodel import select

from surveys.models import Response
from tests.faults.arranged import Started, field_of, start_all, typed
from tests.performance.journey import Client
from tests.servers.instance import InBackground, Instance

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(120)]
AT_ONCE = 80
"""Clients, for the eight threads of one process."""
ROUNDS = 3
PLAIN = {200, 303, 409, 429, 503}


def save_often(client: Client, response: Started) -> tuple[list[int], str]:
    """The statuses of a reader who also writes, and the last text that was accepted."""
    path, statuses, accepted = f"{response.path}/sections/priorities", [], ""
    for number in range(ROUNDS):
        status, page, _ = client.send(path)
        statuses.append(status)
        if status != 200:
            continue
        text = f"Round {number} of {response.organisation}"
        status, _, _ = client.send(path, typed(page, priorities_reason=text))
        statuses.append(status)
        accepted = text if status == 303 else accepted
    return statuses, accepted


def test_under_ten_times_the_load_every_answer_is_plain_and_what_was_accepted_is_kept(
    place: Instance,
) -> None:
    all_started = start_all(place, field_of(place, AT_ONCE), complete=False)
    place.environment["PLENARY_REQUESTS_PER_MINUTE"] = str(AT_ONCE * 4)
    place.start_web("--workers=1")
    clients = [place.client(response.person_id) for response in all_started]

    sending = [
        InBackground(partial(save_often, client, response))
        for client, response in zip(clients, all_started, strict=True)
    ]
    ends = [one.wait(90) for one in sending]

    assert [end for end in ends if not isinstance(end, tuple)] == []
    seen = Counter(status for statuses, _ in ends for status in statuses)
    assert set(seen) <= PLAIN
    assert seen[303] > 0
    assert seen[429] > 0
    accepted = {
        one.response_id: text for one, (_, text) in zip(all_started, ends, strict=True) if text
    }
    with place.session() as session:
        rows = session.execute(select(Response.id, Response.answers)).all()
    kept = {id_: answers.get("priorities_reason") for id_, answers in rows}
    assert {id_: kept[id_] for id_ in accepted} == accepted
