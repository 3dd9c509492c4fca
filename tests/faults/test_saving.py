"""What several people or one unlucky person type into a section is never lost."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import update

from core.clock import now
from movement.models import SignInSession
from movement.services.signin import make_link
from surveys.models import Response
from tests.faults.arranged import Started, locked, typed, until_waiting
from tests.faults.conftest import Site
from tests.performance.journey import TOKEN, Client
from tests.servers.instance import InBackground

pytestmark = pytest.mark.timeout(120)
PRIORITIES, CHALLENGES = "priorities_reason", "challenges_practice"


def answers(site: Site, response: Started) -> dict[str, object]:
    with site.place.session() as session:
        return session.get_one(Response, response.response_id).answers


def send_at_once(
    site: Site, response: Started, forms: list[tuple[str, dict[str, str]]]
) -> list[tuple[int, str, str]]:
    """Send sections, each from a page of its own, while all must wait; the answers in order."""
    pages = []
    for section, fields in forms:
        client = site.place.client(response.person_id)
        path = f"{response.path}/sections/{section}"
        pages.append(partial(client.send, path, typed(client.get(path), **fields)))
    with locked(site.place, response):
        sending = [InBackground(page) for page in pages]
        until_waiting(site.place, len(pages))
    return [one.wait() for one in sending]


def test_two_sections_saved_at_once_are_both_kept(site: Site) -> None:
    response = site.response(complete=False)

    saved = send_at_once(
        site,
        response,
        [("priorities", {PRIORITIES: "Floods"}), ("challenges", {CHALLENGES: "Hotlines"})],
    )

    assert [status for status, _, _ in saved] == [303, 303]
    assert answers(site, response) == {PRIORITIES: "Floods", CHALLENGES: "Hotlines"}


def test_of_one_section_saved_twice_at_once_the_second_gets_a_page_with_both_texts(
    site: Site,
) -> None:
    response = site.response(complete=False)

    saved = send_at_once(
        site,
        response,
        [("priorities", {PRIORITIES: "Floods"}), ("priorities", {PRIORITIES: "Droughts"})],
    )

    assert sorted(status for status, _, _ in saved) == [303, 409]
    conflict = next(body for status, body, _ in saved if status == 409)
    assert "Floods" in conflict
    assert "Droughts" in conflict
    assert answers(site, response)[PRIORITIES] in ("Floods", "Droughts")


def sign_in_again(site: Site, response: Started, client: Client) -> str:
    """Follow a fresh link; the page it leads to."""
    with site.place.session() as session:
        token = make_link(session, response.person_id, next_path="", now=now())
        session.commit()
    link = f"/sign-in/{token}"
    return client.get(client.post(link, [], client.get(link)))


def test_what_was_typed_when_the_session_had_ended_is_there_after_signing_in(site: Site) -> None:
    response = site.response(complete=False)
    client = site.place.client(response.person_id)
    path = f"{response.path}/sections/priorities"
    page = client.get(path)
    with site.place.session() as session:
        session.execute(update(SignInSession).values(expires_at=now() - timedelta(minutes=1)))
        session.commit()

    status, refusal, _ = client.send(path, typed(page, **{PRIORITIES: "Written for an hour"}))
    assert status == 401
    assert TOKEN.search(refusal)
    back = sign_in_again(site, response, client)
    assert "Written for an hour" in back
    status, _, _ = client.send(path, typed(back, **{PRIORITIES: "Written for an hour"}))

    assert status == 303
    assert answers(site, response) == {PRIORITIES: "Written for an hour"}
