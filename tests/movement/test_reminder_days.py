"""Reminders come at 09:00 of the organisation's working day, none skipped, none doubled."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movement.deadlines import closes_at
from movement.reminder_days import Calendar, Planned, calendar, due, planned

NAIROBI = calendar("Africa/Nairobi", [6, 7])
CAIRO = calendar("Africa/Cairo", [5, 6])
TUESDAY = date(2026, 3, 31)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"}))
WEEKS = st.frozensets(st.integers(1, 7), max_size=3)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
STEPS = st.lists(st.integers(0, 20), unique=True, min_size=1, max_size=5)


def local_days(closes_on: date, step: int, week: Calendar) -> date:
    (one,) = planned(closes_on, [step], week)
    return week.local(one.send_at).date()


@pytest.mark.parametrize(
    ("closes_on", "week", "step", "day"),
    [
        (TUESDAY, NAIROBI, 14, date(2026, 3, 17)),
        (TUESDAY, NAIROBI, 2, date(2026, 3, 30)),  # Sunday: Monday comes in time
        (date(2026, 3, 30), NAIROBI, 2, date(2026, 3, 27)),  # Monday is the last day: Friday
        (date(2026, 3, 30), NAIROBI, 0, date(2026, 3, 30)),
        (date(2026, 3, 29), NAIROBI, 0, date(2026, 3, 27)),
        (TUESDAY, CAIRO, 4, date(2026, 3, 29)),  # Friday rests, Sunday works
    ],
)
def test_a_rest_day_gives_way_to_the_next_working_day_in_time_else_the_last_before(
    closes_on: date, week: Calendar, step: int, day: date
) -> None:
    assert local_days(closes_on, step, week) == day


@given(DAYS, STEPS, ZONES, WEEKS)
def test_every_step_is_planned_once_at_nine_on_a_working_day_before_the_end(
    closes_on: date, steps: list[int], zone: str, rest: frozenset[int]
) -> None:
    week = calendar(zone, rest)

    plan = planned(closes_on, steps, week)

    assert sorted(one.step for one in plan) == sorted(steps)
    for one in plan:
        local = week.local(one.send_at)
        assert local.time() == time(9)
        assert local.isoweekday() not in rest
        assert one.send_at < closes_at(closes_on, zone)


@given(
    closes_on=DAYS,
    steps=STEPS,
    zone=ZONES,
    rest=WEEKS,
    errors=st.lists(st.integers(-60, 60), min_size=1, max_size=40),
    down=st.sets(st.integers(0, 21 * 24), max_size=100),
)
def test_sweeps_with_a_clock_gone_wrong_by_an_hour_send_each_step_once(
    *,
    closes_on: date,
    steps: list[int],
    zone: str,
    rest: frozenset[int],
    errors: list[int],
    down: set[int],
) -> None:
    """Half-hourly sweeps, the clock wrong by up to an hour each time, and some of them missing."""
    week, plan = calendar(zone, rest), planned(closes_on, steps, calendar(zone, rest))
    begin, end = closes_at(closes_on - timedelta(days=21), zone), closes_at(closes_on, zone)
    went: list[tuple[Planned, datetime]] = []
    for number in range(int((end - begin) / timedelta(minutes=30))):
        now = begin + number * timedelta(minutes=30)
        now += timedelta(minutes=errors[number % len(errors)])
        last = went[-1][1] if went else None
        one = due(plan, week, now=now, invited_at=LONG_AGO, last=last)
        if number // 2 not in down and one and now < end:
            went.append((one, now))

    assert len({one.step for one, _ in went}) == len(went), "a step was sent twice"
    assert all(week.at_work(at) and at >= one.send_at for one, at in went)
    if not down:
        days = {week.local(one.send_at).date() for one in plan if one.send_at > begin}
        assert {week.local(at).date() for _, at in went} == days, "a day was left out"


def test_of_several_overdue_steps_only_the_latest_goes_out() -> None:
    plan = planned(TUESDAY, [14, 7, 2], NAIROBI)
    after_the_outage = datetime(2026, 3, 26, 7, 0, tzinfo=UTC)

    one = due(plan, NAIROBI, now=after_the_outage, invited_at=LONG_AGO, last=None)

    assert one is not None
    assert one.step == 7


@pytest.mark.parametrize(
    ("hour", "goes"), [(5, False), (6, True), (11, True), (12, False), (20, False)]
)
def test_an_overdue_step_waits_for_working_hours(hour: int, goes: bool) -> None:  # noqa: FBT001 -- a row of the table above
    now = datetime(2026, 3, 25, hour, 0, tzinfo=UTC)  # Nairobi is three hours ahead
    plan = planned(TUESDAY, [7], NAIROBI)

    one = due(plan, NAIROBI, now=now, invited_at=LONG_AGO, last=None)

    assert (one is not None) == goes


def test_an_overdue_step_does_not_go_out_on_a_rest_day() -> None:
    plan = planned(TUESDAY, [7], NAIROBI)
    saturday = datetime(2026, 3, 28, 8, 0, tzinfo=UTC)

    assert due(plan, NAIROBI, now=saturday, invited_at=LONG_AGO, last=None) is None


def test_who_is_invited_after_a_steps_time_is_spared_it() -> None:
    plan = planned(TUESDAY, [7, 2], NAIROBI)
    invited = plan[0].send_at + timedelta(minutes=1)
    now = plan[0].send_at + timedelta(hours=1)

    assert due(plan, NAIROBI, now=now, invited_at=invited, last=None) is None


def test_a_reminder_sent_by_hand_that_morning_takes_the_steps_place() -> None:
    plan = planned(TUESDAY, [7], NAIROBI)
    by_hand = plan[0].send_at - timedelta(hours=1)

    now = plan[0].send_at
    assert due(plan, NAIROBI, now=now, invited_at=LONG_AGO, last=by_hand) is None
    the_day_before = by_hand - timedelta(days=1)
    assert due(plan, NAIROBI, now=now, invited_at=LONG_AGO, last=the_day_before) == plan[0]


def test_a_week_said_to_have_no_working_day_is_taken_to_have_no_rest_day() -> None:
    assert local_days(TUESDAY, 2, calendar("Africa/Nairobi", range(1, 8))) == date(2026, 3, 29)
