"""Public tables of days, hours, money and items: not even which rows there are tells of a few."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.public_shapes import OTHER_YEARS
from analytics.public_table import tabulate_public
from surveys.definition import QuestionKind
from tests.analytics.test_public_tables import given_to, table
from tests.surveys.tiny import OF_EVERY_KIND


@given(
    st.sampled_from([QuestionKind.DATE, QuestionKind.MONTH, QuestionKind.DATE_TIME]),
    st.dictionaries(st.integers(1990, 2020), st.integers(1, 9)),
)
def test_no_year_that_few_gave_has_a_row(kind: QuestionKind, counts: dict[int, int]) -> None:
    rest = {QuestionKind.DATE: "-02-28", QuestionKind.MONTH: "-02"}.get(kind, "-02-28T14:30")
    found = table(OF_EVERY_KIND[kind], {f"{year}{rest}": n for year, n in counts.items()})

    figures = {row.values[0]: row.n for row in found.rows}

    for value, n in figures.items():
        assert value == OTHER_YEARS or counts[int(value)] >= 5
        assert n in (None, 0) or n >= 5
    if found.n:
        assert sum(n or 0 for n in figures.values()) == found.n


def test_rare_hours_stand_together() -> None:
    found = table(OF_EVERY_KIND[QuestionKind.TIME], {"08:10": 6, "09:00": 3, "17:59": 2})

    figures = {row.values: row.n for row in found.rows if row.n}

    assert figures == {("08:00",): 6, ("09:00", "17:00"): 5}


BUDGET = OF_EVERY_KIND[QuestionKind.MONEY]


def paid(**people: int) -> list[dict[str, Any]]:
    return [{"amount": 10, "currency": c} for c, count in people.items() for _turn in range(count)]


@pytest.mark.parametrize(
    ("people", "figures"),
    [
        ({"CHF": 5, "KES": 6}, {"CHF": 5, "KES": 6}),
        ({"CHF": 9, "KES": 2}, {"CHF": None, "KES": None}),
    ],
)
def test_no_currency_tells_of_a_few(people: dict[str, int], figures: dict[str, Any]) -> None:
    found = tabulate_public(BUDGET, given_to(BUDGET, *paid(**people)))

    assert {row.item: row.n for row in found.rows} == figures
    assert {row.mean for row in found.rows if row.n} <= {10}


def test_a_currency_few_wrote_in_is_not_even_named() -> None:
    any_currency = BUDGET.model_copy(update={"currencies": ()})

    found = tabulate_public(any_currency, given_to(BUDGET, *paid(CHF=9, KES=8, NPR=2, UGX=3)))

    assert {row.item for row in found.rows} == {"CHF", "KES"}


@pytest.mark.parametrize("kind", [QuestionKind.DECIMAL, QuestionKind.PERCENT, QuestionKind.MONEY])
def test_quartiles_are_one_person_s_and_never_published(kind: QuestionKind) -> None:
    asked = OF_EVERY_KIND[kind]
    numbers = [*range(1, 13)]
    answers = paid(CHF=12) if kind is QuestionKind.MONEY else numbers

    found = tabulate_public(asked, given_to(asked, *answers))

    assert [row.values for row in found.rows if row.n] == [()]


@pytest.mark.parametrize(("ticked", "shown_n"), [(12, 12), (7, 7), (9, None), (3, None), (0, 0)])
def test_a_tick_counts_among_all_who_were_asked(ticked: int, shown_n: int | None) -> None:
    asked = OF_EVERY_KIND[QuestionKind.ACKNOWLEDGE]
    found = tabulate_public(asked, given_to(asked, *[True] * ticked, *[None] * (12 - ticked)))

    (row,) = found.rows

    assert (found.n, row.n) == (12, shown_n)
    assert row.base == (None if shown_n is None else 12)


def test_what_is_asked_several_times_tells_how_many_added_any_and_how_many() -> None:
    asked = OF_EVERY_KIND[QuestionKind.REPEAT]
    items = [[{"id": f"{n:08x}", "answers": {}} for n in range(3)]] * 6

    found = tabulate_public(asked, given_to(asked, *items, *[None] * 5))

    assert [(row.values, row.n, row.mean) for row in found.rows] == [
        (("answered",), 6, None), ((), 6, 3.0)
    ]  # fmt: skip
