"""`flask surveys respond`: answers by post or telephone, recorded as such, or refused plainly."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session, select

from core.models import AuditEntry
from movement.models import Call, Organisation, Participation, ParticipationState, Role
from surveys.kinds import kind_of
from surveys.models import AnswerChange, Channel, Response, Submission
from tests.factories import (
    a_society,
    an_open_wave,
    begun,
    browser_of,
    held,
    somebody,
    the_committee,
    the_federation,
)
from tests.surveys.tiny import GIVEN, OF_EVERY_KIND, question, section, tiny

NEEDED = question("needed", required=True)
FORM = tiny(section("all", NEEDED, *OF_EVERY_KIND.values()))
WHOLE = {"needed": "x"} | {
    asked.code: GIVEN[kind][-1]
    for kind, asked in OF_EVERY_KIND.items()
    if GIVEN[kind] and not kind_of(asked).uploads
}


@pytest.fixture
def call(session: Session) -> Call:
    a_society(session)
    the_federation(session)
    the_committee(session)
    return an_open_wave(session, FORM)


@pytest.fixture
def respond(app: Flask, call: Call, tmp_path: Path) -> Any:
    """Run the command; return (status, JSON printed or None, standard error)."""
    file = tmp_path / "answers.json"

    def run(answers: Any, *words: str, organisation: str = "KEN") -> tuple[int, Any, str]:
        if not isinstance(answers, bytes):
            answers = json.dumps(answers).encode()
        file.write_bytes(answers)
        args = ["surveys", "respond", "spring", "--organisation", organisation]
        args += ["--answers", str(file), "--by", "The secretariat", "--reason", "By post", *words]
        result = app.test_cli_runner().invoke(args=args)
        return result.exit_code, json.loads(result.stdout or "null"), result.stderr

    return run


@pytest.mark.both_databases
def test_an_answer_of_every_kind_is_recorded_and_submitted(respond: Any, session: Session) -> None:
    code, printed, _ = respond(WHOLE, "--submit")

    receipt = session.exec(select(Submission)).one()
    changes = session.exec(select(AnswerChange)).all()
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "response.on_behalf")).one()
    assert code == 0
    assert printed == {
        "organisation": "KEN", "state": "submitted", "reference": receipt.reference
    }  # fmt: skip
    assert receipt.answers == WHOLE
    assert {(c.channel, c.reason, c.by) for c in changes} == {
        (Channel.ON_BEHALF, "By post", "The secretariat")
    }
    assert (entry.about, entry.by, entry.details) == (
        "spring/KEN", "The secretariat", {"reason": "By post"}
    )  # fmt: skip


def test_without_submit_it_stays_in_progress_even_if_unfinished(
    respond: Any, session: Session
) -> None:
    code, printed, _ = respond({"name": "x"}, organisation="ken")

    assert (code, printed["state"], printed["reference"]) == (0, "in_progress", "")
    assert session.exec(select(Participation.state)).one() is ParticipationState.IN_PROGRESS


def test_a_response_that_exists_is_refused_unless_it_is_to_be_replaced(
    respond: Any, session: Session
) -> None:
    respond(WHOLE, "--submit")

    refused, printed, sentence = respond({"needed": "y"}, "--submit")
    replaced, _, _ = respond({"needed": "y"}, "--submit", "--replace")

    assert (refused, printed) == (1, None)
    assert "--replace" in sentence
    assert replaced == 0
    assert held(session).answers == {"needed": "y"}
    assert len(session.exec(select(Submission)).all()) == 2


def test_replacing_is_noticed_by_a_page_that_was_open(
    app: Flask, session: Session, respond: Any, call: Call
) -> None:
    kenya = session.exec(select(Organisation).where(Organisation.code == "KEN")).one()
    browser = browser_of(app, session, somebody(session, Role.FOCAL_POINT, kenya))
    path = begun(browser, call, kenya)

    respond({"needed": "by post"}, "--replace")
    answer = browser.send(f"{path}/sections/all", {"edition": "0", "q_needed": "Mine"})

    assert answer.status_code == 409
    assert "by post" in answer.text


@pytest.mark.parametrize("code", ["IFRC", "ICRC"])
def test_the_federation_and_the_committee_take_part_and_are_not_counted(
    app: Flask, respond: Any, code: str
) -> None:
    status, printed, _ = respond(WHOLE, "--submit", organisation=code)

    stands = json.loads(app.test_cli_runner().invoke(args=["surveys", "status", "spring"]).stdout)
    assert (status, printed["state"]) == (0, "submitted")
    assert (stands["N"], stands["submitted"]) == (1, 0)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([], "one object"),
        ({"nothing": 1}, "nothing: there is no such question."),
        ({"staff": "12"}, "staff: "),
        ({"staff": "12", "colour": "violet"}, "colour: "),
        ({"remark": "x"}, "remark: This is a note"),
        ({"name": "a\x00b"}, "name: "),
        (b"\xff\xfe{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"", "not JSON"),
        (b"{" + b" " * 2_000_000 + b"}", "too large"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_file_that_cannot_be_taken_is_refused_whole(
    respond: Any, session: Session, answers: Any, says: str
) -> None:
    code, printed, sentence = respond(answers)

    assert (code, printed) == (1, None)
    assert says in sentence
    assert "Traceback" not in sentence
    assert session.exec(select(Response)).all() == []


def test_what_is_missing_is_named_and_nothing_recorded(respond: Any, session: Session) -> None:
    code, printed, sentence = respond({"name": "x", "shares": {"water": 1}}, "--submit")

    assert (code, printed) == (1, None)
    assert "needed: Answer this question." in sentence
    assert "shares: The points add up to 1; they must make 100." in sentence
    assert session.exec(select(Response)).all() == []


@pytest.mark.parametrize(
    ("organisation", "says"),
    [
        ("XXX", "no organisation's code"),
        ("all", "no organisation's code"),
        ("africa", "no organisation's code"),
        ("KEN,IFRC", "no organisation's code"),
        ("", "no organisation's code"),
        ("NIC", "not a member"),
    ],
)
def test_who_does_not_take_part_is_refused(
    respond: Any, session: Session, organisation: str, says: str
) -> None:
    a_society(session, "NIC", until=datetime(2019, 1, 1, tzinfo=UTC).date())
    session.commit()

    code, _, sentence = respond(WHOLE, organisation=organisation)

    assert code == 1
    assert says in sentence


@pytest.mark.parametrize("words", [("--by", " "), ("--reason", " ")])
def test_name_and_reason_are_needed(respond: Any, words: tuple[str, str]) -> None:
    code, _, sentence = respond(WHOLE, *words)

    assert (code, sentence.strip()) == (1, "Say by whom and for which reason.")


def test_a_closed_wave_takes_nothing_more(respond: Any, session: Session, call: Call) -> None:
    closing = datetime(call.closes_on.year, call.closes_on.month, call.closes_on.day, tzinfo=UTC)
    with time_machine.travel(closing + timedelta(days=3)):
        code, _, sentence = respond(WHOLE)

    assert code == 1
    assert "closed" in sentence
    assert session.exec(select(Response)).all() == []


def test_a_wave_that_does_not_exist_is_refused(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("{}")

    result = app.test_cli_runner().invoke(
        args=["surveys", "respond", "autumn", "--organisation", "KEN", "--answers", str(file),
              "--by", "x", "--reason", "x"]
    )  # fmt: skip

    assert result.exit_code == 1
    assert "no wave" in result.stderr


def test_a_file_that_is_not_there_is_named(app: Flask, call: Call) -> None:
    result = app.test_cli_runner().invoke(
        args=["surveys", "respond", "spring", "--organisation", "KEN", "--answers", "/no/such.json",
              "--by", "x", "--reason", "x"]
    )  # fmt: skip

    assert result.exit_code == 1
    assert "/no/such.json" in result.stderr
