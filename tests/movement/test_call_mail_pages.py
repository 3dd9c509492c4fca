"""Writing to the organisations of a wave: texts, invitations, reminders, in a browser."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from movement.models import Call, MessageKind, Participation
from movement.queries.calls import messages_of, steps_of
from movement.routes import call_mail
from tests.movement.board import act, mails, open_spring
from tests.movement.cast import browser_of, somebody

FORM_KEY = re.compile(r'name="form_key"[^>]* value="([^"]+)"')


@pytest.fixture
def call(session: Session) -> Call:
    return open_spring(session)


@pytest.fixture
def staff(app: Flask, session: Session, call: Call) -> FlaskClient:
    return browser_of(app, session, somebody(session, "staff@example.org"))


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
