"""Attacks 33 and 35: control characters, false reading orders, huge texts in whatever is sent."""

import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import MethodNotAllowed

from movement.models import Role
from tests.attacks.addresses import addresses, own
from tests.attacks.world import World
from tests.pages import forms_of
from tests.surveys.xlsform_builder import row, xlsform

REFUSED = {
    "NUL": "Clinics\x00",
    "bell": "Clin\x07ics",
    "escape": "\x1b[31mClinics",
    "right-to-left override": "Clinics\u202e",
    "a megabyte": "x" * 1_000_000,
}
TAKEN = {
    "line breaks before rare characters": f"Clinics\r\nBcc: all@evil.example {'𝔘' * 300}",
    "a huge number": "9" * 400,
    "the last day there is": "9999-12-31",
    "digits of another script": "٣٤",
    "a fraction": "1e400",
}
writers = pytest.mark.parametrize(
    "who", [Role.RESPONDENT, Role.FOCAL_POINT, Role.SECRETARIAT, Role.ADMINISTRATOR]
)


Shown = dict[str, list[str]]
"""The values that a form shows, by its fields."""
NUMBERED = re.compile(r"(?<![a-z])(?:en|fr|es|ar)(?![a-z])|[0-9a-f]{8}[0-9a-f-]*|\d+")
"""What tells fields apart that are read alike: languages, ids, numbers."""


def forms(world: World, who: str) -> list[tuple[str, str, Shown]]:
    """Every form of every page: its route, where it is sent, what it shows; read once."""
    if who == Role.SECRETARIAT:
        world.send(who, "/answer/spring/KEN/on-behalf", {"reason": "By post"})
    name = f"forms of {who}"
    if name not in world.found:
        world.found[name] = list(_forms(world, who))
    return list(world.found[name])


def _forms(world: World, who: str) -> Iterator[tuple[str, str, Shown]]:
    """Of forms with the same fields and the same route the last, as of a list's every row."""
    found, routes = {}, world.app.url_map.bind("localhost")
    for address in addresses(world, own(world)):
        if "GET" in address.verbs:
            answer = world.get(who, address.path)
            for form in forms_of(answer.text) if answer.mimetype == "text/html" else ():
                shown = {n: v for n, v in form.fields.items() if n != "csrf_token"}
                action = form.action or address.path
                with suppress(MethodNotAllowed):  # by a form that asks for a page
                    route, _values = routes.match(urlsplit(action).path, "POST")
                    found[route, *sorted(shown)] = route, action, shown
    yield from found.values()


def posts(world: World) -> list[str]:
    return [one.path for one in addresses(world, own(world)) if "POST" in one.verbs]


@pytest.mark.parametrize("who", [Role.FOCAL_POINT, Role.SECRETARIAT])
@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_no_text_may_hold_is_refused_by_every_route(world: World, who: str, text: str) -> None:
    world.client(who)
    before, wrong = world.rows("audit_entry"), {}

    for path in posts(world):
        for fields in ({"q_name": text}, {"email": "a@b.example", text: "x"}):
            status = world.send(who, path, fields).status_code
            if not 400 <= status < 500:
                wrong[path] = status

    assert wrong == {}
    assert world.rows("audit_entry") == before


@writers
@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_no_odd_text_in_any_field_of_any_form_is_a_failure_of_ours(
    world: World, who: str, text: str
) -> None:
    """Of fields that a route reads alike, one is enough, of whoever it lets in."""
    wrong = {}
    tried: set[tuple[str, str]] = world.found.setdefault(f"fields that were sent {text}", set())

    for route, path, shown in forms(world, who):
        for changed in shown:
            if (alike := (route, NUMBERED.sub("", changed))) in tried:
                continue
            answer = world.send(who, path, {**shown, changed: text})
            if answer.status_code not in {403, 404}:
                tried.add(alike)
            if answer.status_code >= 500:
                wrong[path, changed] = answer.status_code
            if answer.status_code < 400:
                world.restore()

    assert wrong == {}


@pytest.mark.parametrize(
    ("name", "status"), [("x\x00.xlsx", 400), ("x\u202exslx.xlsx", 400), ("x" * 5000, 200)]
)
def test_the_name_of_a_file_is_a_text_like_any_other(world: World, name: str, status: int) -> None:
    file = BytesIO(xlsform([row("text", "colour")]))

    answer = world.send(
        "secretariat", "/surveys/import", {"file": (file, name), "code": "fresh"},
        content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code == status


@pytest.mark.parametrize(
    "text", ["a\r\nBcc: all@evil.example", "a@b.example\nX", "a\x00@b.example"]
)
def test_no_line_break_passes_in_an_address_a_name_or_a_subject(world: World, text: str) -> None:
    before = world.rows()
    body = {f"body_{language}": "Text\n\n{link}" for language in ("en", "fr", "es", "ar")}
    subjects = {f"subject_{language}": text for language in ("en", "fr", "es", "ar")}

    answers = [
        world.send("administrator", "/people/add", {"email": text, "role": "co_chair"}),
        world.send(
            "focal_point", "/organisations/KEN/people",
            {"email": "new@example.org", "role": "respondent", "name": text},
        ),
        world.send("secretariat", "/calls/spring/messages/invitation", {**subjects, **body}),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [400] * 3
    assert world.rows() == before


def test_a_thousand_and_more_fields_are_refused(world: World) -> None:
    path = f"/responses/{world.ids['KEN spring']}/sections/only"

    answer = world.send("respondent", path, {f"q_{number}": "x" for number in range(10_000)})

    assert answer.status_code == 413
