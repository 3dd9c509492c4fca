"""Commands take what is published, and the draft where there is nothing else or it is asked for."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from surveys.definition import QuestionKind
from surveys.models import Survey
from surveys.services import drafts
from surveys.services.questionnaires import publish
from surveys.xlsform import read
from tests.surveys.drafted import FORM, seated
from tests.surveys.test_questionnaires import run
from tests.surveys.tiny import asking, only_if, question
from tests.surveys.versions.publishing import author

PUBLISHED = asking(question("published", QuestionKind.INTEGER))


def codes_in(path: Path) -> list[str]:
    document = read(path.read_bytes(), code="tiny").questionnaire
    assert document is not None
    return list(document.anywhere)


@pytest.fixture
def answers(tmp_path: Path) -> str:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({}))
    return str(path)


@pytest.fixture
def both(app: Flask, session: Session) -> None:
    """A survey with a published version and a draft that asks something else."""
    publish(session, PUBLISHED, source="test", now=now(), label="test")
    survey = session.exec(select(Survey)).one()
    drafts.start(session, survey, FORM, now=now(), by=author("an-author"))
    session.commit()


def test_a_survey_with_a_draft_alone_gives_the_draft_and_says_so(
    app: Flask, session: Session, tmp_path: Path, answers: str
) -> None:
    seated(app, session)
    out = tmp_path / "out.xlsx"

    written, exported, told = run(app, "export-xlsform", "tiny", "--out", str(out))
    tried, found, told_too = run(app, "evaluate", "tiny", "--answers", answers)

    assert (written, tried) == (0, 0)
    assert (exported["version"], codes_in(out)) == (None, ["colour", "staff", "why"])
    assert found["undetermined"] == ["why"]
    assert told == told_too == "This is the draft: nothing is published yet.\n"


@pytest.mark.usefixtures("both")
def test_what_is_published_goes_before_the_draft(app: Flask, tmp_path: Path, answers: str) -> None:
    out = tmp_path / "out.xlsx"

    _, exported, told = run(app, "export-xlsform", "tiny", "--out", str(out))
    _, found, _ = run(app, "evaluate", "tiny", "--answers", answers)

    assert (exported["version"], codes_in(out), told) == (1, ["published"], "")
    assert found["shown"] == ["published"]


@pytest.mark.usefixtures("both")
def test_the_draft_is_given_where_it_is_asked_for(app: Flask, tmp_path: Path, answers: str) -> None:
    out = tmp_path / "out.xlsx"

    _, exported, told = run(app, "export-xlsform", "tiny", "--out", str(out), "--draft")
    _, found, _ = run(app, "evaluate", "tiny", "--answers", answers, "--draft")

    assert (exported["version"], codes_in(out)) == (None, ["colour", "staff", "why"])
    assert found["shown"] == ["colour", "staff"]
    assert told == "This is the draft: it is not published.\n"


def test_a_draft_there_is_none_of_is_refused(app: Flask, session: Session, tmp_path: Path) -> None:
    publish(session, PUBLISHED, source="test", now=now(), label="test")
    session.commit()
    out = tmp_path / "out.xlsx"

    status, _, told = run(app, "export-xlsform", "tiny", "--out", str(out), "--draft")

    assert (status, out.exists()) == (1, False)
    assert told == "Nobody is writing a draft of this questionnaire.\n"


def test_a_draft_whose_conditions_go_round_in_a_circle_is_told(
    app: Flask, session: Session, answers: str
) -> None:
    round_and_round = asking(
        question("a", relevant=only_if("b", "x")), question("b", relevant=only_if("a", "x"))
    )
    seated(app, session, round_and_round)

    status, _, told = run(app, "evaluate", "tiny", "--answers", answers)

    assert status == 1
    assert "wait for each other: a, b." in told
