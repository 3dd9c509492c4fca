"""The demonstration is loaded once, marked as invented everywhere, and taken away whole."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, inspect
from sqlalchemy import select as any_select
from sqlmodel import Session, SQLModel, col, select

from core.models import AuditEntry
from movement.models import Call, Organisation, Participation, Person, Process, Role
from surveys.completeness import Entered, all_problems, counted
from surveys.models import Response, Submission, Survey
from surveys.queries.questionnaires import questionnaire_of
from tests.factories import begun, browser_of

pytestmark = pytest.mark.timeout(240)


def run(app: Flask, *words: str) -> tuple[int, Any, str]:
    result = app.test_cli_runner().invoke(args=list(words))
    plain = "links" in words
    printed = result.stdout if plain else json.loads(result.stdout or "null")
    return result.exit_code, printed, result.stderr


@pytest.fixture
def directory(app: Flask) -> None:
    assert run(app, "movement", "load")[0] == 0


def rows(session: Session) -> dict[str, int]:
    """How many rows each table has."""
    session.rollback()
    tables = SQLModel.metadata.tables
    assert set(tables) <= set(inspect(session.get_bind()).get_table_names())
    counts = {
        name: session.execute(any_select(func.count()).select_from(table)).scalar_one()
        for name, table in tables.items()
    }
    session.rollback()
    return counts


@pytest.mark.both_databases
@pytest.mark.usefixtures("directory")
def test_it_leaves_not_one_row_behind_but_the_record_of_its_removal(
    app: Flask, session: Session
) -> None:
    before = rows(session)
    loaded = run(app, "demo", "load")[1]
    assert loaded == {"loaded": True, "responses": 51, "contributions": 400, "pledges": 12}
    use_it(app, session)

    removed = run(app, "demo", "remove")

    after = rows(session)
    assert removed == (0, {"removed": True}, "")
    assert after.pop("audit_entry") == before.pop("audit_entry") + 1
    assert after == before
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)).one()
    assert last.action == "demonstration.removed"


def use_it(app: Flask, session: Session) -> None:
    """Answer, submit, look on behalf and fail, so that rows of every sort come about."""
    call = session.exec(select(Call).where(Call.code == "migration-2020")).one()
    home = session.exec(select(Organisation).where(Organisation.code == "KEN")).one()
    found = select(Person).where(Person.email == "focal-point.ken@demo.invalid")
    browser = browser_of(app, session, session.exec(found).one())
    path = begun(browser, call, home)
    browser.send(f"{path}/sections/society", {"edition": "0"})
    session.rollback()
    officer = select(Person).where(Person.email == "secretariat@demo.invalid")
    staff = browser_of(app, session, session.exec(officer).one())
    staff.send(f"/answer/{call.code}/KEN/on-behalf", {"reason": "By post"})
    assert staff.get(path).status_code == 200


@pytest.mark.usefixtures("directory")
def test_loading_and_removing_twice_changes_nothing_more(app: Flask, session: Session) -> None:
    run(app, "demo", "load")
    loaded = rows(session)

    again = run(app, "demo", "load")
    still = rows(session)
    run(app, "demo", "remove")
    gone = rows(session)

    assert again == (0, {"loaded": False, "responses": 0, "contributions": 0, "pledges": 0}, "")
    assert still == loaded
    assert run(app, "demo", "remove") == (0, {"removed": False}, "")
    assert rows(session) == gone
    assert run(app, "demo", "load", "--unless-removed")[1]["loaded"] is False
    assert run(app, "demo", "load")[1]["loaded"] is True


@pytest.mark.usefixtures("directory")
def test_every_response_could_have_been_submitted_and_counts(app: Flask, session: Session) -> None:
    run(app, "demo", "load")

    found = session.exec(select(Response, Submission).join(Submission)).all()
    form = questionnaire_of(session, found[0][0].version_id)
    assert len(found) == 51
    for response, receipt in found:
        assert all_problems(form, Entered(response.answers, {})) == {}
        assert receipt.answers == counted(form, response.answers)
    assert all(p.demonstration for p in session.exec(select(Process)))
    assert all(p.email.endswith("@demo.invalid") for p in session.exec(select(Person)))


@pytest.mark.usefixtures("directory")
def test_the_focal_point_to_try_belongs_to_a_society_that_has_not_answered(
    app: Flask, session: Session
) -> None:
    run(app, "demo", "load")

    printed = run(app, "demo", "links")[1]

    part = session.exec(
        select(Participation)
        .join(Organisation)
        .join(Call)
        .where(Organisation.code == "KEN", Call.code == "migration-2020")
    ).one()
    assert part.state == "invited"
    lines = printed.splitlines()
    assert len(lines) == len(Role)
    assert all("/demo/" in line for line in lines)


def test_without_a_directory_it_is_refused_with_what_to_do(app: Flask) -> None:
    code, printed, sentence = run(app, "demo", "load")

    assert (code, printed) == (1, None)
    assert "flask movement load" in sentence


@pytest.mark.usefixtures("directory")
def test_a_real_process_of_the_same_code_is_never_touched(app: Flask, session: Session) -> None:
    session.add(Process(code="migration", titles={"en": "The real one"}))
    session.commit()

    refused = run(app, "demo", "load")
    removed = run(app, "demo", "remove")

    assert (refused[0], refused[1]) == (1, None)
    assert "migration" in refused[2]
    assert removed[1] == {"removed": False}
    assert session.exec(select(Process.titles)).one() == {"en": "The real one"}


@pytest.mark.usefixtures("directory")
def test_a_real_survey_of_the_same_code_is_never_touched(app: Flask, session: Session) -> None:
    process = Process(code="strategy", titles={})
    session.add(process)
    session.flush()
    session.add(Survey(code="migration", process_id=process.id, titles={}))
    session.commit()

    code, printed, _ = run(app, "demo", "load")

    assert (code, printed) == (1, None)
    assert session.exec(select(Process.code)).all() == ["strategy"]
    assert session.exec(select(Call)).all() == []


@pytest.mark.usefixtures("directory")
def test_every_page_says_that_answers_are_invented_while_it_is_loaded(app: Flask) -> None:
    run(app, "demo", "load")

    assert "invented" in app.test_client().get("/").text
