"""Attacks 51, 52 and 54: failures tell nobody anything, and what is closed stays closed."""

import logging

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import text

from core.db import get_session
from movement.models import Role
from surveys.queries import responses as queries
from surveys.services import responses
from tests.attacks.world import World

ANSWER = "Confidential answer"
FAULTS = ["a fault of ours", "a value too many", "the database away"]


def fault(kind: str) -> None:
    """Raise what the kind says, with what a trace would tell."""
    if kind == "a value too many":
        get_session().execute(text("INSERT INTO region (code) VALUES (:code)"), {"code": ANSWER})
    if kind == "the database away":
        raise OperationalError("SELECT secret FROM person", {"answer": ANSWER}, Exception("gone"))
    raise RuntimeError("SELECT secret FROM person -- /srv/plenary/core/db.py")


@pytest.mark.parametrize("kind", FAULTS)
def test_a_failure_shows_no_trace_path_or_sql_and_keeps_the_text(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    path = f"/responses/{world.ids['KEN spring']}/sections/only"
    world.client("respondent")
    caplog.clear()
    monkeypatch.setattr(responses, "save_section", lambda *_args, **_more: fault(kind))

    answer = world.send("respondent", path, {"edition": "1", "q_name": ANSWER})

    assert answer.status_code == (503 if kind == "the database away" else 500)
    assert ANSWER in answer.text
    for told in ("Traceback", "SELECT", "INSERT", ".py", "sqlalchemy", "RuntimeError", "sqlite"):
        assert told not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    written = "\n".join(map(logging.Formatter().format, caplog.records))
    assert written
    assert ANSWER not in written
    assert "respondent@example.org" not in written


@pytest.mark.parametrize("kind", FAULTS)
def test_a_page_that_fails_says_so_in_one_sentence(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(queries, "get_response", lambda *_args: fault(kind))

    answer = world.get("respondent", f"/responses/{world.ids['KEN spring']}")

    assert answer.status_code in (500, 503)
    assert "SELECT" not in answer.text
    assert ANSWER not in answer.text
    assert "<h1>" in answer.text


def test_an_edit_after_closing_is_refused_by_the_server(world: World) -> None:
    """Attack 51, by every way to change an answer."""
    path = f"/responses/{world.ids['KEN spring']}"
    world.send(Role.SECRETARIAT, "/calls/spring/close")
    world.client("focal_point")
    before = world.rows("audit_entry")

    answers = [
        world.send("focal_point", f"{path}/sections/only", {"edition": "1", "q_name": ANSWER}),
        world.send("focal_point", f"{path}/submit", {"key": "late"}),
        world.send("focal_point", f"{path}/reopen"),
        world.send("stranger", f"/responses/{world.ids['GHA spring']}/reopen"),
        world.send("focal_point", "/answer/spring/KEN/decline", {"reason": ANSWER}),
        world.send("focal_point", "/answer/spring/SWE", {}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409, 409, 409, 409, 404]
    assert ANSWER in answers[0].text
    assert world.rows("audit_entry") == before
