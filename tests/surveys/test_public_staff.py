"""Staff and public questionnaires: opening, following, closing, poster, purge, commands."""

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from core.models import AuditEntry
from movement.disclosure import THRESHOLD
from movement.models import Role
from surveys import public_counts
from surveys.public_counts import Span, spans
from surveys.public_models import PublicForm, PublicResponse, PublicResponseState
from surveys.tasks.public import purge_public
from tests.factories import Browser, a_survey, browser_of, somebody
from tests.surveys.tiny import asking, question
from tests.surveys.visiting import a_public_form, responses

FORM = asking(question("name"))
SUBMITTED, IN_PROGRESS = PublicResponseState.SUBMITTED, PublicResponseState.IN_PROGRESS


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def sent(**more: str) -> dict[str, Any]:
    closes = (now() + timedelta(days=9)).date().isoformat()
    return {
        "code": "voices", "languages": ["ar", "en"], "opens_on": now().date().isoformat(),
        "closes_on": closes, "retention_days": "90", "label": "Clinics", **more,
    }  # fmt: skip


def add(session: Session, form: PublicForm, *days: tuple[date, PublicResponseState]) -> None:
    for day, state in days:
        session.add(
            PublicResponse(
                form_id=form.id, version_id=form.version_id, language="en", state=state,
                answers={"name": "Water"}, saved_on=day,
            )
        )  # fmt: skip
    session.commit()


def trail(session: Session, action: str) -> list[dict[str, Any]]:
    session.rollback()
    found = session.exec(select(AuditEntry).where(AuditEntry.action == action))
    return [entry.details for entry in found]


def test_staff_open_a_survey_to_the_public(browser: Browser, session: Session) -> None:
    a_survey(session, FORM)
    session.commit()

    answer = browser.send("/public/open/tiny", sent())

    assert answer.location == "/public/voices"
    form = session.exec(select(PublicForm)).one()
    assert (form.languages, form.retention_days, form.label) == (["en", "ar"], 90, "Clinics")
    assert "http://localhost/p/voices" in browser.get("/public/voices").text
    assert trail(session, "public.opened")[0]["version"] == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", "no spaces"), ("code", "taken"), ("closes_on", "2020-01-01"),
     ("retention_days", "0"), ("retention_days", "x"), ("languages", "xx"), ("closes_on", "")],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field_and_kept(
    browser: Browser, session: Session, field: str, value: str
) -> None:
    a_public_form(session, FORM, code="taken")

    answer = browser.send("/public/open/tiny", sent(**{field: value}))

    assert answer.status_code == 400
    assert f'href="#{field}"' in answer.text
    assert 'value="Clinics"' in answer.text


def test_closing_ends_it_for_everybody(app: Flask, browser: Browser, session: Session) -> None:
    a_public_form(session, FORM)

    browser.send("/public/voices/close")

    assert 'name="challenge"' not in app.test_client().get("/p/voices").text
    assert trail(session, "public.closed") == [{}]


def test_counts_below_five_are_never_shown(browser: Browser, session: Session) -> None:
    form = a_public_form(session, FORM)
    add(session, form, *[(now().date(), SUBMITTED)] * 4)
    few = browser.get("/public/voices").text

    add(session, form, (now().date(), SUBMITTED), (now().date(), IN_PROGRESS))
    enough = browser.get("/public/voices").text

    assert "fewer than five" in few
    assert "Counts are shown from five answers on." in few
    assert '<td class="number">5</td>' in enough


def test_days_with_few_answers_stand_with_their_neighbours() -> None:
    first = date(2026, 3, 1)
    days = {first + timedelta(days=n): count for n, count in enumerate([2, 1, 4, 6, 0, 3])}

    found = spans(days)

    assert [(span.first.day, span.last.day, span.count) for span in found] == [(1, 3, 7), (4, 6, 9)]
    assert spans({first: 4}) == []
    assert spans({first: 5}) == [Span(first, first, 5)]
    assert public_counts.FEWEST == THRESHOLD


def test_the_code_and_the_poster_lead_to_the_address(browser: Browser, session: Session) -> None:
    a_public_form(session, FORM)

    picture = browser.get("/public/voices/qr.svg")
    poster = browser.get("/public/voices/poster").text

    assert picture.mimetype == "image/svg+xml"
    assert b"<svg" in picture.data
    assert b"script" not in picture.data
    assert "Tiny (ar)" in poster
    assert "http://localhost/p/voices" in poster


def test_a_batch_with_a_wrong_row_is_shown_and_then_confirmed(
    browser: Browser, session: Session
) -> None:
    a_public_form(session, FORM)
    data = b"name\nGood\n" + b"x" * 501

    def bring(**more: str) -> Any:
        return browser.send(
            "/public/voices/import", {"file": (BytesIO(data), "batch.csv"), **more},
            content_type="multipart/form-data",
        )  # fmt: skip

    browser.get("/public/voices/import")
    refused = bring()
    taken = bring(partly="y")

    assert refused.status_code == 422
    assert "Shorten this text" in refused.text
    assert taken.location == "/public/voices"
    assert [one.answers for one in responses(session)] == [{"name": "Good"}]


@pytest.mark.both_databases
def test_purging_takes_what_is_past_its_time_and_notes_counts_only(
    app: Flask, session: Session
) -> None:
    form = a_public_form(session, FORM, retention_days=90)
    today = now().date()
    days = {
        SUBMITTED: (0, 90, 91, 400),
        IN_PROGRESS: (0, 30, 31),
    }
    for state, ages in days.items():
        add(session, form, *[(today - timedelta(days=age), state) for age in ages])

    with app.app_context():
        purge_public()
        purge_public()

    assert len(responses(session)) == 4
    assert trail(session, "public.purged") == [{"expired": 2, "abandoned": 1}]


def command(app: Flask, *words: str) -> Any:
    done = app.test_cli_runner().invoke(args=["public", *words])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_commands_open_and_purge(app: Flask, session: Session) -> None:
    a_survey(session, FORM)
    session.commit()

    opened = command(
        app, "open", "tiny", "--code", "voices", "--closes", "2099-01-01",
        "--languages", "ar,fr", "--retention", "30",
    )  # fmt: skip
    purged = command(app, "purge", "--at", "2099-06-01T00:00")

    assert opened == {
        "code": "voices", "survey": "tiny", "version": 1, "languages": ["fr", "ar"],
        "opens": now().date().isoformat(), "closes": "2099-01-01", "retention_days": 30,
        "link": "http://localhost/p/voices",
    }  # fmt: skip
    assert purged == {"at": "2099-06-01T00:00:00+00:00", "expired": 0, "abandoned": 0}


@pytest.mark.parametrize(
    "words",
    [
        ("open", "none", "--code", "a", "--closes", "2099-01-01"),
        ("open", "tiny", "--code", "a", "--closes", "soon"),
        ("open", "tiny", "--code", "a", "--closes", "2099-01-01", "--languages", "xx"),
        ("import", "none", "x.csv"),
        ("purge", "--at", "soon"),
    ],
)
def test_commands_refuse_with_a_sentence(app: Flask, session: Session, words: Any) -> None:
    a_survey(session, FORM)
    session.commit()

    done = app.test_cli_runner().invoke(args=["public", *words])

    assert done.exit_code == 1
    assert done.stderr.strip().endswith(".")
