"""Mail addresses and names as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movement.addresses import BadAddress, inert_name, normal_address


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        (" Focal.Point@Example.ORG ", "focal.point@example.org"),
        ("o'neill+x@sub.example.org", "o'neill+x@sub.example.org"),
    ],
)
def test_an_address_is_put_into_small_letters(typed: str, normal: str) -> None:
    assert normal_address(typed) == normal


@given(st.text(max_size=60))
def test_an_address_that_passes_can_forge_no_header(typed: str) -> None:
    try:
        address = normal_address(typed)
    except BadAddress:
        return
    assert address.count("@") == 1
    assert not set(address) & set('\r\n\t ,;:<>"\\()[]')
    assert address.isascii()


@given(st.text(max_size=80))
def test_a_name_in_a_mail_is_one_line_without_a_link(name: str) -> None:
    inert = inert_name(name)

    assert "\n" not in inert
    assert "\r" not in inert
    assert "://" not in inert
    assert "@" not in inert


@pytest.mark.parametrize(
    "name", ["http://evil.example", "www.evil.example", "evil.example/path", "x@evil.example"]
)
def test_what_mail_programs_turn_into_links_is_taken_out(name: str) -> None:
    assert inert_name(f"Officer {name} here") == "Officer here"


def test_an_ordinary_name_stays_as_it_is() -> None:
    assert inert_name("Chargée de migration, Dr. مسؤول") == "Chargée de migration, Dr. مسؤول"
