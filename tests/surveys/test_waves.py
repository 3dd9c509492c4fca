"""A wave is opened and looked at by commands that others script against."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from core.models import Mail
from movement.models import Participation, ParticipationState, Role
from movement.services import participation
from surveys.models import QuestionnaireVersion, Survey, Wave
from tests.movement.arranged import add_regions, federation, person, process, society

IN_A_MONTH = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011 -- any day to come


@pytest.fixture
def survey(session: Session) -> Survey:
    """A survey with two versions, and four Societies and the Federation to ask."""
    add_regions(session)
    for code, region in (("KEN", "africa"), ("GHA", "africa"), ("FRA", "europe_central_asia")):
        organisation = society(session, code, region)
        person(session, f"{code.lower()}@example.org", Role.FOCAL_POINT, organisation)
    society(session, "JOR", "mena")
    federation(session)
    made = Survey(code="migration", process_id=process(session).id, titles={"en": "Migration"})
    session.add(made)
    session.flush()
    session.add_all(
        QuestionnaireVersion(
            survey_id=made.id, number=number, definition={}, digest=str(number), published_at=now()
        )
        for number in (1, 2)
    )
    session.commit()
    return made


def run(app: Flask, *words: str) -> tuple[int, Any, str]:
    """(status, what standard output says as JSON or None, what standard error says)."""
    result = app.test_cli_runner().invoke(args=["surveys", *words])
    return result.exit_code, json.loads(result.stdout or "null"), result.stderr


def open_wave(app: Flask, *words: str) -> tuple[int, Any, str]:
    return run(app, "open", "migration", "--wave", "spring", "--closes", IN_A_MONTH, *words)


@pytest.mark.usefixtures("survey")
def test_status_counts_each_organisation_of_the_frame_in_one_state(
    app: Flask, session: Session
) -> None:
    open_wave(app, "--invite", "africa,FRA,IFRC")
    first, second = session.exec(select(Participation).where(Participation.region_code == "africa"))
    participation.opened(first, now=now())
    participation.submitted(session, first, now=now())
    participation.opened(second, now=now())
    session.commit()

    code, stands, _ = run(app, "status", "spring")

    empty = {"invited": 0, "opened": 0, "in_progress": 0, "submitted": 0, "declined": 0}
    assert code == 0
    assert stands == {
        "code": "spring", "state": "open", "closes": IN_A_MONTH,
        "N": 4, "invited": 3, "submitted": 1,
        "regions": [
            {**empty, "region": "africa", "N": 2, "invited": 2, "opened": 1, "submitted": 1},
            {**empty, "region": "americas", "N": 0},
            {**empty, "region": "asia_pacific", "N": 0},
            {**empty, "region": "europe_central_asia", "N": 1, "invited": 1},
            {**empty, "region": "mena", "N": 1},
        ],
    }  # fmt: skip
    assert list(stands) == ["code", "state", "closes", "N", "invited", "submitted", "regions"]


@pytest.mark.usefixtures("survey")
def test_a_wave_asks_the_newest_version(app: Flask, session: Session) -> None:
    code, _, _ = open_wave(app)

    wave = session.exec(select(Wave)).one()
    version = session.get_one(QuestionnaireVersion, wave.version_id)
    assert (code, version.number) == (0, 2)


@pytest.mark.usefixtures("survey")
def test_opening_invites_each_contact_and_names_who_has_none(app: Flask, session: Session) -> None:
    _, stands, _ = open_wave(app, "--invite", "all")

    mails = session.exec(select(Mail)).all()
    assert {mail.to_address for mail in mails} == {
        "ken@example.org", "gha@example.org", "fra@example.org"
    }  # fmt: skip
    assert (stands["invited"], stands["mails"], stands["without_contact"]) == (4, 3, ["JOR"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("open", "migration", "--wave", "spring", "--closes", "2020-01-01"), "past"),
        (("open", "migration", "--wave", "spring", "--closes", "soon"), "date"),
        (("open", "other", "--wave", "spring", "--closes", IN_A_MONTH), "no survey"),
        (("open", "migration", "--wave", "Sp ring", "--closes", IN_A_MONTH), "code"),
        (("status", "spring"), "no wave"),
    ],
)
@pytest.mark.usefixtures("survey")
def test_what_cannot_be_done_is_refused_with_a_sentence_and_status_1(
    app: Flask, words: tuple[str, ...], says: str
) -> None:
    code, printed, sentence = run(app, *words)

    assert (code, printed) == (1, None)
    assert says in sentence


@pytest.mark.parametrize("invited", ["atlantis", "XXX", "NIC", " , "])
@pytest.mark.usefixtures("survey")
def test_a_wave_whose_invitations_are_refused_is_not_opened(
    app: Flask, session: Session, invited: str
) -> None:
    society(session, "NIC", "americas", until=date(2019, 1, 1))
    session.commit()

    code, _, sentence = open_wave(app, "--invite", invited)

    assert code == 1
    assert sentence.strip()
    assert run(app, "status", "spring")[0] == 1


@pytest.mark.usefixtures("survey")
def test_a_code_in_use_is_refused_and_the_wave_kept(app: Flask) -> None:
    open_wave(app)

    code, _, sentence = open_wave(app)

    assert (code, "already" in sentence) == (1, True)
    assert run(app, "status", "spring")[0] == 0


def test_a_survey_without_a_questionnaire_cannot_be_opened(
    app: Flask, session: Session, survey: Survey
) -> None:
    session.add(Survey(id=uuid4(), code="bare", process_id=survey.process_id))
    session.commit()

    code, _, sentence = run(app, "open", "bare", "--wave", "w", "--closes", IN_A_MONTH)

    assert (code, "import one" in sentence) == (1, True)


@pytest.mark.usefixtures("survey")
def test_declined_and_in_progress_are_states_of_their_own(app: Flask, session: Session) -> None:
    open_wave(app)
    ken, gha = session.exec(select(Participation).where(Participation.region_code == "africa"))
    participation.declined(session, ken, "No staff", now=now())
    participation.started(gha, now=now())
    session.commit()

    africa = run(app, "status", "spring")[1]["regions"][0]

    assert (africa["declined"], africa["in_progress"], africa["invited"]) == (1, 1, 0)
    assert ken.state is ParticipationState.DECLINED
