"""The invented answers reproduce what was published, whichever Societies give them."""

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.demonstration_answers import InventedResponse, invented_responses
from surveys.demonstration_profiles import (
    CHALLENGES,
    INVESTMENTS,
    LANGUAGES,
    MARGINS,
    PRIORITIES,
    REGIONS,
    SILENT,
)
from tests.surveys.demonstration_directory import SIZES, Directory, directory

CLEAR_MEAN = Fraction(15, 100)
CLEAR_SHARE = Fraction(8, 100)

Weights = dict[str, Fraction]
Measure = Callable[[InventedResponse, str], int]

UNWEIGHTED = dict.fromkeys(SIZES, Fraction(1))
BY_REGION = {region: Fraction(size, MARGINS[region]) for region, size in SIZES.items()}
WEIGHTS = pytest.mark.parametrize("weights", [UNWEIGHTED, BY_REGION], ids=["plain", "weighted"])


@pytest.fixture(scope="module")
def responses() -> list[InventedResponse]:
    return list(invented_responses(directory()))


def importance(question: str) -> Measure:
    return lambda response, item: int(response.answers[question][item])


def in_the_top(question: str) -> Measure:
    return lambda response, item: int(item in response.answers[question])


def ranked(
    responses: Iterable[InventedResponse],
    items: Iterable[str],
    measure: Measure,
    weights: Weights,
) -> list[tuple[Fraction, str]]:
    """The items by their weighted mean, highest first: an own, exact recount."""
    found = list(responses)
    whole = sum((weights[response.region] for response in found), Fraction(0))
    means = {
        item: sum((weights[r.region] * measure(r, item) for r in found), Fraction(0)) / whole
        for item in items
    }
    return sorted(((mean, item) for item, mean in means.items()), reverse=True)


def leads(order: list[tuple[Fraction, str]], place: int) -> Fraction:
    """By how much the item in this place (from 0) leads the next."""
    return order[place][0] - order[place + 1][0]


def test_fifty_one_societies_answer_in_the_published_margins(
    responses: list[InventedResponse],
) -> None:
    assert Counter(response.region for response in responses) == {
        "europe_central_asia": 18,
        "asia_pacific": 14,
        "americas": 9,
        "africa": 8,
        "mena": 2,
    }
    assert len({response.organisation for response in responses}) == 51


def test_every_society_answers_in_the_region_the_directory_gives_it(
    responses: list[InventedResponse],
) -> None:
    assert {(response.organisation, response.region) for response in responses} <= set(directory())


def test_the_societies_of_the_demonstration_stay_silent(responses: list[InventedResponse]) -> None:
    assert {"KEN", "FRA", "JOR", "EGY", "AUS", "MDV", "SWE"} == SILENT
    assert not SILENT & {response.organisation for response in responses}


@WEIGHTS
def test_conflict_then_climate_lead_the_mean_importance(
    responses: list[InventedResponse], weights: Weights
) -> None:
    order = ranked(responses, PRIORITIES, importance("priorities_importance"), weights)

    assert [item for _, item in order[:2]] == ["conflict_violence", "climate_change"]
    assert min(leads(order, 0), leads(order, 1)) > CLEAR_MEAN


@WEIGHTS
def test_conflict_then_climate_lead_the_top_three(
    responses: list[InventedResponse], weights: Weights
) -> None:
    order = ranked(responses, PRIORITIES, in_the_top("priorities_top"), weights)

    assert [item for _, item in order[:2]] == ["conflict_violence", "climate_change"]
    assert min(leads(order, 0), leads(order, 1)) > CLEAR_SHARE


@WEIGHTS
def test_access_to_services_leads_the_challenges_by_mean(
    responses: list[InventedResponse], weights: Weights
) -> None:
    order = ranked(responses, CHALLENGES, importance("challenges_importance"), weights)

    assert order[0][1] == "access_services"
    assert leads(order, 0) > CLEAR_MEAN


@WEIGHTS
def test_access_to_services_leads_the_challenges_by_top_three(
    responses: list[InventedResponse], weights: Weights
) -> None:
    order = ranked(responses, CHALLENGES, in_the_top("challenges_top"), weights)

    assert order[0][1] == "access_services"
    assert leads(order, 0) > CLEAR_SHARE


@WEIGHTS
def test_a_movement_strategy_gets_the_most_points(
    responses: list[InventedResponse], weights: Weights
) -> None:
    order = ranked(responses, INVESTMENTS, importance("invest_points"), weights)

    assert order[0][1] == "movement_strategy"
    assert leads(order, 0) > 3


def test_regions_differ_in_what_they_put_first(responses: list[InventedResponse]) -> None:
    orders = {
        region: ranked(
            [response for response in responses if response.region == region],
            PRIORITIES,
            importance("priorities_importance"),
            UNWEIGHTED,
        )
        for region in REGIONS
    }

    assert orders["asia_pacific"][0][1] == "climate_change"
    assert orders["africa"][0][1] == "conflict_violence"
    assert len({tuple(item for _, item in order) for order in orders.values()}) == len(REGIONS)


def test_points_are_whole_tens_and_fives_that_sum_to_one_hundred(
    responses: list[InventedResponse],
) -> None:
    for response in responses:
        points = response.answers["invest_points"]
        assert sum(points.values()) == 100
        assert all(given >= 0 and given % 5 == 0 for given in points.values())


def test_every_top_three_is_among_the_highest_rated(responses: list[InventedResponse]) -> None:
    for response in responses:
        for name in ("priorities", "challenges"):
            ratings, top = response.answers[f"{name}_importance"], response.answers[f"{name}_top"]
            passed_over = [rating for item, rating in ratings.items() if item not in top]
            assert [ratings[item] for item in top] == sorted(map(ratings.get, top), reverse=True)
            assert ratings[top[-1]] >= max(passed_over)


def test_answers_arrive_over_the_three_weeks(responses: list[InventedResponse]) -> None:
    days = [response.days_after_opening for response in responses]

    assert set(days) <= set(range(21))
    assert min(days) <= 2
    assert max(days) >= 18
    assert max(Counter(days).values()) <= 10


@given(st.permutations(directory()))
@settings(max_examples=15)
def test_the_directorys_order_changes_nothing(shuffled: Directory) -> None:
    assert list(invented_responses(shuffled)) == list(invented_responses(directory()))


@given(st.sets(st.sampled_from(sorted(LANGUAGES)), max_size=20))
@settings(max_examples=25)
def test_the_ratings_stay_when_other_societies_answer(missing: set[str]) -> None:
    reduced = [(society, region) for society, region in directory() if society not in missing]

    found = list(invented_responses(reduced))

    expected = list(invented_responses(directory()))
    for question in ("priorities_importance", "priorities_top", "challenges_top", "invest_points"):
        assert [r.answers[question] for r in found] == [r.answers[question] for r in expected]
    assert not missing & {response.organisation for response in found}


def test_the_silent_answer_only_where_there_is_no_one_else() -> None:
    few = [(s, r) for s, r in directory() if r != "mena"] + [("JOR", "mena"), ("KWT", "mena")]

    answering = {response.organisation for response in invented_responses(few)}

    assert {"JOR", "KWT"} <= answering
    assert "KEN" not in answering


def test_a_region_with_too_few_societies_is_refused() -> None:
    few = [(society, region) for society, region in directory() if region != "mena"]

    with pytest.raises(ValueError, match="mena: 2 answers to invent, but only 0 Societies"):
        list(invented_responses(few))
