"""A wave with hostile texts, and somebody who exports it."""

from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, select

from analytics import tasks
from analytics.models import Export, ExportFormat
from core.clock import now
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
