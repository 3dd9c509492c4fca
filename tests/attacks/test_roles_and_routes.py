"""The table of roles against every route: by both verbs, one's own and another's, released or not.

A refusal must change nothing. What a role may do is tried too, for a table that only refuses would
be kept by a product that does nothing.
"""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import update
from werkzeug.test import TestResponse

from core.clock import now
from movement.models import Call, Role
from tests.attacks.addresses import Address, addresses, other, own
from tests.attacks.routes import OPEN_TO_ALL, ROUTES, opens
from tests.attacks.world import NOBODY, World
from tests.movement.role_table import ROLES

REFUSALS = {403, 404}
places = pytest.mark.parametrize("place", ["own", "other"])
every_role = pytest.mark.parametrize("role", ROLES)


def guarded(world: World, role: str, place: str) -> list[Address]:
    """The addresses of all guarded routes; exports are the person's own where they have any."""
    values: dict[str, Any] = {"own": own, "other": other}[place](world)
    if role == Role.CONSULTANT:
        call = values["call"]
        values["export_id"] = world.ids[f"consultant {call} xlsx"]
    return [one for one in addresses(world, values) if one.endpoint not in OPEN_TO_ALL]


def release(world: World) -> None:
    with world.session() as session:
        session.exec(update(Call).values(released_at=now()))
        session.commit()


def ask(world: World, who: str, verb: str, address: Address) -> TestResponse:
    if verb == "POST":
        return world.send(who, address.path, {"key": "k", "edition": "1"})
    return world.ask(who, verb, address.path)


def tried(
    world: World, role: Role, place: str, *, allowed: bool, released: bool = False
) -> dict[str, int]:
    """The statuses of all that the table allows the role, or of all that it doesn't."""
    if role is Role.SECRETARIAT:
        for call, organisation in (("spring", "KEN"), ("autumn", "GHA")):
            path = f"/answer/{call}/{organisation}/on-behalf"
            world.send(role, path, {"reason": "By post"})
    statuses = {}
    for address in guarded(world, role, place):
        if opens(address.endpoint, role, own=place == "own", released=released) is allowed:
            for verb in address.verbs if allowed else ("HEAD", *address.verbs):
                answer = ask(world, role, verb, address)
                statuses[f"{verb} {address.path}"] = answer.status_code
                if allowed and verb == "POST":
                    world.restore()
                    if released:
                        release(world)
    return statuses


def test_the_table_names_every_route(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert endpoints == OPEN_TO_ALL | set(ROUTES)


@places
@every_role
def test_what_the_table_does_not_allow_is_refused_and_changes_nothing(
    world: World, role: Role, place: str
) -> None:
    world.client(role)
    world.get(role, "/")
    before = world.rows("audit_entry")

    statuses = tried(world, role, place, allowed=False)

    wrong = {what: s for what, s in statuses.items() if s not in REFUSALS | {405}}
    assert wrong == {}
    assert world.rows("audit_entry") == before


@places
@every_role
def test_what_the_table_allows_is_done(world: World, role: Role, place: str) -> None:
    statuses = tried(world, role, place, allowed=True)

    wrong = {what: s for what, s in statuses.items() if s in REFUSALS or s >= 500}
    assert wrong == {}
    assert statuses


@every_role
def test_released_results_open_to_whom_the_table_says(world: World, role: Role) -> None:
    release(world)

    opened = tried(world, role, "other", allowed=True, released=True)
    refused = tried(world, role, "other", allowed=False, released=True)

    assert {what: s for what, s in opened.items() if s in REFUSALS or s >= 500} == {}
    assert {what: s for what, s in refused.items() if s not in REFUSALS | {405}} == {}


def test_nobody_signed_in_gets_no_further_than_the_sign_in_page(world: World) -> None:
    world.client(NOBODY)
    before = world.rows()
    wrong = {}

    for address in guarded(world, NOBODY, "own"):
        for verb in ("HEAD", *address.verbs):
            answer = ask(world, NOBODY, verb, address)
            led_away = answer.status_code == 302 and answer.location.startswith("/sign-in")
            if not led_away and answer.status_code != (405 if verb == "HEAD" else 401):
                wrong[f"{verb} {address.path}"] = answer.status_code

    assert wrong == {}
    assert world.rows() == before


@every_role
def test_to_each_role_a_strangers_thing_looks_as_if_it_did_not_exist(
    world: World, role: Role
) -> None:
    """The routes of a single thing answer another's and nobody's alike."""
    things = ("responses.", "submitting.", "copies.", "kept.show", "exports.f")
    theirs = [
        one for one in guarded(world, role, "other")
        if one.endpoint.startswith(things)
        and not opens(one.endpoint, role, own=False)
    ]  # fmt: skip
    inside = opens("responses.hub", role, own=True)

    seen = {
        f"{verb} {one.path}": ask(world, role, verb, one).status_code
        for one in theirs
        for verb in one.verbs
    }

    wanted = {404} if inside else REFUSALS
    assert {what: s for what, s in seen.items() if s not in wanted and "/exports" not in what} == {}
