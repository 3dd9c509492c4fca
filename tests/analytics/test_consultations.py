"""What a round amounts to: coverage, contested paragraphs, positions, and what stays hidden."""

from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.consultations import (
    STANCES,
    Said,
    by_day,
    by_group,
    contested,
    fewest,
    groups_of_round,
    part,
    positions,
    positions_map,
    spoke_by_region,
    stances_on,
)
from analytics.frame import REGIONS, Frame
from consult.contested import CRITICAL
from movement.disclosure import THRESHOLD

SPACE = UUID(int=7)
DAY = date(2027, 3, 1)
FRAME = Frame(dict.fromkeys(REGIONS, 20))


def name(text: str) -> UUID:
    return uuid5(SPACE, text)


def position(who: str, stance: str, at: str = "p1", region: str | None = "africa") -> Said:
    return Said(who, region, "position", DAY, name(at), stance)


def comment(who: str, region: str | None = "africa", *themes: str) -> Said:
    return Said(who, region, "comment", DAY, name("p1"), None, frozenset(themes))


def five(stances: list[str], at: str) -> list[Said]:
    """Positions of as many Societies on one paragraph."""
    return [position(f"{at} {number}", one, at) for number, one in enumerate(stances)]


@st.composite
def rounds(draw: st.DrawFn) -> list[Said]:
    """What up to forty organisations said, some of them outside the frame."""
    found = []
    for number in range(draw(st.integers(0, 40))):
        region = draw(st.sampled_from([*REGIONS, None]))
        for at in draw(st.sets(st.sampled_from("abcdef"), max_size=4)):
            stance = draw(st.sampled_from([*STANCES, None]))
            kind = "position" if stance else "comment"
            found.append(Said(str(number), region, kind, DAY, name(at), stance))
    return found


def test_the_share_of_concerns_and_objections_ranks_paragraphs_and_equal_shares_share_a_place() -> (
    None
):
    said = [
        *five(["object", "support", "support", "support", "support"], "last"),
        *five(["object", "concern", "support", "support", "support"], "second"),
        *five(["concern", "concern", "support", "support", "support"], "also second"),
        *five(["concern", "object", "object", "support", "support"], "first"),
    ]
    order = [name(one) for one in ("also second", "last", "second", "first")]

    found, withheld = contested(said, order, everything=True)

    places = {one.lineage: one.rank for one in found}
    assert places == {
        name("first"): 1, name("also second"): 2, name("second"): 2, name("last"): 4,
    }  # fmt: skip
    assert [one.lineage for one in found] == [
        name(one) for one in ("first", "also second", "second", "last")
    ]
    assert withheld == 0


def test_one_objection_alone_is_not_the_most_contested_paragraph() -> None:
    said = [position("a", "object", "lonely"), *five(["concern", *["support"] * 5], "busy")]

    found, _withheld = contested(said, [], everything=True)

    assert [(one.lineage, one.rank) for one in found] == [(name("busy"), 1), (name("lonely"), None)]


def test_paragraphs_with_few_positions_are_counted_and_not_shown_to_who_may_not_see_them() -> None:
    said = [position("a", "object", "lonely"), position("b", "support", "quiet")]

    found, withheld = contested(said, [], everything=False)

    assert (found, withheld) == ([], 2)


def test_voices_outside_the_frame_count_in_no_share() -> None:
    said = [*five(["concern", *["support"] * 4], "p"), position("ifrc", "object", "p", None)]

    found, _withheld = contested(said, [], everything=True)

    assert (found[0].critical.n, found[0].critical.base) == (1, 5)
    assert spoke_by_region(said, FRAME)["africa"] == 5


def test_an_organisation_with_many_contributions_spoke_once() -> None:
    said = [comment("a"), comment("a"), position("a", "support")]

    assert spoke_by_region(said, FRAME) == dict.fromkeys(REGIONS, 0) | {"africa": 1}


@pytest.mark.parametrize("base", [0, 1, 4, 5])
def test_a_figure_on_one_to_four_is_withheld_from_who_may_not_see_it(base: int) -> None:
    assert part(0, base, everything=False).withheld is (base in {1, 4})
    assert part(0, base, everything=True).base == base


def test_a_region_in_which_few_took_positions_is_merged_though_many_spoke() -> None:
    said = [comment(f"{region} {n}", region) for region in REGIONS for n in range(8)]
    said += [
        position(f"{region} {n}", "support", region=region)
        for region in REGIONS
        for n in range(2 if region == "mena" else 8)
    ]

    shown = groups_of_round(said, FRAME, everything=False)

    (merged,) = [group for group in shown if group.merged]
    assert "mena" in merged.regions
    assert len(groups_of_round(said, FRAME, everything=True)) == len(REGIONS)


@given(rounds())
def test_no_figure_by_region_stands_on_one_to_four_organisations(said: list[Said]) -> None:
    groups = groups_of_round(said, FRAME, everything=False)
    took = positions(said)
    members = [one for one in said if one.region]

    for some, codes in ((members, ("comment", "position")), (took, STANCES)):
        figures = by_group(
            some, groups, codes, lambda one: [one.kind, one.stance or ""], everything=False
        )
        for cells in figures.values():
            for cell in cells.values():
                assert cell.withheld or not 0 < (cell.base or 0) < THRESHOLD
                assert cell.withheld or (cell.n or 0) <= (cell.base or 0)


@given(rounds())
def test_the_groups_of_regions_part_those_that_spoke(said: list[Said]) -> None:
    groups = groups_of_round(said, FRAME, everything=False)
    regions = [region for group in groups for region in group.regions]

    assert len(regions) == len(set(regions))
    if groups:
        assert set(regions) == set(REGIONS)


@pytest.mark.parametrize("everything", [True, False])
@given(said=rounds())
def test_contested_and_map_equal_a_plain_recount(said: list[Said], *, everything: bool) -> None:
    order = [name(one) for one in "abcdef"]
    own = [one for one in said if one.region and one.stance]

    found, withheld = contested(said, order, everything=everything)
    rows = dict(positions_map(said, order, everything=everything, most=3))

    for one in found:
        here = [x for x in own if x.lineage == one.lineage]
        assert one.critical.base == len(here)
        assert one.critical.n == sum(x.stance in CRITICAL for x in here) > 0
        assert (one.rank is None) == (len(here) < THRESHOLD)
    bases = {at: sum(x.lineage == at for x in own) for at in order}
    assert withheld == (0 if everything else sum(0 < n < THRESHOLD for n in bases.values()))
    assert len(rows) <= 3
    assert all(dict(count) == dict(stances_on(own)[at]) for at, count in rows.items())
    assert everything or all(bases[at] >= THRESHOLD for at in rows)


def test_each_day_has_what_came_on_it() -> None:
    later = Said("a", "africa", "comment", date(2027, 3, 3))

    assert by_day([later, comment("b"), comment("c")]) == [(DAY, 2), (date(2027, 3, 3), 1)]


def test_the_region_with_the_smallest_share_is_named() -> None:
    frame = Frame({"africa": 10, "mena": 2})
    spoken = {"africa": 4, "mena": 1}

    assert fewest(spoken, frame) == "africa"
