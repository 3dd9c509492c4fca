"""Which fields of our pages somebody types into, so that a refusal shows these and no others."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from core.typed import carried, typed_in

TEMPLATES = Path(__file__).parents[2] / "templates"
TAG = re.compile(r"<(?:input|button|textarea)\b[^>]*>|\bbutton\([^\n]*?\)\s*}}")
NAME = re.compile(r'\bname="((?:[^"{]|{{.*?}})+)"')
BOTH = {"text", "language", "code", "to"}
"""Carried by one page and typed into another: shown, since nothing that was typed may be lost."""


def fields(*, typed: bool) -> Iterator[tuple[str, str]]:
    """The names of fields, as pages write them, that are typed into, or hidden and buttons."""
    for path in TEMPLATES.rglob("*.html"):
        for tag in TAG.findall(path.read_text()):
            box = tag.startswith("<textarea") or ('class="box' in tag and "hidden" not in tag)
            name = NAME.search(tag)
            said = re.sub(r"{{.*?}}", "1", name[1]) if name else "1"
            ours = 'type="hidden"' in tag or "button" in tag[:8]
            if said != "1" and not said.startswith("1-") and (box if typed else ours):
                yield said, path.name


def test_what_pages_carry_and_buttons_send_is_nothing_anybody_typed() -> None:
    shown = {one for one in fields(typed=False) if not carried(one[0]) and one[0] not in BOTH}

    assert shown == set()


def test_what_somebody_can_type_into_is_shown() -> None:
    found = {one for one in fields(typed=True) if one[0] != "q"}

    assert {name for name, _page in found} >= {"note", "reason"}
    assert {one for one in found if carried(one[0])} == set()


@pytest.mark.parametrize("name", ["note", "note-3", "reason", "reason_fr", "return_reason"])
def test_a_field_that_means_the_same_everywhere_has_a_name_in_words(name: str) -> None:
    ((label, text),) = typed_in(MultiDict({name: "Because."}).lists())

    assert (label, text) == ("Note" if "note" in name else "Reason", "Because.")


def test_no_identity_was_typed_by_anybody() -> None:
    chosen = MultiDict({"officer": "5b1d6f0e-3a52-4a0c-9f4e-6d5f0c8f4a11"})

    assert typed_in(chosen.lists()) == []
