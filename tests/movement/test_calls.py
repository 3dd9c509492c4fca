"""Opening freezes the frame; time can only be added; every act is on record."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from core.errors import Conflict, DomainError
from core.models import AuditEntry
from movement.models import CallMessage, CallState, MessageKind, Participation
from movement.queries.calls import steps_of
from movement.services import calls
from movement.services.calls import Opening
from tests.movement.arranged import CLOSES, NOW, add_regions, call, federation, process, society


@pytest.fixture(autouse=True)
def _regions(session: Session) -> None:
    add_regions(session)


def parts(session: Session) -> set[tuple[str | None, bool]]:
    return {(part.region_code, part.in_frame) for part in session.exec(select(Participation))}


def test_the_frame_is_the_members_of_the_frame_date_with_their_regions(session: Session) -> None:
    society(session, "KEN", "africa")
    society(session, "FRA", "europe_central_asia", since=date(2026, 3, 2))
    society(session, "NIC", "americas", until=date(2026, 3, 2))
    society(session, "BTN", "asia_pacific", since=date(2026, 3, 3))
    society(session, "OLD", "mena", until=date(2026, 3, 1))
    federation(session)

    call(session)

    assert parts(session) == {("africa", True), ("europe_central_asia", True), ("americas", True)}


def test_the_region_of_then_stays_when_the_society_moves(session: Session) -> None:
    moving = society(session, "EGY", "africa")
    call(session)

    moving.region_code = "mena"
    session.flush()

    assert parts(session) == {("africa", True)}


def test_a_new_call_has_messages_in_four_languages_and_a_plan(session: Session) -> None:
    society(session, "KEN")

    opened = call(session)

    written = {(row.kind, row.language) for row in session.exec(select(CallMessage))}
    assert written == {(kind, language) for kind in MessageKind for language in calls_languages()}
    assert steps_of(session, opened.id) == [14, 7, 2]


def calls_languages() -> tuple[str, ...]:
    return ("en", "fr", "es", "ar")


@pytest.mark.parametrize("code", ["", "Spring", "a b", "-x", "x" * 61, "a/b", "früh", "a\n"])
def test_a_code_that_cannot_stand_in_an_address_is_refused(session: Session, code: str) -> None:
    society(session, "KEN")
    of = process(session)

    with pytest.raises(DomainError, match="code"):
        calls.open_call(session, of, Opening(code, {}, CLOSES), now=NOW)


def test_a_code_in_use_is_refused(session: Session) -> None:
    society(session, "KEN")
    of = process(session)
    calls.open_call(session, of, Opening("spring", {}, CLOSES), now=NOW)

    with pytest.raises(Conflict):
        calls.open_call(session, of, Opening("spring", {}, CLOSES), now=NOW)


@pytest.mark.parametrize(
    ("closes", "frame"), [(-1, 0), (10, 2)], ids=["closing past", "frame to come"]
)
def test_dates_that_make_no_sense_are_refused(session: Session, closes: int, frame: int) -> None:
    society(session, "KEN")
    today = NOW.date()
    opening = Opening("spring", {}, today + timedelta(days=closes), today + timedelta(days=frame))

    with pytest.raises(DomainError, match="date"):
        calls.open_call(session, process(session), opening, now=NOW)


def test_no_call_closes_where_the_calendar_ends(session: Session) -> None:
    society(session, "KEN")
    opened = call(session)

    with pytest.raises(DomainError, match="too far off"):
        calls.extend(session, opened, date.max, now=NOW)


def test_a_call_without_members_is_refused(session: Session) -> None:
    with pytest.raises(DomainError, match="load the directory"):
        call(session)


def test_time_can_only_be_added(session: Session) -> None:
    society(session, "KEN")
    opened = call(session)

    for day in (CLOSES, CLOSES - timedelta(days=1)):
        with pytest.raises(DomainError):
            calls.extend(session, opened, day, now=NOW)

    calls.extend(session, opened, CLOSES + timedelta(days=1), now=NOW)
    assert opened.closes_on == CLOSES + timedelta(days=1)


def test_a_closed_call_opens_again_by_extending_it(session: Session) -> None:
    society(session, "KEN")
    opened = call(session)
    late = NOW + timedelta(days=60)
    calls.close(session, opened, now=late)

    with pytest.raises(Conflict):
        calls.reopen(session, opened, now=late)
    calls.extend(session, opened, late.date(), now=late)

    assert (opened.state, opened.closed_at) == (CallState.OPEN, None)


def test_a_call_closed_early_can_be_reopened(session: Session) -> None:
    society(session, "KEN")
    opened = call(session)

    calls.close(session, opened, now=NOW)
    with pytest.raises(Conflict):
        calls.close(session, opened, now=NOW)
    calls.reopen(session, opened, now=NOW)

    assert opened.state is CallState.OPEN


def test_every_act_is_on_record_once(session: Session) -> None:
    society(session, "KEN")
    opened = call(session)
    calls.set_plan(session, opened, [3, 10, 3], now=NOW)
    calls.extend(session, opened, CLOSES + timedelta(days=7), now=NOW)
    calls.close(session, opened, now=NOW)
    calls.reopen(session, opened, now=NOW)
    calls.release(session, opened, now=NOW)
    calls.release(session, opened, now=NOW)
    calls.withdraw(session, opened, now=NOW)

    acts = [row.action for row in session.exec(select(AuditEntry).order_by(AuditEntry.id))]  # type: ignore[arg-type]  # a column
    assert acts == [
        "call.opened", "call.planned", "call.extended", "call.closed", "call.reopened",
        "call.released", "call.withdrawn",
    ]  # fmt: skip
    assert steps_of(session, opened.id) == [10, 3]


@pytest.mark.parametrize("days", [[-1], [91], list(range(11))])
def test_a_plan_out_of_bounds_is_refused(session: Session, days: list[int]) -> None:
    society(session, "KEN")

    with pytest.raises(DomainError):
        calls.set_plan(session, call(session), days, now=NOW)
