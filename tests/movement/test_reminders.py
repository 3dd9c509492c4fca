"""Who is reminded, once, in which language; and the commands others script against."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.errors import Conflict
from core.models import Mail, MailState
from movement.models import Call, Organisation, ParticipationState, Role
from movement.queries.participation import participants
from movement.services import calls, invitations, participation, reminders
from tests.movement.arranged import NOW, OFFICE, add_regions, call, federation, person, society

pytestmark = pytest.mark.both_databases
SEVEN = datetime(2026, 3, 24, 6, 0, tzinfo=UTC)
"""09:00 in Nairobi, seven days before the closing date."""


@pytest.fixture
def kenya(session: Session) -> Organisation:
    add_regions(session)
    organisation = society(session, "KEN")
    person(session, "ken@example.org", Role.FOCAL_POINT, organisation)
    person(session, "second@example.org", Role.FOCAL_POINT, organisation, language="fr")
    person(session, "approver@example.org", Role.APPROVER, organisation)
    return organisation


@pytest.fixture
def asked(session: Session, kenya: Organisation) -> Call:
    """A call with Kenya and two others invited."""
    france = society(session, "FRA", "europe_central_asia", zone="Europe/Paris", language="fr")
    person(session, "fra@example.org", Role.APPROVER, france)
    society(session, "GHA", zone="Africa/Accra")
    federation(session)
    made = call(session)
    invite(session, made, "all")
    session.commit()
    return made


def invite(session: Session, made: Call, words: str) -> invitations.Invited:
    to = invitations.chosen(session, made, words)
    return invitations.invite(session, made, to, office=OFFICE, now=NOW)


def mails(session: Session, purpose: str = "reminder") -> list[Mail]:
    session.expire_all()
    return list(session.exec(select(Mail).where(Mail.purpose == purpose).order_by(Mail.to_address)))


def sweep(session: Session, made: Call, now: datetime) -> int:
    return reminders.sweep(session, made, office=OFFICE, now=now)


def test_focal_points_are_written_to_else_approvers_each_in_their_language(
    session: Session, asked: Call
) -> None:
    found = mails(session, "invitation")

    assert [(mail.to_address, mail.language) for mail in found] == [
        ("fra@example.org", "fr"), ("ken@example.org", "en"), ("second@example.org", "fr"),
    ]  # fmt: skip


def test_inviting_twice_sends_once_and_reaches_who_came_since(
    session: Session, asked: Call, kenya: Organisation
) -> None:
    person(session, "new@example.org", Role.FOCAL_POINT, kenya)

    again = invite(session, asked, "all")

    assert (again.mails, again.without_contact) == (1, ("GHA",))


def test_a_step_goes_to_each_contact_once_however_often_it_is_swept(
    session: Session, asked: Call
) -> None:
    first = sweep(session, asked, SEVEN)
    more = [sweep(session, asked, SEVEN + timedelta(minutes=n)) for n in (0, 1, 60, -60)]

    assert (first, more) == (2, [0, 0, 0, 0])
    assert {mail.to_address for mail in mails(session)} == {"ken@example.org", "second@example.org"}


def test_the_hour_is_each_organisations_own(session: Session, asked: Call) -> None:
    sweep(session, asked, SEVEN)
    paris = sweep(session, asked, SEVEN + timedelta(hours=2))

    assert paris == 1
    assert "fra@example.org" in {mail.to_address for mail in mails(session)}


def test_who_has_answered_or_declined_or_was_not_invited_is_left_alone(
    session: Session, asked: Call
) -> None:
    by_code = {one.organisation.code: one.part for one in participants(session, asked.id)}
    participation.submitted(session, by_code["KEN"], now=NOW)
    participation.declined(session, by_code["FRA"], "", now=NOW)

    assert sweep(session, asked, SEVEN + timedelta(hours=2)) == 0


def test_submitting_calls_back_the_reminder_that_still_waits(session: Session, asked: Call) -> None:
    sweep(session, asked, SEVEN)
    part = participants(session, asked.id, region="africa")[1].part

    participation.submitted(session, part, now=SEVEN)

    assert part.state is ParticipationState.SUBMITTED
    assert {mail.state for mail in mails(session)} == {MailState.CANCELLED}
    assert {mail.state for mail in mails(session, "invitation")} == {MailState.QUEUED}


def test_a_closed_call_reminds_nobody(session: Session, asked: Call) -> None:
    calls.close(session, asked, now=NOW)

    assert sweep(session, asked, SEVEN) == 0
    with pytest.raises(Conflict):
        reminders.send_now(session, asked, None, form_key="k", office=OFFICE, now=NOW)


def test_after_an_extension_the_same_step_counts_anew(session: Session, asked: Call) -> None:
    sweep(session, asked, SEVEN)
    calls.extend(session, asked, date(2026, 4, 14), now=SEVEN)

    assert sweep(session, asked, SEVEN + timedelta(hours=1)) == 0
    assert sweep(session, asked, datetime(2026, 4, 7, 6, 0, tzinfo=UTC)) == 2


def test_sending_by_hand_ignores_the_hour_and_a_double_click(session: Session, asked: Call) -> None:
    midnight = datetime(2026, 3, 15, 0, 0, tzinfo=UTC)

    def press(codes: list[str] | None, key: str) -> reminders.Reminded:
        return reminders.send_now(session, asked, codes, form_key=key, office=OFFICE, now=midnight)

    assert press(["KEN", "GHA"], "a") == reminders.Reminded(2, ("GHA", "KEN"), ("GHA",))
    assert press(["KEN", "GHA"], "a").mails == 0
    assert press(None, "b").mails == 3
    with pytest.raises(Conflict):
        press(["NIC"], "c")


def test_a_reminder_speaks_the_contacts_language_and_links_alone_on_a_line(
    session: Session, asked: Call
) -> None:
    sweep(session, asked, SEVEN)

    english, french = mails(session)
    link = "https://plenary.example.org/answer/spring/KEN"
    assert link in english.body.splitlines()
    assert "31 March 2026, end of the day (Kenya Time)" in english.body
    assert "7 days" in english.body
    assert "31 mars 2026" in french.body
    assert "Société KEN" in french.body
    assert french.subject == "Rappel : Enquête"


def run(app: Flask, *words: str) -> tuple[int, Any, str]:
    result = app.test_cli_runner().invoke(args=["reminders", *words])
    return result.exit_code, json.loads(result.stdout or "null"), result.stderr


def test_the_plan_names_each_reminder_and_what_became_of_it(
    app: Flask, session: Session, asked: Call
) -> None:
    part = participants(session, asked.id, region="europe_central_asia")[0].part
    participation.submitted(session, part, now=NOW)
    session.commit()

    run(app, "run", "--at", SEVEN.isoformat())
    code, printed, _ = run(app, "plan", "spring")

    lines = {(line["organisation"], line["step"]): line for line in printed["reminders"]}
    assert (code, printed["code"], printed["closes"]) == (0, "spring", "2026-03-31")
    assert set(lines) == {(org, step) for org in ("KEN", "GHA") for step in (14, 7, 2)}
    assert lines["KEN", 7] == {
        "organisation": "KEN", "region": "africa", "step": 7,
        "send_at": "2026-03-24T06:00:00+00:00", "local": "2026-03-24T09:00:00+03:00",
        "language": "en", "contacts": 2, "state": "sent",
    }  # fmt: skip
    assert lines["GHA", 7]["contacts"] == 0


def test_running_at_a_time_queues_and_delivers_and_running_again_does_nothing(
    app: Flask, session: Session, asked: Call
) -> None:
    at = SEVEN.isoformat()

    first, second = run(app, "run", "--at", at)[1], run(app, "run", "--at", at)[1]

    assert first == {"at": at, "queued": 2, "sent": 5, "failed": 0}  # with three invitations
    assert second == {"at": at, "queued": 0, "sent": 0, "failed": 0}
    assert {mail.state for mail in mails(session)} == {MailState.SENT}


def test_a_time_to_come_is_delivered_at_once(app: Flask, session: Session, asked: Call) -> None:
    session.merge(asked).closes_on = date(2097, 3, 31)
    session.commit()

    _, printed, _ = run(app, "run", "--at", "2097-03-24T09:00:00+03:00")  # a Sunday
    assert printed["queued"] == 0
    _, printed, _ = run(app, "run", "--at", "2097-03-25T09:00:00+03:00")

    assert (printed["queued"], printed["sent"]) == (2, 2)


@pytest.mark.parametrize("words", [("plan", "nothing"), ("run", "--at", "noon")])
def test_what_cannot_be_done_is_refused_with_a_sentence(app: Flask, words: tuple[str, ...]) -> None:
    code, printed, sentence = run(app, *words)

    assert (code, printed) == (1, None)
    assert sentence.strip()
