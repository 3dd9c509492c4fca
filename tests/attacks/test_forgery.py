"""Attacks 41, 42 and 43: only a page of ours changes anything, and only by a POST."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from core.clock import now
from movement.models import Role
from movement.services.signin import make_link
from tests.attacks.addresses import Address, addresses, own
from tests.attacks.world import NOBODY, World
from tests.pages import form_with

WHO = [*(role.value for role in Role), NOBODY]
TYPED = "Mobile clinics at the border"
LOOKED = {"audit_entry", "participation"}
"""What a look may leave behind: that staff saw answers, that an organisation opened its page."""


def posts(world: World) -> Iterator[Address]:
    """Every address that takes a POST."""
    return (one for one in addresses(world, own(world)) if "POST" in one.verbs)


OF_EACH_KIND = (Role.FOCAL_POINT.value, Role.SECRETARIAT.value, NOBODY)


@pytest.mark.parametrize(
    ("who", "token"),
    [*((who, "another's") for who in WHO),
     *((who, token) for who in OF_EACH_KIND for token in ("", "wrong"))],
)  # fmt: skip
def test_a_post_without_ones_own_token_changes_nothing_and_keeps_the_text(
    world: World, who: str, token: str
) -> None:
    world.client(who)
    if token == "another's":
        page = world.app.test_client().get("/sign-in").text
        token = form_with(page, "csrf_token").fields["csrf_token"][0]
    before, wrong = world.rows("audit_entry"), {}

    for address in posts(world):
        fields = {"csrf_token": token, "q_name": TYPED, "edition": "1", "key": "k"}
        answer = world.send(who, address.path, fields)
        if answer.status_code != 400 or TYPED not in answer.text:
            wrong[address.path] = answer.status_code

    assert wrong == {}
    assert world.rows("audit_entry") == before


FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:81"},
    {"Sec-Fetch-Site": "cross-site"},
)


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: next(iter(headers.values())))
@pytest.mark.parametrize("who", [Role.FOCAL_POINT, Role.SECRETARIAT, Role.ADMINISTRATOR, NOBODY])
def test_a_post_from_another_site_changes_nothing(
    world: World, who: str, headers: dict[str, str]
) -> None:
    world.client(who)
    before = world.rows()

    statuses = {
        address.path: world.send(who, address.path, {"q_name": TYPED}, headers=headers).status_code
        for address in posts(world)
    }

    assert set(statuses.values()) == {403}
    assert world.rows() == before


def test_a_post_from_our_own_pages_is_taken(world: World) -> None:
    fields = {"edition": "1", "q_name": TYPED}
    path = f"/responses/{world.ids['KEN spring']}/sections/only"
    ours = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}

    assert world.send("respondent", path, fields, headers=ours).status_code == 303
    assert TYPED in world.get("respondent", path).text


@pytest.mark.parametrize(
    ("who", "verb"),
    [*((who, verb) for who in WHO for verb in ("GET", "HEAD")),
     *((who, "OPTIONS") for who in OF_EACH_KIND)],
)  # fmt: skip
def test_reading_changes_nothing(world: World, who: str, verb: str) -> None:
    if who == Role.SECRETARIAT:
        world.send(who, "/answer/spring/KEN/on-behalf", {"reason": "By post"})
    world.client(who)
    before = world.rows(*LOOKED)
    wanted = {"q_name": TYPED, "edition": "1", "key": "k", "email": "focal-point@example.org",
              "to": "all", "language": "fr", "confirmed": "y", "back": "1"}  # fmt: skip

    statuses = {
        address.path: world.ask(who, verb, address.path, query_string=wanted, data=wanted)
        for address in addresses(world, own(world))
    }

    assert {path: a.status for path, a in statuses.items() if a.status_code >= 500} == {}
    assert world.rows(*LOOKED) == before


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("who", [Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_other_verbs_are_refused(world: World, who: str, verb: str) -> None:
    world.client(who)
    before = world.rows()

    token = {"X-CSRFToken": world.csrf[who]}
    statuses = {
        address.path: world.ask(who, verb, address.path, headers=token).status_code
        for address in addresses(world, own(world))
    }

    assert set(statuses.values()) == {405}
    assert world.rows() == before


def test_looking_at_a_sign_in_link_leaves_it_usable_however_often(world: World) -> None:
    with world.session() as session:
        token = make_link(session, world.ids["respondent"], next_path="", now=now())
        session.commit()
    before = world.rows()

    for verb in ("GET", "HEAD", "OPTIONS") * 5:
        world.ask(NOBODY, verb, f"/sign-in/{token}")

    assert world.rows() == before
    assert world.send(NOBODY, f"/sign-in/{token}").status_code == 303
    assert world.send(NOBODY, f"/sign-in/{token}").status_code in (400, 410)


def test_fields_nobody_asked_for_are_ignored(world: World) -> None:
    """Attack 4: an organisation, a role or a state sent along."""
    path = f"/responses/{world.ids['KEN spring']}"
    extra = {"organisation": "GHA", "organisation_id": world.ids["GHA spring"].hex,
             "state": "submitted", "role": "administrator", "person_id": world.ids["stranger"].hex,
             "response_id": world.ids["GHA spring"].hex, "region_code": "mena",
             "id": world.ids["GHA spring"].hex, "wave": "autumn"}  # fmt: skip

    world.send("respondent", f"{path}/sections/only", {"edition": "1", "q_name": TYPED, **extra})
    world.send("respondent", "/language", {"language": "fr", **extra})

    with closing(sqlite3.connect(world.folder / "plenary.sqlite3")) as connection:
        rows = connection.execute(
            "SELECT region_code, state, answers LIKE ? FROM response WHERE id = ?"
            " UNION ALL SELECT region_code, state, answers LIKE ? FROM response WHERE id = ?",
            (f"%{TYPED}%", world.ids["KEN spring"].hex, f"%{TYPED}%", world.ids["GHA spring"].hex),
        ).fetchall()
        roles = connection.execute(
            "SELECT role FROM assignment WHERE person_id = ? AND ended_at IS NULL",
            (world.ids["respondent"].hex,),
        ).fetchall()
    assert rows == [("africa", "in_progress", 1), ("africa", "submitted", 0)]
    assert roles == [("respondent",)]


def test_a_removed_person_is_out_at_once(world: World) -> None:
    """Attack 11, by every page."""
    world.client("colleague")

    world.send("administrator", f"/people/{world.ids['colleague']}/remove")

    for path in ("/kept", f"/responses/{world.ids['KEN spring']}", "/organisations/KEN/people"):
        answer = world.get("colleague", path)
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in")
    assert world.send("colleague", "/answer/spring/KEN").status_code == 401
