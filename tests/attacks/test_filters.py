"""Attack 32 and 10: what stands in an address: SQL, numbers beyond all bounds, regions to subtract.

The filters' names are read out of the routes, so that a new filter is tried too.
"""

import re
from itertools import chain
from typing import Any, ClassVar

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from core.settings import ROOT
from movement.models import Role
from tests.attacks.addresses import Address, addresses, own
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
WHO = (Role.SECRETARIAT, Role.FOCAL_POINT, Role.CO_CHAIR, Role.CONSULTANT, Role.ADMINISTRATOR)


def filters() -> set[str]:
    """Every name that some page reads out of its address."""
    sources = chain.from_iterable(
        (ROOT / package).rglob("*.py")
        for package in ("core", "movement", "surveys", "consult", "analytics")
    )
    return {name for path in sources for name in READ.findall(path.read_text())}


def pages(world: World, who: str) -> list[Address]:
    """The pages somebody may open; asked once of a world."""
    name = f"pages of {who}"
    if name not in world.found:
        world.found[name] = [
            one for one in addresses(world, own(world))
            if "GET" in one.verbs and world.get(who, one.path).status_code == 200
        ]  # fmt: skip
    return list(world.found[name])


class Heard(ImmutableMultiDict[str, str]):
    """An address's parameters, which remember the names they were asked by."""

    names: ClassVar[set[str]] = set()

    def get(self, name: str, *more: Any, **others: Any) -> Any:  # type: ignore[override]
        Heard.names.add(name)
        return super().get(name, *more, **others)

    def getlist(self, name: str, *more: Any, **others: Any) -> Any:  # type: ignore[override]
        Heard.names.add(name)
        return super().getlist(name, *more, **others)

    def __getitem__(self, name: str) -> str:
        Heard.names.add(name)
        return super().__getitem__(name)


@pytest.fixture
def heard(world: World, monkeypatch: pytest.MonkeyPatch) -> type[Heard]:
    """Tells which pages read their address at all."""
    listening = type("Listening", (world.app.request_class,), {"parameter_storage_class": Heard})
    monkeypatch.setattr(world.app, "request_class", listening)
    Heard.names.clear()
    return Heard


@pytest.mark.parametrize("who", WHO)
def test_no_filter_fails_or_changes_anything_for_sql_or_odd_values(
    world: World, heard: type[Heard], who: str
) -> None:
    """A page that reads nothing of its address is asked with two values only.

    One that another role has tried with every value is tried with a third of them, others for each.
    """
    wrong, deaf = {}, set()
    tried: set[str] = world.found.setdefault("tried with every value", set())
    before = world.rows("audit_entry", "participation")
    every_page = pages(world, who)
    names = sorted(filters() | heard.names)
    assert {"region", "email", "page", "q"} <= set(names)

    for number, page in enumerate(every_page):
        heard.names.clear()
        values: tuple[str, ...] = (*SQL, *ODD)
        if page.endpoint in tried:
            values = values[number % 3 :: 3]
        for at, value in enumerate(("", "0", *values)):
            if at == 2 and not heard.names:
                deaf.add(page.path)
                break
            answer = world.get(who, page.path, query_string=dict.fromkeys(names, value))
            if answer.status_code >= 500:
                wrong[page.path] = value
    tried.update(page.endpoint for page in every_page)

    assert wrong == {}
    assert "/" in deaf
    assert world.rows("audit_entry", "participation") == before


@pytest.mark.parametrize("text", ["\x00", "\u202e", "a\x1bb"])
def test_control_characters_in_an_address_are_refused_everywhere(world: World, text: str) -> None:
    names = filters()
    answers = {
        one.path: world.get("secretariat", one.path, query_string=dict.fromkeys(names, text))
        for one in pages(world, "secretariat")
    }

    assert {answer.status_code for answer in answers.values()} == {400}


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
