"""Tables of amounts, moments, ticks, files, texts and repeats; and of rankings with ties."""

from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure import Audience
from analytics.measures import MEASURES
from analytics.table import Row, Table
from analytics.tabulate import tabulate
from surveys.definition import UNASKED, Question, QuestionKind
from tests.analytics.invented import FRAME, question, wave, waves
from tests.surveys.tiny import GIVEN, OF_EVERY_KIND

TOLERANCE = 1e-9


def table_of(asked: Question, answers: dict[str, list[Any]], **options: Any) -> Table:
    options = {"by_region": False, "weighted": False, "audience": Audience.STAFF, **options}
    return tabulate(asked, wave(answers), FRAME, **options)


def figures(table: Table) -> list[tuple[Any, ...]]:
    return [
        (row.item, row.value, row.n, row.base, row.figure(weighted=False)) for row in table.rows
    ]


def test_every_kind_that_is_answered_has_a_table() -> None:
    assert set(MEASURES) == set(QuestionKind) - UNASKED


@pytest.mark.parametrize("kind", sorted(MEASURES), ids=str)
def test_every_answer_a_kind_takes_is_counted(kind: QuestionKind) -> None:
    asked = OF_EVERY_KIND[kind].model_copy(update={"code": "q"})

    table = table_of(asked, {"africa": [*GIVEN[kind], None]}, weighted=True, by_region=True)

    assert table.n == len(GIVEN[kind])
    assert table.missing == 1
    assert table.rows


def test_a_decimal_number_has_a_mean_and_quartiles() -> None:
    table = table_of(question(QuestionKind.DECIMAL), {"africa": [1, 2.5, 4, 10, None]})

    assert figures(table) == [
        (None, None, 4, 4, 4.375),
        (None, "lower_quartile", 4, 4, 1.75),
        (None, "median", 4, 4, 3.25),
        (None, "upper_quartile", 4, 4, 7.0),
    ]


def test_a_quartile_stands_where_a_mean_does_in_the_command_s_rows() -> None:
    table = table_of(question(QuestionKind.PERCENT), {"africa": [10, 30]}, weighted=True)

    row = table.as_json()["rows"][2]
    assert row == {
        "group": "all", "item": None, "value": "median", "n": 2, "base": 2, "share": None,
        "weighted_share": None, "mean": 20.0, "weighted_mean": 20.0, "suppressed": False,
    }  # fmt: skip


def test_amounts_in_different_currencies_are_never_added_up() -> None:
    asked = question(QuestionKind.MONEY, currencies=("CHF", "KES"))
    given_: list[Any] = [{"amount": 10, "currency": "CHF"}, {"amount": 300, "currency": "KES"}]

    table = table_of(asked, {"africa": given_})

    means = [(row.item, row.base, row.mean) for row in table.rows if row.is_mean]
    assert means == [("CHF", 1, 10.0), ("KES", 1, 300.0)]


def test_the_rows_of_free_currencies_are_those_that_were_given() -> None:
    table = table_of(
        question(QuestionKind.MONEY), {"africa": [{"amount": 1, "currency": "MVR"}], "mena": [None]}
    )

    assert {row.item for row in table.rows} == {"MVR"}


def test_days_count_by_year_and_within_one_year_by_month() -> None:
    asked = question(QuestionKind.DATE)

    years = table_of(asked, {"africa": ["2019-05-01", "2020-02-28"], "mena": ["2020-03-01"]})
    months = table_of(asked, {"africa": ["2020-02-01", "2020-02-28"], "mena": ["2020-03-01"]})

    assert [(row.value, row.n, row.base) for row in years.rows] == [("2019", 1, 3), ("2020", 2, 3)]
    assert [(row.value, row.n) for row in months.rows] == [("2020-02", 2), ("2020-03", 1)]


def test_regions_share_the_rows_of_the_wave() -> None:
    table = table_of(
        question(QuestionKind.MONTH), {"africa": ["2019-05"], "mena": ["2020-03"]}, by_region=True
    )

    mena = [(row.value, row.n) for row in table.rows_of("mena")]
    assert mena == [("2019", 0), ("2020", 1)]


def test_times_count_by_hour_without_gaps() -> None:
    table = table_of(question(QuestionKind.TIME), {"africa": ["08:59", "10:00"]})

    assert [(row.value, row.n) for row in table.rows] == [("08:00", 1), ("09:00", 0), ("10:00", 1)]


def test_a_tick_counts_among_those_who_were_asked() -> None:
    table = table_of(question(QuestionKind.ACKNOWLEDGE), {"africa": [True, None, None, True]})

    assert table.rows == (Row("all", None, "yes", 2, 4, share=0.5),)
    assert (table.n, table.missing) == (2, 2)


@pytest.mark.parametrize("kind", [QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT])
def test_of_texts_a_table_says_how_many_there_are(kind: QuestionKind) -> None:
    table = table_of(question(kind), {"africa": ["Clinics", None, "Kitchens"]})

    assert table.rows == (Row("all", None, "answered", 2, 3, share=2 / 3),)
    assert table.n == 2


def test_of_a_repeat_a_table_says_how_many_items_there_are() -> None:
    asked = OF_EVERY_KIND[QuestionKind.REPEAT].model_copy(update={"code": "q"})
    items = [{"id": f"0000000{n}", "answers": {}} for n in range(3)]

    table = table_of(asked, {"africa": [items, items[:1], None]})

    assert figures(table)[:2] == [(None, "answered", 2, 3, 2 / 3), (None, None, 2, 2, 2.0)]
    assert table.by_row["all", None, "median"].mean == 2.0


def test_tied_choices_share_their_place() -> None:
    asked = question(QuestionKind.RANKING, "a", "b", "c", ties=True)

    table = table_of(asked, {"africa": [["c", ["a", "b"]]]})

    counts = {(row.item, row.value): row.n for row in table.rows}
    assert (counts["c", 1], counts["a", 2], counts["b", 2], counts["a", 3]) == (1, 1, 1, 0)


def test_a_small_wave_s_quartiles_are_withheld_from_co_chairs() -> None:
    table = table_of(
        question(QuestionKind.DECIMAL), {"africa": [1, 2, 3]}, audience=Audience.CO_CHAIR
    )

    assert all(row.suppressed and row.mean is None for row in table.rows)


numbers = st.integers(-1000, 1000)


@given(waves(numbers))
def test_the_median_of_all_is_the_middle_of_the_numbers(answers: dict[str, list[Any]]) -> None:
    given_ = [number for of in answers.values() for number in of if number is not None]

    table = table_of(question(QuestionKind.DECIMAL), answers)

    expected = median(given_) if given_ else None
    assert table.by_row["all", None, "median"].mean == expected


@given(waves(numbers))
def test_a_weighted_median_parts_the_weight_in_halves(answers: dict[str, list[Any]]) -> None:
    weighed = [
        (number, FRAME.sizes[region] / len(of))
        for region, of in answers.items()
        for number in of
        if number is not None
    ]

    table = table_of(question(QuestionKind.DECIMAL), answers, weighted=True)

    found = table.by_row["all", None, "median"].weighted_mean
    half = sum(weight for _number, weight in weighed) / 2
    if found is None:
        assert not weighed
    else:
        assert sum(weight for number, weight in weighed if number < found) <= half + TOLERANCE
        assert sum(weight for number, weight in weighed if number > found) <= half + TOLERANCE
