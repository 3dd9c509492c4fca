"""A headline's facts: the first two, ties, and whether weighting changes them."""

from typing import Any

from analytics.charts.headline import Headline, headline_of
from analytics.disclosure import Audience
from analytics.tabulate import tabulate
from surveys.definition import QuestionKind
from tests.analytics.invented import FRAME, SCALE, choices, question, wave

CHOOSE = question(QuestionKind.CHOOSE_ONE, "a", "b", "c", "other")


def headline(answers: dict[str, list[Any]], *, weighted: bool = False) -> Headline | None:
    table = tabulate(
        CHOOSE, wave(answers), FRAME, by_region=False, weighted=weighted, audience=Audience.STAFF
    )
    return headline_of(table)


def test_the_first_two_are_told_in_order() -> None:
    told = headline({"africa": ["b", "b", "b", "a", "a", "c"]})

    assert told == Headline((("b",), ("a",)), None, 6, 192)
    assert not told.tied


def test_a_shared_place_names_all_who_share_it() -> None:
    told = headline({"africa": ["c", "c", "b", "a"]})

    assert told is not None
    assert told.places == (("c",), ("a", "b"))
    assert told.tied


def test_two_who_share_the_first_place_need_no_second() -> None:
    told = headline({"africa": ["c", "b", "b", "c", "a"]})

    assert told is not None
    assert told.places == (("b", "c"),)


def test_weighting_that_changes_the_order_is_told() -> None:
    answers = {"africa": ["a"], "mena": ["b", "b"]}

    told = headline(answers, weighted=True)

    assert told is not None
    assert told.places == (("b",), ("a",))
    assert told.weighted_places == (("a",), ("b",))
    assert told.order_differs


def test_weighting_that_keeps_the_order_is_not() -> None:
    told = headline({"africa": ["a", "a", "b"]}, weighted=True)

    assert told is not None
    assert not told.order_differs


def test_other_never_leads_and_nobodys_choice_is_not_told() -> None:
    told = headline({"africa": ["other", "other", "a"]})

    assert told is not None
    assert told.places == (("a",),)


def test_without_a_figure_there_is_no_headline() -> None:
    assert headline({}) is None


def test_a_matrix_is_led_by_its_means_and_a_ranking_by_its_top() -> None:
    matrix = question(QuestionKind.MATRIX, *SCALE, items=choices("x", "y"))
    ranking = question(QuestionKind.RANKING, "x", "y", "z", top=2)
    options: dict[str, Any] = {"by_region": False, "weighted": False, "audience": Audience.STAFF}
    rated = wave({"africa": [{"x": 5, "y": 5}, {"x": 3, "y": 4}]})
    ranked = wave({"africa": [["x", "y"], ["z", "y"]]})

    by_mean = headline_of(tabulate(matrix, rated, FRAME, **options))
    by_top = headline_of(tabulate(ranking, ranked, FRAME, **options))

    assert by_mean is not None
    assert by_top is not None
    assert by_mean.places == (("y",), ("x",))
    assert by_top.places == (("y",), ("x", "z"))
