"""Questionnaires are checked, imported, looked over and printed: by command and in the browser."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from core.clock import now
from core.models import AuditEntry
from core.settings import ROOT
from movement.models import CallState, Process, Role
from movement.services.signin import start_session
from surveys.models import QuestionnaireVersion, Survey, Wave
from surveys.queries.questionnaires import questionnaire_of
from surveys.services.questionnaires import publish
from surveys.xlsform import read
from tests.movement.arranged import add_regions, call, person, society
from tests.surveys.xlsform_builder import COLOURS, row, xlsform

MIGRATION = ROOT / "surveys/questionnaires/migration-2020.xlsx"
SOUND = [
    row("select_one colours", "favourite", label="Your colour?", required="yes"),
    row("note", "n"),
]
FAULTY = [row("osm", "clip"), row("text", "q", label="<script>alert(1)</script>", relevant="(")]


def run(app: Flask, *words: str) -> tuple[int, Any, str]:
    """(status, what standard output says as JSON or None, what standard error says)."""
    result = app.test_cli_runner().invoke(args=["surveys", *words])
    return result.exit_code, json.loads(result.stdout or "null"), result.stderr


def written(folder: Path, rows: list[dict[str, Any]]) -> str:
    path = folder / "form.xlsx"
    path.write_bytes(xlsform(rows, COLOURS))
    return str(path)


def signed_in(app: Flask, session: Session, role: Role, organisation: Any = None) -> FlaskClient:
    who = person(session, f"{role.value}@example.org", role, organisation)
    token = start_session(session, who.id, now=now())
    session.commit()
    client = app.test_client()
    client.set_cookie("plenary", token)
    return client


def send(client: FlaskClient, data: bytes, code: str = "") -> tuple[int, str]:
    page = client.get("/surveys/import").text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    form = {"csrf_token": found[1], "code": code, "file": (BytesIO(data), "form.xlsx")}
    sent = client.post("/surveys/import", data=form, content_type="multipart/form-data")
    return sent.status_code, sent.text


def test_check_tells_what_a_form_asks(app: Flask, tmp_path: Path) -> None:
    status, said, _ = run(app, "check", written(tmp_path, SOUND))

    assert status == 0
    assert said == {
        "languages": ["en"],
        "sections": ["questions"],
        "questions": [
            {"code": "favourite", "kind": "choose_one", "section": "questions", "required": True},
            {"code": "n", "kind": "note", "section": "questions", "required": False},
        ],
        "warnings": [],
        "errors": [],
    }


def test_check_names_every_mistake_and_fails(app: Flask, tmp_path: Path) -> None:
    status, said, message = run(app, "check", written(tmp_path, FAULTY))

    assert status == 1
    assert [(e["sheet"], e["row"], e["column"]) for e in said["errors"]] == [
        ("survey", 2, "type"), ("survey", 3, "relevant"),
    ]  # fmt: skip
    assert all(e["message"].endswith(".") for e in said["errors"])
    assert "2 to mend" in message


@pytest.mark.both_databases
def test_importing_publishes_and_importing_again_changes_nothing(
    app: Flask, session: Session
) -> None:
    first = run(app, "import", str(MIGRATION), "--code", "migration")
    again = run(app, "import", str(MIGRATION), "--code", "migration")

    assert first[0] == again[0] == 0
    assert first[1] == again[1] | {"created": True}
    assert (again[1]["survey"], again[1]["version"], again[1]["created"]) == ("migration", 1, False)
    version = session.exec(select(QuestionnaireVersion)).one()
    assert first[1]["digest"] == version.digest == questionnaire_of(session, version.id).digest()
    assert session.exec(select(Process.code)).one() == "migration"


def test_a_changed_form_is_a_new_version_and_leaves_the_old_as_it_was(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    run(app, "import", written(tmp_path, SOUND), "--code", "colours", "--process", "strategy")
    before = session.exec(select(QuestionnaireVersion)).one().definition
    session.rollback()

    shorter = written(tmp_path, SOUND[:1])
    _, said, _ = run(app, "import", shorter, "--code", "colours", "--publish")

    found = session.exec(select(QuestionnaireVersion).order_by("number")).all()
    assert said["version"] == 2
    assert [version.number for version in found] == [1, 2]
    assert found[0].definition == before
    assert session.exec(select(Process.code)).one() == "strategy"
    published = session.exec(select(AuditEntry).where(AuditEntry.action == "questionnaire.publish"))
    assert [entry.details["version"] for entry in published] == [1, 2]


def test_going_back_to_an_earlier_form_is_a_new_version_too(app: Flask, tmp_path: Path) -> None:
    for rows in (SOUND, SOUND[:1]):
        run(app, "import", written(tmp_path, rows), "--code", "colours", "--publish")

    again = written(tmp_path, SOUND)
    _, said, _ = run(app, "import", again, "--code", "colours", "--publish")

    assert (said["version"], said["created"]) == (3, True)


def test_a_changed_form_becomes_the_draft_where_nobody_says_publish(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    run(app, "import", written(tmp_path, SOUND), "--code", "colours")

    shorter = written(tmp_path, SOUND[:1])
    _, first, _ = run(app, "import", shorter, "--code", "colours")
    _, again, _ = run(app, "import", shorter, "--code", "colours")

    assert (first["version"], first["draft"], first["created"]) == (None, True, True)
    assert (again["draft"], again["created"]) == (True, False)
    assert session.exec(select(QuestionnaireVersion.number)).all() == [1]


def test_a_faulty_form_is_not_imported(app: Flask, session: Session, tmp_path: Path) -> None:
    status, said, message = run(app, "import", written(tmp_path, FAULTY), "--code", "colours")

    assert (status, len(said["errors"])) == (1, 2)
    assert "survey, 2, type: " in message
    assert session.exec(select(Survey)).all() == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import", str(MIGRATION), "--code", "a b"], "can't be a code"),
        (["import", str(MIGRATION), "--code", "import"], "can't be a code"),
        (["import", "no-such-file.xlsx", "--code", "a"], "can't be read"),
        (["check", str(ROOT)], "can't be read"),
    ],
)
def test_an_unusable_request_is_refused_with_a_sentence(
    app: Flask, session: Session, words: list[str], sentence: str
) -> None:
    status, _, message = run(app, *words)

    assert status == 1
    assert sentence in message
    assert session.exec(select(Survey)).all() == []


def test_a_survey_stays_in_its_process(app: Flask, tmp_path: Path) -> None:
    run(app, "import", written(tmp_path, SOUND), "--code", "colours", "--process", "one")

    status, _, message = run(
        app, "import", written(tmp_path, SOUND[:1]), "--code", "colours", "--process", "two"
    )

    assert status == 1
    assert "another process" in message


def test_staff_import_a_form_in_the_browser_and_look_it_over(app: Flask, session: Session) -> None:
    client = signed_in(app, session, Role.SECRETARIAT)

    status, page = send(client, xlsform(SOUND, COLOURS), "colours")

    assert status == 200
    assert "Version 1 is imported." in page
    assert "A form" in client.get("/surveys").text
    shown = client.get("/surveys/colours").text
    assert "Your colour?" in shown
    assert "Choose one" in shown
    assert '<a class="button" href="/surveys/colours/open">' in shown


def test_the_page_shows_each_mistake_and_nothing_of_it_runs(app: Flask, session: Session) -> None:
    client = signed_in(app, session, Role.SECRETARIAT)
    hostile = [*FAULTY, row("text", "x", **{"<script>alert(2)</script>": "y"})]

    status, page = send(client, xlsform(hostile, COLOURS))

    assert status == 400
    assert "“osm”" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(2)" in page
    assert session.exec(select(Survey)).all() == []


def test_a_file_is_needed_and_a_code_is_checked(app: Flask, session: Session) -> None:
    client = signed_in(app, session, Role.SECRETARIAT)

    status, page = send(client, b"", "not a code")

    assert status == 400
    assert "Use letters" in page


def test_hostile_texts_of_a_form_are_shown_as_written(app: Flask, session: Session) -> None:
    client = signed_in(app, session, Role.SECRETARIAT)
    hostile = "{{ 7*7 }}<img src=x onerror=alert(1)>"
    send(client, xlsform([row("text", "q", label=hostile, hint=hostile)]), "hostile")

    for address in ("/surveys/hostile", "/surveys/hostile/blank"):
        page = client.get(address).text
        assert "{{ 7*7 }}&lt;img" in page
        assert "<img" not in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_only_the_secretariat_sees_and_imports_questionnaires(
    app: Flask, session: Session, role: Role
) -> None:
    add_regions(session)
    client = signed_in(app, session, role, society(session, "KEN"))

    for address in ("/surveys", "/surveys/import", "/surveys/colours", "/surveys/colours/blank"):
        assert client.get(address).status_code == 403


def test_those_asked_print_the_blank_once_the_wave_is_open(app: Flask, session: Session) -> None:
    add_regions(session)
    asked = society(session, "KEN")
    opened = call(session)
    other = society(session, "GHA")
    document = read(MIGRATION.read_bytes(), code="survey").questionnaire
    assert document is not None
    published = publish(session, document, source="", now=now(), label="test")
    wave = Wave(call_id=opened.id, survey_id=published.survey.id, version_id=published.version.id)
    session.add(wave)
    inside = signed_in(app, session, Role.RESPONDENT, asked)
    address = f"/surveys/waves/{opened.code}/blank"

    staff = signed_in(app, session, Role.SECRETARIAT)
    outside = signed_in(app, session, Role.APPROVER, other)

    page = inside.get(f"{address}?language=ar")
    statuses = [who.get(address).status_code for who in (staff, outside, app.test_client())]
    opened.state = CallState.PLANNED
    session.add(opened)
    session.commit()
    too_early = [who.get(address).status_code for who in (inside, staff)]

    assert page.status_code == 200
    assert all(q.texts["ar"].replace("'", "&#39;") in page.text for q in document.questions())
    assert statuses == [200, 404, 302]
    assert too_early == [404, 200]


def test_on_paper_a_question_says_when_to_answer_it(app: Flask, session: Session) -> None:
    client = signed_in(app, session, Role.SECRETARIAT)
    reason = row("text", "why", label="Why?", hint="A word will do.", relevant="${age} > 17")
    send(client, xlsform([row("integer", "age"), reason]), "ages")

    page = client.get("/surveys/ages/blank").text.replace("\u2068", "").replace("\u2069", "")

    assert "Answer only if the answer to 1.1 is more than 17. A word will do." in page


def test_a_blank_in_another_language_is_wholly_in_it(app: Flask, session: Session) -> None:
    client = signed_in(app, session, Role.SECRETARIAT)
    send(client, MIGRATION.read_bytes(), "migration")

    assert '<html lang="en" dir="ltr">' in client.get("/surveys/migration/blank").text
    assert '<html lang="ar" dir="rtl">' in client.get("/surveys/migration/blank?language=ar").text
