"""The line of time: every event lies on it, in order, and nothing beside it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.texts import lazy as _l
from movement.timeline import LENGTH, Event, line_of

DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))
EVENTS = st.lists(
    st.builds(
        lambda begins, length: Event(
            _l("Wave"), {}, begins, None if length is None else begins + timedelta(days=length)
        ),
        DAYS,
        st.none() | st.integers(-3, 4000),
    ),
    min_size=1,
    max_size=8,
)


def event(begins: date, ends: date | None = None) -> Event:
    return Event(_l("Wave"), {}, begins, ends)


def test_no_events_make_no_line() -> None:
    assert line_of([], date(2026, 1, 1)) is None


def test_one_event_fills_the_line() -> None:
    line = line_of([event(date(2026, 1, 1), date(2026, 1, 31))], date(2025, 1, 1))

    assert line
    assert [(bar.x, bar.width) for bar in line.bars] == [(0, LENGTH)]
    assert line.today is None


def test_halves_stand_beside_each_other_and_today_between_them() -> None:
    halves = [
        event(date(2026, 1, 1), date(2026, 1, 10)),
        event(date(2026, 1, 11), date(2026, 1, 20)),
    ]

    line = line_of(halves, date(2026, 1, 11))

    assert line
    assert [(bar.x, bar.width) for bar in line.bars] == [(0, 500), (500, 500)]
    assert line.today == 500


@given(events=EVENTS, today=DAYS)
def test_every_bar_can_be_seen_and_lies_on_the_line(events: list[Event], today: date) -> None:
    line = line_of(events, today)

    assert line
    assert all(bar.x >= 0 and bar.width > 0 for bar in line.bars)
    assert all(bar.x + bar.width <= LENGTH for bar in line.bars)
    assert (line.today is not None) == (line.first <= today <= line.last)


@given(events=EVENTS, today=DAYS)
def test_who_begins_later_stands_no_earlier(events: list[Event], today: date) -> None:
    line = line_of(sorted(events, key=lambda one: (one.begins, one.last)), today)

    assert line
    long = [bar.x for bar in line.bars if bar.x + bar.width < LENGTH]
    assert long == sorted(long)
