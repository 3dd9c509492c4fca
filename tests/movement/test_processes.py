"""Processes on their line of time, for whoever runs or follows them; and outside parties."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from core.texts import lazy as _l
from movement import destinations, timeline
from movement.models import Call, CallKind, OutsideParty, PartyKind, Process, Role
from movement.services.messages import link_to
from tests.movement import arranged
from tests.movement.board import act, open_spring
from tests.movement.cast import browser_of, post, somebody

FIELDS: dict[str, object] = {"code": "strategy-2030", "title_en": "A strategy", "title_ar": "خطة"}


@pytest.fixture
def staff(app: Flask, session: Session) -> FlaskClient:
    open_spring(session)
    return browser_of(app, session, somebody(session, "staff@example.org"))


def follower(app: Flask, session: Session, role: Role) -> FlaskClient:
    return browser_of(app, session, somebody(session, f"{role}@example.org", role))


def test_a_wave_stands_on_its_process_line_with_its_dates_and_state(staff: FlaskClient) -> None:
    page = staff.get("/processes/migration").text

    assert "<svg" in page
    assert ">Spring</a>" in page
    assert 'href="/calls/spring"' in page
    assert "Open" in page


@pytest.mark.parametrize("role", [Role.CO_CHAIR, Role.CONSULTANT])
def test_who_follows_a_process_is_led_to_what_they_may_read(
    app: Flask, session: Session, staff: FlaskClient, role: Role
) -> None:
    page = follower(app, session, role).get("/processes/migration").text

    assert 'href="/results/spring/"' in page
    assert "/calls/spring" not in page
    assert "/edit" not in page


def test_a_consultant_sees_no_other_process(
    app: Flask, session: Session, staff: FlaskClient
) -> None:
    consultant = follower(app, session, Role.CONSULTANT)
    act(staff, "/processes/new", **FIELDS)

    assert consultant.get("/processes/strategy-2030").status_code == 404
    assert "strategy-2030" not in consultant.get("/processes").text


def test_test_runs_stand_on_no_line(session: Session, staff: FlaskClient) -> None:
    session.exec(select(Call)).one().test = True
    session.commit()

    assert "Nothing is planned yet" in staff.get("/processes/migration").text


def test_other_packages_put_their_events_on_the_line(
    app: Flask, staff: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meetings(_session: Session, process: Process) -> list[timeline.Event]:
        day = date(2026, 5, 4)
        return [timeline.Event(_l("Meeting"), {"en": f"On {process.code}"}, day, None)]

    monkeypatch.setattr(timeline, "_PROVIDERS", list(timeline._PROVIDERS))
    timeline.register(meetings)
    timeline.register(meetings)

    page = staff.get("/processes/migration").text

    assert page.count("On migration") == 1


def test_staff_begin_a_process_and_correct_its_titles_and_code(
    session: Session, staff: FlaskClient
) -> None:
    act(staff, "/processes/new", **FIELDS)
    corrected = {**FIELDS, "code": "strategy", "title_fr": "Une stratégie"}
    status, page = act(staff, "/processes/strategy-2030/edit", **corrected)

    session.rollback()
    row = session.exec(select(Process).where(Process.code == "strategy")).one()
    assert row.titles == {"en": "A strategy", "ar": "خطة", "fr": "Une stratégie"}
    assert (status, "Nothing is planned yet" in page) == (200, True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": "migration"}, "already"),
        ({"code": "Not a code"}, "small letters"),
        ({"code": "new"}, "small letters"),
        ({"title_en": " "}, "Write the title in English"),
    ],
)
def test_what_cannot_be_a_process_is_refused_and_stays_typed(
    session: Session, staff: FlaskClient, fields: dict[str, object], said: str
) -> None:
    answer = post(staff, "/processes/new", {**FIELDS, **fields})

    assert answer.status_code == 400
    assert said in answer.text
    assert "خطة" in answer.text
    session.rollback()
    assert len(session.exec(select(Process)).all()) == 1


def test_staff_name_a_state_and_correct_it(session: Session, staff: FlaskClient) -> None:
    act(staff, "/parties/add", name="An invented State", kind="state")
    party_id = session.exec(select(OutsideParty.id)).one()
    session.rollback()
    _status, page = act(
        staff, f"/parties/{party_id}/correct", name="An invented university", kind="partner"
    )

    session.rollback()
    row = session.exec(select(OutsideParty)).one()
    assert (row.name, row.kind) == ("An invented university", PartyKind.PARTNER)
    assert "An invented university" in page


def test_a_party_is_named_once(session: Session, staff: FlaskClient) -> None:
    act(staff, "/parties/add", name="An invented State", kind="state")

    answer = post(staff, "/parties/add", {"name": "An invented State", "kind": "other"})

    assert answer.status_code == 400
    assert "listed already" in answer.text


def test_every_call_of_a_survey_has_its_place_and_its_overview(
    app: Flask, session: Session
) -> None:
    arranged.add_regions(session)
    kenya = arranged.society(session, "KEN")
    call = arranged.call(session)

    assert destinations.path_for(call, kenya) == "/answer/spring/KEN"
    assert destinations.overview_of(call) == "/results/spring/"
    assert link_to(call, kenya, arranged.OFFICE).endswith("/answer/spring/KEN")


def test_a_mails_link_follows_what_the_calls_package_says(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    arranged.add_regions(session)
    kenya = arranged.society(session, "KEN")
    call = arranged.call(session)
    call.kind = CallKind.REPORTING
    monkeypatch.setattr(destinations, "_PLACES", {})

    unsaid = destinations.path_for(call, kenya)
    destinations.register(CallKind.REPORTING, lambda call, one: f"/reports/{call.code}/{one.code}")

    assert unsaid == "/"
    assert destinations.path_for(call, kenya) == "/reports/spring/KEN"


def test_a_rounds_board_speaks_of_a_round(session: Session, staff: FlaskClient) -> None:
    session.exec(select(Call)).one().kind = CallKind.CONSULTATION
    session.commit()

    assert "Extend the round" in staff.get("/calls/spring").text
    assert "results of this round" in staff.get("/calls/spring/release").text
    assert "Round of a consultation" in staff.get("/calls").text


def test_reports_have_no_results_to_release(session: Session, staff: FlaskClient) -> None:
    session.exec(select(Call)).one().kind = CallKind.REPORTING
    session.commit()

    assert "Release the results" not in staff.get("/calls/spring").text
    assert staff.get("/calls/spring/release").status_code == 404
