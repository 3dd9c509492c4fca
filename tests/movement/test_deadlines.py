"""A call ends with the organisation's own day, by the server's clock."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movement.deadlines import LAST_ZONE, closes_at, days_left, is_open, over_everywhere, state_at
from movement.models import Call, CallState

ZONES = sorted(available_timezones() - {"localtime"})
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def call(state: CallState = CallState.OPEN) -> Call:
    day = date(2026, 3, 31)
    return Call(code="c", process_id=uuid4(), state=state, frame_date=day, closes_on=day)


@given(DAYS, st.sampled_from(ZONES))
def test_the_closing_day_counts_whole_and_not_a_moment_of_the_next_does(
    day: date, zone: str
) -> None:
    end = closes_at(day, zone)

    last = (end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()
    first = end.astimezone(ZoneInfo(zone)).date()
    assert last <= day < first


@given(DAYS, st.sampled_from(ZONES))
def test_a_day_over_everywhere_is_over_in_each_zone(day: date, zone: str) -> None:
    last = closes_at(day, LAST_ZONE)

    assert over_everywhere(day, last)
    assert not over_everywhere(day, last - timedelta(seconds=1))
    assert closes_at(day, zone) <= last


def test_the_same_moment_is_too_late_in_the_east_and_in_time_in_the_west() -> None:
    moment = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)

    assert not is_open(call(), "Pacific/Auckland", moment)
    assert is_open(call(), "America/Lima", moment)


@pytest.mark.parametrize("state", [CallState.PLANNED, CallState.CLOSED])
def test_a_call_that_is_not_open_takes_no_answer_before_its_day(state: CallState) -> None:
    assert not is_open(call(state), "America/Lima", datetime(2026, 3, 1, tzinfo=UTC))


def test_where_clocks_jump_over_midnight_the_day_ends_with_the_jump() -> None:
    # In Beirut the clocks go from 00:00 to 01:00, so the next day has no midnight.
    assert closes_at(date(2026, 3, 28), "Asia/Beirut") == datetime(2026, 3, 28, 22, tzinfo=UTC)


def test_an_open_call_that_is_over_everywhere_counts_as_closed() -> None:
    end = datetime(2026, 4, 1, 12, tzinfo=UTC)

    assert state_at(call(), end - timedelta(seconds=1)) is CallState.OPEN
    assert state_at(call(), end) is CallState.CLOSED


def test_days_left_are_counted_in_the_organisations_days() -> None:
    moment = datetime(2026, 3, 30, 20, 0, tzinfo=UTC)

    assert days_left(date(2026, 3, 31), "Pacific/Auckland", moment) == 0
    assert days_left(date(2026, 3, 31), "America/Lima", moment) == 1
    assert days_left(date(2026, 3, 1), "America/Lima", moment) == 0
