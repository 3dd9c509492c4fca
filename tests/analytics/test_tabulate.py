"""Every kind's table: rows, bases, shares and means, and what is said beside them."""

from typing import Any

import pytest
from hypothesis import given

from analytics.disclosure import Audience
from analytics.frame import Answered
from analytics.measures import NotTabulated
from analytics.table import Row, Table
from analytics.tabulate import tabulate
from surveys.definition import Question, QuestionKind
from tests.analytics.invented import (
    FRAME,
    SCALE,
    answered,
    choices,
    one_of_three,
    question,
    ratings,
    wave,
    waves,
)

TOLERANCE = 1e-12


def table_of(asked: Question, responses: list[Answered], **options: Any) -> Table:
    options = {"by_region": False, "weighted": False, "audience": Audience.STAFF, **options}
    return tabulate(asked, responses, FRAME, **options)


def figures(table: Table, group: str = "all") -> dict[Any, tuple[int | None, int | None]]:
    return {(row.item, row.value): (row.n, row.base) for row in table.rows_of(group)}


def test_a_choice_counts_among_those_who_answered() -> None:
    asked = question(QuestionKind.CHOOSE_ONE, "a", "b", "other")
    other = {"choice": "other", "text": "Fish"}

    table = table_of(asked, wave({"africa": ["a", "a", None], "mena": [other]}))

    assert figures(table) == {(None, "a"): (2, 3), (None, "b"): (0, 3), (None, "other"): (1, 3)}
    assert table.rows[0] == Row("all", None, "a", 2, 3, share=2 / 3)
    assert (table.n, table.size, table.missing, table.not_asked) == (3, 192, 1, 0)


def test_many_choices_count_each_organisation_once_per_choice() -> None:
    asked = question(QuestionKind.CHOOSE_MANY, "a", "b", "other")
    other = {"choice": "other", "text": "Fish"}

    table = table_of(asked, wave({"africa": [["a", "b"], ["a", other], []]}))

    assert figures(table) == {(None, "a"): (2, 2), (None, "b"): (1, 2), (None, "other"): (1, 2)}


def test_no_is_an_answer() -> None:
    asked = question(QuestionKind.YES_NO)

    table = table_of(asked, wave({"africa": [True, False, False, None]}))

    assert figures(table) == {(None, "yes"): (1, 3), (None, "no"): (2, 3)}


def test_dont_know_stands_in_the_base_of_shares_but_not_of_the_mean() -> None:
    asked = question(QuestionKind.RATING, *SCALE)

    table = table_of(asked, wave({"africa": [5, 2, "dont_know"]}))

    assert [row.value for row in table.rows] == [1, 2, 3, 4, 5, "dont_know", None]
    assert table.by_row["all", None, 5] == Row("all", None, 5, 1, 3, share=1 / 3)
    assert table.by_row["all", None, None] == Row("all", None, None, 2, 2, mean=3.5)


def test_each_item_of_a_matrix_has_its_own_base() -> None:
    asked = question(QuestionKind.MATRIX, *SCALE, items=choices("x", "y"))

    table = table_of(asked, wave({"africa": [{"x": 4, "y": 1}, {"x": "dont_know", "y": None}]}))

    assert len(table.rows) == 14
    assert table.n == 2
    assert table.by_row["all", "x", 4] == Row("all", "x", 4, 1, 2, share=0.5)
    assert table.by_row["all", "y", 1] == Row("all", "y", 1, 1, 1, share=1.0)
    assert table.by_row["all", "x", None] == Row("all", "x", None, 1, 1, mean=4.0)


def test_a_ranking_counts_every_place_and_a_place_at_all() -> None:
    asked = question(QuestionKind.RANKING, "a", "b", "c", top=2)

    table = table_of(asked, wave({"africa": [["a", "b"], ["b"], []]}))

    assert figures(table) == {
        ("a", 1): (1, 2), ("a", 2): (0, 2), ("a", "any"): (1, 2),
        ("b", 1): (1, 2), ("b", 2): (1, 2), ("b", "any"): (2, 2),
        ("c", 1): (0, 2), ("c", 2): (0, 2), ("c", "any"): (0, 2),
    }  # fmt: skip


def test_an_item_left_empty_got_no_points() -> None:
    asked = question(QuestionKind.POINTS, items=choices("x", "y"), total=100)

    table = table_of(asked, wave({"africa": [{"x": 100}, {"x": 40, "y": 60}, {"x": None}]}))

    assert [(row.item, row.n, row.base, row.mean) for row in table.rows] == [
        ("x", 2, 2, 70.0),
        ("y", 2, 2, 30.0),
    ]


def test_a_number_has_a_mean() -> None:
    table = table_of(question(QuestionKind.INTEGER), wave({"africa": [0, 3, None]}))

    assert table.rows == (Row("all", None, None, 2, 2, mean=1.5),)


def test_nobody_in_the_base_gives_no_share() -> None:
    table = table_of(question(QuestionKind.CHOOSE_ONE, "a"), [], weighted=True)

    assert table.rows == (Row("all", None, "a", 0, 0),)


@pytest.mark.parametrize("kind", [QuestionKind.NOTE, QuestionKind.CALCULATED])
def test_what_nobody_answers_is_refused_with_a_sentence(kind: QuestionKind) -> None:
    with pytest.raises(NotTabulated, match="has no table"):
        table_of(question(kind), [])


def test_components_without_a_region_count_nowhere() -> None:
    asked = question(QuestionKind.CHOOSE_ONE, "a")
    responses = [*wave({"africa": ["a"]}), answered(None, "a"), answered("", "a")]

    table = table_of(asked, responses)

    assert (table.n, table.rows[0].n) == (1, 1)


def test_an_answer_to_a_hidden_question_never_counts() -> None:
    asked = question(QuestionKind.CHOOSE_ONE, "a")
    responses = [answered("africa", "a"), answered("africa", "a", asked=False)]

    table = table_of(asked, responses)

    assert (table.n, table.missing, table.not_asked) == (1, 0, 1)


def test_the_json_has_the_documented_keys() -> None:
    asked = question(QuestionKind.RATING, *SCALE)

    data = table_of(asked, wave({"africa": [5]}), weighted=True, by_region=True).as_json()

    assert data.keys() >= {"question", "kind", "n", "N", "rows"}
    assert (data["question"], data["kind"], data["n"], data["N"]) == ("q", "rating", 1, 192)
    assert list(data["rows"][0]) == [
        "group", "item", "value", "n", "base",
        "share", "weighted_share", "mean", "weighted_mean", "suppressed",
    ]  # fmt: skip
    assert data["weighting"]["flagged"] == ["africa"]
    assert data["groups"]["africa"]["N"] == 48


def test_a_filter_counts_only_its_regions_and_their_frame() -> None:
    asked = question(QuestionKind.CHOOSE_ONE, "a", "b")
    responses = wave({"africa": ["a", "b"], "mena": ["a"]})

    table = table_of(asked, responses, regions={"africa"}, weighted=True)

    assert (table.n, table.size) == (2, 48)
    assert table.rows[0] == Row("all", None, "a", 1, 2, share=0.5, weighted_share=0.5)


@given(waves(one_of_three))
def test_shares_of_one_choice_sum_to_one(answers: dict[str, list[Any]]) -> None:
    asked = question(QuestionKind.CHOOSE_ONE, "a", "b", "c")

    table = table_of(asked, wave(answers), weighted=True)

    if table.n:
        assert abs(sum(row.share or 0 for row in table.rows) - 1) < TOLERANCE
        assert abs(sum(row.weighted_share or 0 for row in table.rows) - 1) < TOLERANCE
    else:
        assert all(row.share is None and row.weighted_share is None for row in table.rows)


@given(waves(ratings))
def test_the_regions_add_up_to_the_whole(answers: dict[str, list[Any]]) -> None:
    asked = question(QuestionKind.RATING, *SCALE)

    whole = table_of(asked, wave(answers))
    parts = table_of(asked, wave(answers), by_region=True)

    for row in whole.rows:
        same = [part for part in parts.rows if part.value == row.value]
        assert sum(part.n or 0 for part in same) == row.n
        assert sum(part.base or 0 for part in same) == row.base
        if row.mean is not None:
            total = sum((part.mean or 0) * (part.n or 0) for part in same)
            assert abs(total / (row.n or 1) - row.mean) < TOLERANCE
    assert sum(size.answered or 0 for size in parts.groups) == whole.n
