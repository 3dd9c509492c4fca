"""The board of a wave, in a browser without JavaScript; closed to everybody else."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from core.app import create_app
from core.clock import now
from core.models import AuditEntry, MailState
from core.settings import Environment, Settings
from movement.models import Call, CallState, Role
from tests.movement.board import act, mails, open_spring
from tests.movement.cast import TOKEN, browser_of, post, somebody

PAGES = (
    "/calls", "/calls/spring", "/calls/spring?region=africa&state=invited",
    "/calls/spring/extend", "/calls/spring/close", "/calls/spring/reopen",
    "/calls/spring/release", "/calls/spring/withdraw", "/calls/spring/mails",
    "/calls/spring/mails?only=failed", "/calls/spring/messages/invitation",
    "/calls/spring/messages/reminder", "/calls/spring/messages/reminder/preview",
    "/calls/spring/invite", "/calls/spring/invite?whom=all", "/calls/spring/reminders",
    "/surveys/migration/open",
)  # fmt: skip


@pytest.fixture
def call(session: Session) -> Call:
    return open_spring(session)


@pytest.fixture
def staff(app: Flask, session: Session, call: Call) -> FlaskClient:
    return browser_of(app, session, somebody(session, "staff@example.org"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_opens_for_the_secretariat_in_its_language(
    staff: FlaskClient, language: str
) -> None:
    post(staff, "/language", {"language": language})

    for path in PAGES:
        page = staff.get(path)
        assert page.status_code == 200, path
        assert f'<html lang="{language}"' in page.text
        assert page.text.count("<h1") == 1


@pytest.mark.usefixtures("call")
@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.CO_CHAIR, Role.ADMINISTRATOR, None])
def test_no_page_opens_for_anybody_else(app: Flask, session: Session, role: Role | None) -> None:
    client = app.test_client()
    if role:
        of = "KEN" if role is Role.FOCAL_POINT else None
        client = browser_of(app, session, somebody(session, "other@example.org", role, of))

    statuses = {path: client.get(path).status_code for path in PAGES}

    assert set(statuses.values()) == {403 if role else 302}, statuses


def test_no_act_is_done_for_anybody_else(app: Flask, session: Session, call: Call) -> None:
    focal_point = somebody(session, "other@example.org", Role.FOCAL_POINT, "KEN")
    client = browser_of(app, session, focal_point)
    acts = (
        "extend", "close", "reopen", "release", "withdraw", "invite", "reminders/plan",
        "reminders/send", "messages/reminder",
    )  # fmt: skip

    statuses = [post(client, f"/calls/spring/{path}", {"whom": "all"}).status_code for path in acts]

    assert set(statuses) == {403}
    session.refresh(call)
    assert (call.state, call.released_at, mails(session)) == (CallState.OPEN, None, [])


def test_a_wave_is_extended_closed_reopened_and_released_each_on_record(
    staff: FlaskClient, session: Session, call: Call
) -> None:
    later = call.closes_on + timedelta(days=7)
    refused, _ = act(staff, "/calls/spring/extend", closes_on=call.closes_on.isoformat())
    act(staff, "/calls/spring/extend", closes_on=later.isoformat())
    for path in ("close", "reopen", "release", "withdraw"):
        assert act(staff, f"/calls/spring/{path}")[0] == 200

    session.rollback()
    session.refresh(call)
    acts = session.exec(select(AuditEntry.action).where(AuditEntry.by == "staff@example.org")).all()
    assert (refused, call.closes_on, call.state) == (400, later, CallState.OPEN)
    assert set(acts) >= {
        "call.extended", "call.closed", "call.reopened", "call.released", "call.withdrawn"
    }  # fmt: skip


def test_closing_twice_tells_that_it_is_closed(staff: FlaskClient) -> None:
    act(staff, "/calls/spring/close")

    assert act(staff, "/calls/spring/close")[0] == 409


def test_a_failed_mail_is_shown_with_its_reason_and_tried_again(
    staff: FlaskClient, session: Session
) -> None:
    act(staff, "/calls/spring/invite", whom="KEN")
    (mail,) = mails(session)
    session.add(mail)
    mail.state, mail.error = MailState.FAILED, "550 No such mailbox"
    session.commit()
    mail_id = mail.id

    assert "1 mail could not be sent" in staff.get("/calls/spring").text
    assert "550 No such mailbox" in staff.get("/calls/spring/mails?only=failed").text
    act(staff, f"/calls/spring/mails/{mail_id}/again")

    assert mails(session)[0].state is MailState.QUEUED


def test_a_wave_is_opened_from_its_survey(staff: FlaskClient, session: Session) -> None:
    day = (now().date() + timedelta(days=9)).isoformat()

    status, _ = act(staff, "/surveys/migration/open", code="autumn", closes_on=day, title_en="A  B")
    taken, page = act(staff, "/surveys/migration/open", code="autumn", closes_on=day)
    past, _ = act(staff, "/surveys/migration/open", code="winter", closes_on="2020-01-01")

    session.rollback()
    call = session.exec(select(Call).where(Call.code == "autumn")).one()
    assert (status, taken, past, call.titles) == (200, 400, 400, {"en": "A B"})
    assert "already" in page


def test_development_shows_every_mail_with_its_link(
    app: Flask, staff: FlaskClient, session: Session
) -> None:
    act(staff, "/calls/spring/invite", whom="KEN")
    (mail,) = mails(session)
    anybody = app.test_client()

    assert "ken@example.org" in anybody.get("/mail").text
    assert "ken@example.org" not in anybody.get("/mail?to=nic@example.org").text
    letter = anybody.get(f"/mail/{mail.id}").text
    assert '<a href="http://localhost/answer/spring/KEN">' in letter


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("production", [True, False])
def test_no_mailbox_exists_in_production_or_at_a_public_address(
    tmp_path: Path, *, production: bool
) -> None:
    settings = Settings(
        data_dir=tmp_path,
        base_url="https://plenary.example.org",
        environment=Environment.PRODUCTION if production else Environment.DEVELOPMENT,
        secret_key="0123456789abcdefghijklmnopqrstuvwxyz",
        smtp_url="smtp://127.0.0.1:1",
    )
    client = create_app(settings).test_client()

    answer = client.get("/mail", headers={"Host": "plenary.example.org"})

    assert answer.status_code == 404
    assert TOKEN.search(answer.text) or answer.text


def test_an_unknown_wave_is_not_found(staff: FlaskClient) -> None:
    assert staff.get("/calls/nothing").status_code == 404
    assert staff.get("/calls/spring/mails?page=0").status_code == 404
