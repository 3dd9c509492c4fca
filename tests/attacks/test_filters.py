"""Attack 32 and 10: what stands in an address: SQL, numbers beyond all bounds, regions to subtract.

The filters' names are read out of the routes, so that a new filter is tried too.
"""

import re
from collections.abc import Iterator
from itertools import chain

import pytest

from core.settings import ROOT
from movement.models import Role
from tests.attacks.addresses import addresses, own
from tests.attacks.world import World

READ = re.compile(r"""request\.(?:args|values)\.(?:get|getlist)\(\s*"(\w+)\"""")
SQL = ("' OR 1=1 --", "'; DROP TABLE person; --", '" UNION SELECT * FROM person --', "%", "\\", "_",
       "1; SELECT pg_sleep(30)", "$$", "{}", "[]", "null")  # fmt: skip
ODD = ("", "-1", "0", "9" * 30, "1e9", "NaN", "٣", "9999-12-31", "0001-01-01", "x" * 3000)
PLACES = (
    "/calls/{}", "/surveys/{}", "/results/{}/", "/directory/organisations/{}", "/responses/{}",
    "/organisations/{}/people", "/answer/spring/{}", "/static/{}", "/{}",
    "/results/spring/explore/{}",
)  # fmt: skip
WHO = (Role.FOCAL_POINT, Role.SECRETARIAT, Role.CO_CHAIR, Role.CONSULTANT, Role.ADMINISTRATOR)


def filters() -> set[str]:
    """Every name that some page reads out of its address."""
    sources = chain.from_iterable(
        (ROOT / package).rglob("*.py") for package in ("core", "movement", "surveys", "analytics")
    )
    return {name for path in sources for name in READ.findall(path.read_text())}


def pages(world: World, who: str) -> Iterator[str]:
    """The pages somebody may open."""
    for address in addresses(world, own(world)):
        if "GET" in address.verbs and world.get(who, address.path).status_code == 200:
            yield address.path


@pytest.mark.parametrize("who", WHO)
def test_no_filter_fails_or_changes_anything_for_sql_or_odd_values(world: World, who: str) -> None:
    names, wrong = sorted(filters()), {}
    assert {"region", "email", "page", "q"} <= set(names)
    before = world.rows("audit_entry", "participation")

    for path in list(pages(world, who)):
        for value in SQL + ODD:
            answer = world.get(who, path, query_string=dict.fromkeys(names, value))
            if answer.status_code >= 500:
                wrong[path] = value

    assert wrong == {}
    assert world.rows("audit_entry", "participation") == before


@pytest.mark.parametrize("text", ["\x00", "\u202e", "a\x1bb"])
def test_control_characters_in_an_address_are_refused_everywhere(world: World, text: str) -> None:
    names = filters()
    statuses = {
        path: world.get("secretariat", path, query_string=dict.fromkeys(names, text)).status_code
        for path in list(pages(world, "secretariat"))
    }

    assert statuses
    assert set(statuses.values()) == {400}


@pytest.mark.parametrize("text", ["%00", "%E2%80%AE", "%FF%FE", "' OR 1=1 --", "%0d%0aX: y"])
def test_odd_parts_of_a_path_lead_nowhere(world: World, text: str) -> None:
    wrong = {}

    for who in WHO:
        for path in PLACES:
            answer = world.get(who, path.format(text))
            if answer.status_code not in {302, 303, 400, 403, 404} or "X" in answer.headers:
                wrong[who, path] = answer.status_code

    assert wrong == {}


@pytest.mark.parametrize("who", [Role.FOCAL_POINT, Role.SECRETARIAT, Role.CO_CHAIR])
def test_people_are_not_listed_to_who_searches(world: World, who: str) -> None:
    """Attack 8."""
    listed = [
        world.get(who, "/people", query_string={name: text}).status_code
        for name in ("email", "organisation", "page", "q")
        for text in ("", "%", "a", "KEN")
    ]

    assert set(listed) == {403}


def test_an_administrator_finds_by_whole_addresses_only(world: World) -> None:
    for text in ("%", "respondent", "example.org", "@", "respondent@example.or_"):
        assert "respondent@example.org" not in world.get(
            "administrator", "/people", query_string={"email": text}
        ).text.replace(f'value="{text}"', "")
