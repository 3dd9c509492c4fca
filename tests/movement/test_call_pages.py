"""The secretariat's pages of a wave, in a browser without JavaScript; closed to everybody else."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from core.app import create_app
from core.clock import now
from core.models import AuditEntry, Mail, MailState
from core.settings import Environment, Settings
from movement.models import Call, CallState, MessageKind, Participation, Process, Role
from movement.queries.calls import messages_of, steps_of
from movement.routes import call_mail
from movement.services.calls import Opening, open_call
from surveys.models import QuestionnaireVersion, Survey
from tests.movement import arranged
from tests.movement.arranged import person
from tests.movement.cast import TOKEN, browser_of, post, somebody, two_societies

PAGES = (
    "/calls", "/calls/spring", "/calls/spring?region=africa&state=invited",
    "/calls/spring/extend", "/calls/spring/close", "/calls/spring/reopen",
    "/calls/spring/release", "/calls/spring/withdraw", "/calls/spring/mails",
    "/calls/spring/mails?only=failed", "/calls/spring/messages/invitation",
    "/calls/spring/messages/reminder", "/calls/spring/messages/reminder/preview",
    "/calls/spring/invite", "/calls/spring/invite?whom=all", "/calls/spring/reminders",
    "/surveys/migration/open",
)  # fmt: skip
FORM_KEY = re.compile(r'name="form_key"[^>]* value="([^"]+)"')


@pytest.fixture
def call(session: Session) -> Call:
    """An open wave; Kenya has a focal point, Sweden has nobody."""
    two_societies(session)
    made = arranged.society(session, "NIC", "americas")
    somebody(session, "ken@example.org", Role.FOCAL_POINT, "KEN")
    person(session, "nic@example.org", Role.APPROVER, made)
    process = session.exec(select(Process)).one()
    today = now()
    opening = Opening("spring", {"en": "Spring"}, today.date() + timedelta(days=20))
    opened = open_call(session, process, opening, now=today)
    survey = Survey(code="migration", process_id=process.id, titles={"en": "Migration"})
    session.add(survey)
    session.flush()
    session.add(
        QuestionnaireVersion(
            survey_id=survey.id, number=1, definition={}, digest="d", published_at=today
        )
    )
    session.commit()
    return opened


@pytest.fixture
def staff(app: Flask, session: Session, call: Call) -> FlaskClient:
    return browser_of(app, session, somebody(session, "staff@example.org"))


def mails(session: Session) -> list[Mail]:
    """The mails as they are now; the database is free for others afterwards."""
    session.rollback()
    found = list(session.exec(select(Mail).order_by(Mail.to_address)))
    for mail in found:
        session.refresh(mail)
        session.expunge(mail)
    session.rollback()
    return found


def act(staff: FlaskClient, path: str, **data: object) -> tuple[int, str]:
    """Post a form and follow to the page one sees then."""
    answer = post(staff, path, data, follow_redirects=True)
    return answer.status_code, answer.text


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


def test_inviting_shows_the_number_of_mails_then_sends_them(
    staff: FlaskClient, session: Session
) -> None:
    before = staff.get("/calls/spring/invite?whom=all").text
    status, board = act(staff, "/calls/spring/invite", whom="all")
    after = staff.get("/calls/spring/invite?whom=all").text

    assert "Send 2 invitations" in before
    assert "1 organisation has no contact" in before
    assert (status, "Without a contact: SWE" in board) == (200, True)
    assert [mail.to_address for mail in mails(session)] == ["ken@example.org", "nic@example.org"]
    assert "0 mails will go out" in after
    assert "Nobody to invite here" in staff.get("/calls/spring/invite?whom=listed").text


@pytest.mark.parametrize(
    ("whom", "addresses"),
    [("africa", ["ken@example.org"]), ("KEN,nic", ["ken@example.org", "nic@example.org"])],
)
def test_a_region_or_organisations_can_be_invited(
    staff: FlaskClient, session: Session, whom: str, addresses: list[str]
) -> None:
    act(staff, "/calls/spring/invite", whom=whom)

    assert [mail.to_address for mail in mails(session)] == addresses


def test_a_choice_that_means_nothing_is_refused_with_a_sentence(
    staff: FlaskClient, session: Session
) -> None:
    page = staff.get("/calls/spring/invite?codes=XXX")

    assert page.status_code == 400
    assert "XXX is no region" in page.text
    assert act(staff, "/calls/spring/invite", whom="<script>")[0] == 400
    assert mails(session) == []


def test_looking_at_whom_one_could_invite_changes_nothing(
    staff: FlaskClient, session: Session
) -> None:
    page = staff.get("/calls/spring/invite?codes=IFRC")

    assert page.status_code == 200
    assert len(session.exec(select(Participation)).all()) == 3


def test_very_many_mails_need_a_second_look(
    staff: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_mail, "MANY", 1)

    status, page = act(staff, "/calls/spring/invite", whom="all")
    assert (status, "Confirm the number" in page, mails(session)) == (400, True, [])

    act(staff, "/calls/spring/invite", whom="all", confirmed="y")
    assert len(mails(session)) == 2


def test_a_double_click_on_remind_sends_once(staff: FlaskClient, session: Session) -> None:
    act(staff, "/calls/spring/invite", whom="all")
    key = FORM_KEY.search(staff.get("/calls/spring/reminders").text)
    assert key

    for _click in range(2):
        act(staff, "/calls/spring/reminders/send", form_key=key[1], organisation=["KEN", "SWE"])

    reminders = [mail for mail in mails(session) if mail.purpose == "reminder"]
    assert [mail.to_address for mail in reminders] == ["ken@example.org"]


def test_everybody_outstanding_is_reminded_with_one_button(
    staff: FlaskClient, session: Session
) -> None:
    act(staff, "/calls/spring/invite", whom="all")
    page = staff.get("/calls/spring/reminders").text
    key = FORM_KEY.search(page)
    assert key

    act(staff, "/calls/spring/reminders/send", form_key=key[1], to="all")

    assert "Send 2 reminders" in page
    assert len([mail for mail in mails(session) if mail.purpose == "reminder"]) == 2


def test_reminding_nobody_in_particular_sends_nothing(staff: FlaskClient, session: Session) -> None:
    act(staff, "/calls/spring/invite", whom="all")

    _, page = act(staff, "/calls/spring/reminders/send", form_key="0" * 36)

    assert "Choose at least one organisation" in page
    assert {mail.purpose for mail in mails(session)} == {"invitation"}


def test_the_plan_is_changed_or_refused_beside_its_field(
    staff: FlaskClient, session: Session, call: Call
) -> None:
    act(staff, "/calls/spring/reminders/plan", days="10; 3,1")

    for wrong in ("soon", "-1", "91", "1.5"):
        assert act(staff, "/calls/spring/reminders/plan", days=wrong)[0] == 400
    session.rollback()
    assert steps_of(session, call.id) == [10, 3, 1]


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


def test_a_text_is_changed_in_all_languages_or_in_none(
    staff: FlaskClient, session: Session, call: Call
) -> None:
    form = {f"subject_{code}": f"S {code}" for code in ("en", "fr", "es", "ar")}
    form |= {f"body_{code}": "{title}\n\n{link}" for code in ("en", "fr", "es", "ar")}

    status, page = act(staff, "/calls/spring/messages/reminder", **{**form, "body_ar": "{name}"})
    assert (status, "{name} is no placeholder" in page) == (400, True)
    assert 'value="S en"' in page
    session.rollback()
    kept = messages_of(session, call.id)[MessageKind.REMINDER, "en"].subject
    session.rollback()
    assert kept == "Reminder: {title}"

    assert act(staff, "/calls/spring/messages/reminder", **form)[0] == 200
    preview = staff.get("/calls/spring/messages/reminder/preview?organisation=KEN&language=fr").text
    assert "S fr" in preview
    assert "http://localhost/answer/spring/KEN" in preview


def test_markup_in_a_text_is_shown_as_text(staff: FlaskClient, session: Session) -> None:
    form = {f"subject_{code}": "<b>S</b>" for code in ("en", "fr", "es", "ar")}
    form |= {f"body_{code}": "<script>x</script>\n\n{link}" for code in ("en", "fr", "es", "ar")}
    act(staff, "/calls/spring/messages/invitation", **form)
    act(staff, "/calls/spring/invite", whom="KEN")

    pages = [staff.get("/calls/spring/messages/invitation/preview").text]
    pages += [staff.get(f"/mail/{mail.id}").text for mail in mails(session)]
    assert len(pages) == 2
    for page in pages:
        assert "<script>x" not in page
        assert "<b>S" not in page


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
