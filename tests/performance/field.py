"""A wave with as many organisations as a benchmark needs, each with a sign-in link."""

import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from alembic import command
from flask import Flask
from sqlmodel import Session

from core.clock import now
from core.commands import alembic_config
from movement.models import (
    Assignment,
    Call,
    CallState,
    Organisation,
    OrganisationKind,
    Participation,
    ParticipationState,
    Person,
    Region,
    Role,
    SignInLink,
)
from movement.services.signin import digest
from surveys.demonstration_answers import invented_responses
from surveys.models import QuestionnaireVersion, Wave
from surveys.queries.waves import get_survey, newest_version
from surveys.services.demonstration import FORM
from surveys.services.questionnaires import publish
from surveys.xlsform import read
from tests.performance.journey import inputs
from tests.surveys.demonstration_directory import directory

WAVE = "bench"
_form = read(FORM.read_bytes(), code="bench").questionnaire
if _form is None:
    raise RuntimeError("the package's questionnaire can't be read")
FIELDS = json.dumps(inputs(_form, next(iter(invented_responses(directory()))).answers))


@dataclass(frozen=True)
class Entry:
    """A way in: an organisation's code, and the token of its focal point's sign-in link."""

    organisation: str
    token: str


def make_field(app: Flask, size: int) -> list[Entry]:
    """Migrate, publish, open a wave, and make its organisations; the ways in."""
    command.upgrade(alembic_config(app.config["SETTINGS"]), "head")
    with app.extensions["sessions"]() as session:
        version = _publish(session)
        call = Call(
            code=WAVE,
            process_id=version.process_id,
            titles={"en": "Benchmark"},
            state=CallState.OPEN,
            frame_date=date(2020, 2, 1),
            closes_on=now().date() + timedelta(days=30),
            opened_at=now(),
        )
        session.add(Region(code="africa", names={"en": "Africa"}, position=1))
        session.add(call)
        session.flush()
        session.add(Wave(call_id=call.id, survey_id=version.survey_id, version_id=version.id))
        entries = [_organisation(session, call.id, number) for number in range(size)]
        session.commit()
    return entries


@dataclass(frozen=True)
class _Published:
    id: UUID
    survey_id: UUID
    process_id: UUID


def _publish(session: Session) -> _Published:
    assert _form is not None
    publish(session, _form, process=None, source=FORM.name, now=now(), label="benchmark")
    survey = get_survey(session, "bench")
    version: QuestionnaireVersion | None = newest_version(session, survey)
    assert version is not None
    return _Published(version.id, survey.id, survey.process_id)


def _organisation(session: Session, call_id: UUID, number: int) -> Entry:
    entry = Entry(f"B{number:05}", secrets.token_urlsafe(32))
    organisation, person = uuid4(), uuid4()
    session.add(
        Organisation(
            id=organisation,
            code=entry.organisation,
            kind=OrganisationKind.NATIONAL_SOCIETY,
            names={"en": f"Society {number}"},
            region_code="africa",
            timezone="Africa/Nairobi",
            weekend_days=[6, 7],
        )
    )
    session.add(Person(id=person, email=f"{number}@bench.invalid", created_at=now()))
    session.flush()
    session.add(
        Assignment(
            person_id=person, role=Role.FOCAL_POINT, organisation_id=organisation, created_at=now()
        )
    )
    session.add(
        Participation(
            call_id=call_id,
            organisation_id=organisation,
            region_code="africa",
            state=ParticipationState.INVITED,
            invited_at=now(),
        )
    )
    session.add(
        SignInLink(
            person_id=person,
            token_hash=digest(entry.token),
            created_at=now(),
            expires_at=now() + timedelta(hours=2),
        )
    )
    return entry
