"""Each organisation sees unordered lists from its own starting point on; scales never move."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.rotation import LAST, STARTS, rotated, rotation_for
from tests.surveys.tiny import choices

STARTING = st.integers(min_value=0, max_value=STARTS - 1)


@given(STARTING)
def test_other_and_none_stay_last_in_their_order(start: int) -> None:
    offered = choices("a", "other", "b", "none", "c", "dont_know")

    codes = [choice.code for choice in rotated(offered, start)]

    assert codes[3:] == ["other", "none", "dont_know"]
    assert sorted(codes[:3]) == ["a", "b", "c"]


@given(STARTING)
def test_a_list_is_turned_and_never_shuffled(start: int) -> None:
    codes = "".join(choice.code for choice in rotated(choices(*"abcde"), start))

    assert codes in "abcdeabcde"


def test_a_list_of_last_things_only_stays_as_it_is() -> None:
    assert [choice.code for choice in rotated(choices(*LAST), 7)] == list(LAST)


def test_every_place_comes_first_for_about_as_many_organisations() -> None:
    starts = [rotation_for("spring", f"S{number:03}") % 5 for number in range(1000)]

    assert all(150 < starts.count(place) < 250 for place in range(5))


def test_an_organisation_starts_at_the_same_place_whenever_asked() -> None:
    assert rotation_for("spring", "KEN") == rotation_for("spring", "KEN")
    assert rotation_for("spring", "KEN") != rotation_for("autumn", "KEN")
