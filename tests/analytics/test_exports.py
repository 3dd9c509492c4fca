"""Exports as jobs: claimed once, resumed when their worker died, whole or not at all, private."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlmodel import Session, col, select

from analytics import tasks
from analytics.export import workbook
from analytics.export.contents import Contents
from analytics.models import Export, ExportState
from analytics.services import exports
from core.clock import now
from core.models import AuditEntry
from movement.models import Call, Person, Role
from tests.analytics.exported import asked_for, files, make, queued, row
from tests.factories import Browser, browser_of, somebody


def test_an_export_is_asked_for_made_followed_and_fetched(
    app: Flask, session: Session, call: Call, secretariat: Browser
) -> None:
    address = asked_for(secretariat)
    waiting = secretariat.get(address)
    assert make(app, address)
    ready = secretariat.get(address)
    file = secretariat.get(f"{address}/file")

    assert waiting.headers["Refresh"] == "2"
    assert "Refresh" not in ready.headers
    assert "7 of 7 responses" in ready.text
    assert file.headers["Content-Disposition"].startswith("attachment; filename=spring-")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    book = load_workbook(BytesIO(file.data))
    file.close()
    assert book.sheetnames == ["Read me", "Responses", "Codebook", "Tables"]
    actions = [
        entry.action for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))
    ]
    assert [a for a in actions if a.startswith("export")] == ["export.asked", "export.downloaded"]


@pytest.mark.both_databases
@pytest.mark.usefixtures("settings")
def test_a_job_is_claimed_by_one_worker_until_its_lease_ends(
    session: Session, call: Call, officer: Person
) -> None:
    export_id, start = queued(session, call, officer), now()

    first = exports.claim(session, export_id, now=start)
    second = exports.claim(session, export_id, now=start + timedelta(minutes=9))
    assert exports.waiting(session, now=start + timedelta(minutes=9)) == []
    assert exports.waiting(session, now=start + timedelta(minutes=11)) == [export_id]
    assert first is not None
    mine = Export(**first.model_dump())
    later = exports.claim(session, export_id, now=start + timedelta(minutes=11))

    assert second is None
    assert later is not None
    with pytest.raises(exports.TakenOver):
        exports.finish(session, mine, "old.xlsx", now=start)
    exports.finish(session, later, "new.xlsx", now=start)
    session.commit()
    assert row(session, export_id).filename == "new.xlsx"
    assert exports.claim(session, export_id, now=start + timedelta(hours=1)) is None


class Killed(BaseException):
    """What ends a worker in the middle; nothing of ours may catch it."""


def test_a_worker_killed_in_the_middle_leaves_no_file_and_the_job_runs_again(
    app: Flask,
    session: Session,
    call: Call,
    officer: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    export_id = queued(session, call, officer)
    whole = workbook.write_workbook

    def killed(
        path: Path, _contents: Contents, _progress: Callable[[int], None], **_: bool
    ) -> None:
        path.write_text("half")
        raise Killed

    monkeypatch.setattr(tasks, "write_workbook", killed)
    with pytest.raises(Killed):
        make(app, export_id)
    assert files(app) == []
    assert row(session, export_id).state is ExportState.RUNNING
    assert not make(app, export_id)

    lapsed = now() - exports.LEASE - timedelta(seconds=1)
    session.get_one(Export, export_id).claimed_at = lapsed
    session.commit()
    monkeypatch.setattr(tasks, "write_workbook", whole)
    assert make(app, export_id)
    assert row(session, export_id).state is ExportState.READY
    assert files(app) == [row(session, export_id).filename]


@pytest.mark.usefixtures("call")
def test_a_failure_is_told_and_can_be_asked_again(
    app: Flask,
    secretariat: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = asked_for(secretariat)

    def full(path: Path, *_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(tasks, "write_workbook", full)
    assert not make(app, address)

    page = secretariat.get(address).text
    assert "The file could not be made" in page
    assert str(app.config["SETTINGS"].data_dir) not in page
    assert secretariat.get(f"{address}/file").status_code == 404
    assert asked_for(secretariat) != address


@pytest.mark.usefixtures("call")
def test_asking_twice_makes_one_export(session: Session, secretariat: Browser) -> None:
    assert asked_for(secretariat) == asked_for(secretariat)
    assert len(session.exec(select(Export)).all()) == 1


@pytest.mark.usefixtures("call")
def test_nobody_else_finds_an_export(app: Flask, session: Session, secretariat: Browser) -> None:
    address = asked_for(secretariat)
    make(app, address)
    colleague = somebody(session, Role.SECRETARIAT, email="colleague@example.org")
    others = [browser_of(app, session, colleague)]
    others += [browser_of(app, session, somebody(session, Role.CONSULTANT))]

    for other in others:
        assert other.get(address).status_code == 404
        assert other.get(f"{address}/file").status_code == 404
        assert address.rsplit("/", 1)[-1] not in other.get("/exports").text


@pytest.mark.usefixtures("call")
def test_a_consultant_takes_only_rows_that_consent_allows_and_tables_that_hide_the_rest(
    app: Flask, session: Session
) -> None:
    consultant = browser_of(app, session, somebody(session, Role.CONSULTANT))
    address = asked_for(consultant)
    make(app, address)

    answer = consultant.get(f"{address}/file")
    book = load_workbook(BytesIO(answer.data))
    answer.close()

    assert [row[0] for row in book["Responses"].values][1:] == ["GHA", "KEN"]
    assert "2 of 7 responses" in str(list(book["Read me"].values))


@pytest.mark.both_databases
def test_old_exports_and_their_files_are_removed(
    app: Flask, session: Session, call: Call, officer: Person
) -> None:
    old, fresh = queued(session, call, officer, "csv"), queued(session, call, officer)
    make(app, old)
    make(app, fresh)
    session.get_one(Export, old).asked_at = now() - timedelta(days=8)
    session.commit()

    with app.app_context():
        tasks.purge_exports()

    session.expire_all()
    assert session.get(Export, old) is None
    assert files(app) == [row(session, fresh).filename]
