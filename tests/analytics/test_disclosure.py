"""What a Co-Chair may see by region, and what no one can work out from it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.disclosure import Audience, filter_allowed
from analytics.frame import REGIONS, Answered
from analytics.table import Table
from analytics.tabulate import groups_of, groups_of_wave, tabulate
from movement.disclosure import THRESHOLD, groups_for, too_few
from surveys.definition import Question, QuestionKind
from tests.analytics.invented import (
    FRAME,
    SCALE,
    choices,
    matrices,
    one_of_three,
    question,
    wave,
    waves,
)

CHOOSE = question(QuestionKind.CHOOSE_ONE, "a", "b", "c")
MATRIX = question(QuestionKind.MATRIX, *SCALE, items=choices("x", "y"))
OF_2020 = {
    "africa": ["a"] * 3 + ["b"] * 5,
    "americas": ["a"] * 4 + ["b"] * 5,
    "asia_pacific": ["a"] * 7 + ["b"] * 7,
    "europe_central_asia": ["a"] * 9 + ["c"] * 9,
    "mena": ["a", "c"],
}
subsets = st.sets(st.sampled_from(REGIONS))


def bases(least: int) -> st.SearchStrategy[dict[str, list[int]]]:
    """Three columns of bases per region."""
    column = st.lists(st.integers(least, 12), min_size=3, max_size=3)
    return st.fixed_dictionaries(dict.fromkeys(REGIONS, column))


def seen(asked: Question, responses: Sequence[Answered], **options: Any) -> Table:
    """What a Co-Chair is shown, weighted."""
    return tabulate(
        asked,
        responses,
        FRAME,
        **{"by_region": True, "weighted": True, "audience": Audience.CO_CHAIR, **options},
    )


def everything_seen(asked: Question, responses: Sequence[Answered]) -> list[Table]:
    """Every table a Co-Chair can ask for: by region and of all, every filter, weighted too."""
    filters = [set(c) for size in range(6) for c in combinations(REGIONS, size)]
    return [
        seen(asked, responses, by_region=by_region, regions=regions)
        for by_region in (True, False)
        for regions in (None, *filters)
    ]


def test_a_small_region_is_merged_with_the_smallest_that_makes_it_safe() -> None:
    table = seen(CHOOSE, wave(OF_2020))

    rows = table.by_row
    assert rows["mena", None, "a"].suppressed
    assert rows["mena", None, "a"].n is None
    assert rows["africa", None, "a"].suppressed
    assert (rows["africa+mena", None, "a"].n, rows["africa+mena", None, "a"].base) == (4, 10)
    assert rows["europe_central_asia", None, "a"].n == 9


def test_weights_of_merged_regions_are_those_of_their_group() -> None:
    responses = wave(OF_2020)

    table = seen(CHOOSE, responses, by_region=False)

    assert table.weighting is not None
    assert ("africa", "mena") in table.weighting.strata
    weight = {"africa+mena": 65 / 10, "americas": 35 / 9, "asia_pacific": 38 / 14}
    weight["europe_central_asia"] = 3
    hits = weight["africa+mena"] * 4 + weight["americas"] * 4 + weight["asia_pacific"] * 7 + 27
    assert table.rows[0].weighted_share is not None
    assert abs(table.rows[0].weighted_share - hits / 192) < 1e-12


def test_staff_see_every_region() -> None:
    table = seen(CHOOSE, wave(OF_2020), audience=Audience.STAFF)

    assert not any(row.suppressed for row in table.rows)
    assert table.by_row["mena", None, "c"].n == 1


def test_a_wave_with_four_answers_shows_a_co_chair_none() -> None:
    responses = wave({"africa": ["a", "b"], "mena": ["a", "c"]})

    whole, by_region = seen(CHOOSE, responses, by_region=False), seen(CHOOSE, responses)

    assert all(row.suppressed for row in (*whole.rows, *by_region.rows))


def test_an_item_few_answered_is_withheld_without_hiding_the_others() -> None:
    full = {"africa": [{"x": 5}] * 8, "mena": [{"x": 4}] * 6 + [{"x": 4, "y": 1}]}

    table = seen(MATRIX, wave(full), by_region=False)

    assert all(row.suppressed == (row.item == "y") for row in table.rows if row.value == 1)
    assert table.by_row["all", "x", 5].n == 8


def test_a_region_that_skipped_the_question_stays_merged_as_in_the_wave() -> None:
    table = seen(CHOOSE, wave({**OF_2020, "mena": [None, None]}))

    assert table.by_row["mena", None, "a"].suppressed
    assert table.by_row["africa+mena", None, "a"].base == 8


def test_a_region_without_a_response_is_shown_empty() -> None:
    table = seen(CHOOSE, wave({**OF_2020, "mena": []}))

    row = table.by_row["mena", None, "a"]
    assert (row.n, row.base, row.share, row.suppressed) == (0, 0, None, False)
    assert table.by_row["africa", None, "a"].n == 3


def test_a_filter_that_cuts_a_merged_group_is_refused() -> None:
    responses = wave(OF_2020)

    cut = seen(CHOOSE, responses, by_region=False, regions={"africa"})
    complement = seen(CHOOSE, responses, by_region=False, regions=set(REGIONS) - {"mena"})
    whole = seen(CHOOSE, responses, by_region=False, regions={"africa", "mena"})

    assert cut.n is None
    assert all(row.suppressed for row in (*cut.rows, *complement.rows))
    assert (whole.n, whole.rows[0].n) == (10, 4)


@given(bases(least=0))
def test_every_group_stands_on_nobody_or_on_enough(given_bases: dict[str, list[int]]) -> None:
    totals = [sum(column) for column in zip(*given_bases.values(), strict=True)]

    groups = groups_for(given_bases)

    for group in groups:
        for base, total in zip(group.bases, totals, strict=True):
            assert not too_few(base) or too_few(total)
    shown = [region for group in groups for region in group.regions]
    assert not groups or sorted(shown) == sorted(REGIONS)
    assert sum(group.merged for group in groups) <= 1


@given(bases(0), st.permutations(REGIONS))
def test_regions_in_another_order_are_merged_the_same(
    given_bases: dict[str, list[int]], order: list[str]
) -> None:
    mixed = {region: given_bases[region] for region in order}

    groups, others = ([set(group.regions) for group in groups_for(one)]
                      for one in (given_bases, mixed))  # fmt: skip

    assert all(group in others for group in groups)


@given(bases(least=THRESHOLD))
def test_nothing_is_merged_without_need(given_bases: dict[str, list[int]]) -> None:
    assert [group.regions for group in groups_for(given_bases)] == [(r,) for r in given_bases]


@given(bases(least=0), subsets)
def test_an_allowed_filter_and_its_complement_stand_on_enough(
    given_bases: dict[str, list[int]], selected: set[str]
) -> None:
    totals = [sum(column) for column in zip(*given_bases.values(), strict=True)]
    assume(filter_allowed(selected, groups_for(given_bases)))

    inside = [sum(given_bases[r][c] for r in selected) for c in range(3)]

    for base, total in zip(inside, totals, strict=True):
        if not too_few(total):
            assert not too_few(base)
            assert not too_few(total - base)


@given(waves(matrices))
def test_no_figure_shown_by_region_stands_on_too_few(answers: dict[str, list[Any]]) -> None:
    table = seen(MATRIX, wave(answers))

    for row in table.rows:
        if row.suppressed:
            assert (row.n, row.base, row.share, row.mean) == (None, None, None, None)
            assert (row.weighted_share, row.weighted_mean) == (None, None)
        else:
            assert not too_few(row.base or 0)


@given(waves(matrices))
def test_a_questions_groups_are_made_of_the_waves(answers: dict[str, list[Any]]) -> None:
    responses = wave(answers)

    of_wave = [set(group.regions) for group in groups_of_wave(responses, FRAME)]

    for group in groups_of(MATRIX, responses, FRAME):
        assert all(w <= set(group.regions) or w.isdisjoint(group.regions) for w in of_wave)


def _exchanges(
    answers: dict[str, list[Any]], merged: Sequence[str], code: str
) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """Waves in which one organisation that chose `code` changed answers with one that did not.

    Both answered and stand in different regions of the merged group; comes with the first's region.
    """
    for ours, theirs in combinations(merged, 2):
        for mine, other in ((ours, theirs), (theirs, ours)):
            others = [a for a in answers[other] if a not in (None, code)]
            if code in answers[mine] and others:
                changed = {**answers, mine: list(answers[mine]), other: list(answers[other])}
                changed[mine][changed[mine].index(code)] = others[0]
                changed[other][changed[other].index(others[0])] = code
                yield from ((region, changed) for region in (mine, other))


@settings(max_examples=40)
@given(waves(one_of_three, most=7))
def test_no_hidden_count_is_determined_by_all_that_is_shown(answers: dict[str, list[Any]]) -> None:
    """For each hidden cell another wave looks the same in every table and has another count."""
    responses = wave(answers)
    merged = [g.regions for g in groups_of(CHOOSE, responses, FRAME) if g.merged]
    assume(merged)
    small = [r for r in merged[0] if too_few(sum(a is not None for a in answers[r]))]
    shown = everything_seen(CHOOSE, responses)

    for code in ("a", "b", "c"):
        given_in_group = [a for r in merged[0] for a in answers[r] if a is not None]
        if not 0 < given_in_group.count(code) < len(given_in_group):
            continue  # what the whole group has in common is said of the group
        twins = dict(_exchanges(answers, merged[0], code))
        for region in small:
            assert twins[region][region].count(code) != answers[region].count(code)
            assert everything_seen(CHOOSE, wave(twins[region])) == shown


@given(waves(one_of_three))
def test_weighted_totals_say_no_more_than_the_groups_shown(answers: dict[str, list[Any]]) -> None:
    """They are recomputed from the rows by region and the open sizes alone."""
    responses = wave(answers)
    by_region = seen(CHOOSE, responses)
    whole = seen(CHOOSE, responses, by_region=False)
    open_groups = [size for size in by_region.groups if not size.suppressed and size.submitted]
    weight = {size.group: size.size / size.submitted for size in open_groups}

    for row in whole.rows:
        parts = [by_region.by_row[group, None, row.value] for group in weight]
        if row.suppressed:
            assert all(part.suppressed for part in parts)
            continue
        hits = sum(weight[part.group] * (part.n or 0) for part in parts)
        base = sum(weight[part.group] * (part.base or 0) for part in parts)
        assert abs((row.weighted_share or 0) - (hits / base if base else 0)) < 1e-12


def test_a_follow_up_merged_otherwise_cannot_be_subtracted() -> None:
    """Its base by region is a count of its gate, so both must keep the wave's groups whole."""
    gate = wave(OF_2020)
    asked = [r.region != "africa" for r in gate]
    follow_up = [
        replace(r, shown=r.shown if ask else frozenset())
        for r, ask in zip(gate, asked, strict=True)
    ]

    groups = [group.code for group in groups_of(CHOOSE, follow_up, FRAME)]

    assert groups == ["africa+americas+mena", "asia_pacific", "europe_central_asia"]
