"""Whoever deletes a response, and however: it is gone from every count."""

import json

import pytest
from flask import Flask
from sqlalchemy import text
from sqlmodel import Session

from core.clock import now
from movement import directory_data
from movement.services import directory_load
from movement.services.messages import Office
from surveys.services import demonstration

pytestmark = pytest.mark.both_databases


def counts(app: Flask, *command: str) -> dict[str, int]:
    """What a command prints."""
    answer = app.test_cli_runner().invoke(args=command)
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)  # type: ignore[no-any-return]  # JSON


def test_deleting_one_of_51_responses_leaves_50(app: Flask, session: Session) -> None:
    moment = now()
    directory_load.load_regions(session, directory_data.regions())
    directory_load.load_organisations(
        session, directory_data.societies(), directory_data.components(), now=moment, label="test"
    )
    demonstration.load(session, office=Office("Plenary", "http://localhost"), now=moment)
    session.commit()
    before = counts(app, "surveys", "status", "migration-2020")

    session.execute(
        text(
            "DELETE FROM response WHERE id = (SELECT r.id FROM response r JOIN organisation o"
            " ON o.id = r.organisation_id WHERE o.code = 'NAM')"
        )
    )
    session.commit()

    status = counts(app, "surveys", "status", "migration-2020")
    table = counts(app, "analytics", "tabulate", "migration-2020", "--question", "invest_points")
    states = "SELECT count(*) FROM participation WHERE state = 'submitted'"
    assert (before["submitted"], status["submitted"]) == (51, 50)
    assert (table["n"], table["N"]) == (50, 192)
    assert session.scalar(text(states)) == 50
