"""Exports as jobs: claimed once, resumed when their worker died, whole or not at all, private."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlmodel import Session, col, select

from analytics import tasks
from analytics.export import workbook
from analytics.export.contents import Contents
from analytics.models import Export, ExportFormat, ExportState
from analytics.services import exports
from core.clock import now
from core.models import AuditEntry
from core.settings import Settings
from movement.models import Call, Person, Role
from surveys.definition import Question, QuestionKind, Questionnaire, Section
from surveys.models import QuestionnaireVersion, Response, ResponseState
from tests.analytics.invented import question
from tests.factories import Browser, a_society, an_open_wave, browser_of, somebody

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://evil.example","x")')
SOCIETIES = ("KEN", "GHA", "UGA", "ETH", "SEN", "FRA", "DEU")


def asked(code: str, kind: QuestionKind, *options: str) -> Question:
    return question(kind, *options).model_copy(update={"code": code})


QUESTIONNAIRE = Questionnaire(
    code="tiny",
    texts={"en": "Tiny"},
    languages=("en",),
    sections=(
        Section(
            code="all",
            texts={"en": "All"},
            questions=(
                asked("words", QuestionKind.LONG_TEXT),
                asked("pick", QuestionKind.CHOOSE_ONE, "a", "b"),
                asked("consent_quote", QuestionKind.CHOOSE_ONE, "named", "unnamed", "no"),
            ),
        ),
    ),
)


@pytest.fixture
def call(session: Session) -> Call:
    """A wave with seven answers, each with a hostile text; two may be quoted by name."""
    members = [a_society(session, code) for code in SOCIETIES]
    made = an_open_wave(session, QUESTIONNAIRE)
    version = session.exec(select(QuestionnaireVersion)).one()
    for number, member in enumerate(members):
        consent = "named" if number < 2 else "no"
        session.add(
            Response(
                wave_id=made.id, version_id=version.id, organisation_id=member.id,
                region_code="africa", state=ResponseState.SUBMITTED, rotation=number,
                answers={"words": HOSTILE[number], "pick": "a", "consent_quote": consent},
                started_at=now(), saved_at=now(), submitted_at=now(),
            )
        )  # fmt: skip
    session.commit()
    return made


@pytest.fixture
def officer(session: Session) -> Person:
    return somebody(session, Role.SECRETARIAT)


@pytest.fixture
def secretariat(app: Flask, session: Session, officer: Person) -> Browser:
    return browser_of(app, session, officer)


def queued(session: Session, call: Call, person: Person, kind: str = "xlsx") -> UUID:
    export = Export(call_id=call.id, person_id=person.id, format=ExportFormat(kind), asked_at=now())
    session.add(export)
    session.commit()
    return export.id


def asked_for(browser: Browser, kind: str = "xlsx") -> str:
    answer = browser.send("/exports", {"call": "spring", "format": kind})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def make(app: Flask, export: UUID | str) -> bool:
    with app.app_context():
        return tasks.make(UUID(str(export).rsplit("/", 1)[-1]))


def row(session: Session, export_id: UUID) -> Export:
    """The row as it is now, read without keeping the database to ourselves."""
    session.rollback()
    session.expire_all()
    found = session.get_one(Export, export_id)
    session.expunge(found)
    session.rollback()
    return found


def files(app: Flask) -> list[str]:
    settings: Settings = app.config["SETTINGS"]
    folder = settings.data_dir / "exports"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


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


@pytest.mark.usefixtures("call")
def test_no_cell_of_a_spreadsheet_is_a_formula_or_a_link(app: Flask, secretariat: Browser) -> None:
    address = asked_for(secretariat)
    make(app, address)

    answer = secretariat.get(f"{address}/file")
    book = load_workbook(BytesIO(answer.data))
    answer.close()

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell for cell in cells if cell.hyperlink]
    words = {str(cell.value).replace("_x000D_", "\r") for cell in cells}
    assert {text for text in HOSTILE if "\r" not in text} <= words


@pytest.mark.usefixtures("call")
def test_no_cell_of_a_csv_begins_as_a_formula_and_numbers_stay_numbers(
    app: Flask, secretariat: Browser
) -> None:

    address = asked_for(secretariat, "csv")
    make(app, address)

    answer = secretariat.get(f"{address}/file")
    archive = zipfile.ZipFile(BytesIO(answer.data))
    answer.close()

    assert archive.testzip() is None
    raw = archive.read("responses.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert {row["words"] for row in rows} == {f"'{text}" for text in HOSTILE}
    assert {row["rotation"] for row in rows} == {str(number) for number in range(7)}


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
