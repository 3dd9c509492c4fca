"""Weights recounted by hand, response by response."""

from typing import Any

from hypothesis import given

from analytics.disclosure import Audience
from analytics.tabulate import tabulate
from analytics.weights import Weighting
from surveys.definition import QuestionKind
from tests.analytics.invented import FRAME, SCALE, one_of_three, question, ratings, wave, waves

CHOOSE = question(QuestionKind.CHOOSE_ONE, "a", "b", "c")
RATE = question(QuestionKind.RATING, *SCALE)
TOLERANCE = 1e-12


def weights(answers: dict[str, list[Any]]) -> list[tuple[float, Any]]:
    """Each answer given with its N_h / n_h, where n_h counts those submitted without it too."""
    return [
        (FRAME.sizes[region] / len(given), answer)
        for region, given in answers.items()
        for answer in given
        if answer is not None
    ]


def test_a_response_stands_for_its_share_of_the_region() -> None:
    responses = wave({"africa": ["a", "b"], "mena": ["a"]})

    table = tabulate(
        CHOOSE, responses, FRAME, by_region=False, weighted=True, audience=Audience.STAFF
    )

    assert table.rows[0].weighted_share == (24 + 17) / (48 + 17)
    assert table.rows[0].share == 2 / 3


def test_a_region_with_no_answer_is_left_out_and_one_with_a_single_answer_flagged() -> None:
    responses = wave({"africa": ["a", "b"], "mena": ["a"], "americas": [None]})

    table = tabulate(
        CHOOSE, responses, FRAME, by_region=False, weighted=True, audience=Audience.STAFF
    )

    assert table.weighting == Weighting(
        strata=(("africa",), ("mena",)),
        left_out=("americas", "asia_pacific", "europe_central_asia"),
        flagged=("mena",),
    )


def test_unweighted_tables_carry_no_weighted_figure() -> None:
    table = tabulate(
        RATE,
        wave({"africa": [1, 2]}),
        FRAME,
        by_region=False,
        weighted=False,
        audience=Audience.STAFF,
    )

    assert table.weighting is None
    assert all(row.weighted_share is None and row.weighted_mean is None for row in table.rows)


@given(waves(one_of_three))
def test_a_weighted_share_is_a_ratio_of_weights(answers: dict[str, list[Any]]) -> None:
    weighed = weights(answers)
    base = sum(weight for weight, _ in weighed)

    table = tabulate(
        CHOOSE, wave(answers), FRAME, by_region=False, weighted=True, audience=Audience.STAFF
    )

    for row in table.rows:
        hits = sum(weight for weight, answer in weighed if answer == row.value)
        expected = hits / base if base else None
        assert (row.weighted_share is None) == (expected is None)
        assert abs((row.weighted_share or 0) - (expected or 0)) < TOLERANCE


@given(waves(ratings))
def test_a_weighted_mean_is_a_ratio_of_weights(answers: dict[str, list[Any]]) -> None:
    weighed = [(weight, a) for weight, a in weights(answers) if a != "dont_know"]
    base = sum(weight for weight, _ in weighed)

    table = tabulate(
        RATE, wave(answers), FRAME, by_region=False, weighted=True, audience=Audience.STAFF
    )

    mean = table.rows[-1].weighted_mean
    assert (mean is None) == (base == 0)
    expected = sum(weight * answer for weight, answer in weighed) / base if base else 0
    assert abs((mean or 0) - expected) < TOLERANCE * 10


@given(waves(one_of_three))
def test_within_one_region_weighting_changes_nothing(answers: dict[str, list[Any]]) -> None:
    table = tabulate(
        CHOOSE, wave(answers), FRAME, by_region=True, weighted=True, audience=Audience.STAFF
    )

    assert all(row.weighted_share == row.share for row in table.rows)
