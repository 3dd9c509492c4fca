"""A round's results as each reader sees them, and every figure recounted from the stored rows."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import text
from sqlmodel import Session, select

from core.clock import now
from movement.models import Assignment, Call, Process, Role
from tests.analytics.demonstrated import browser, load
from tests.factories import Browser

PLACE = "/results/consultations/migration-strategy-1"
STANDING = """FROM contribution c
  JOIN call ON call.id = c.call_id AND call.code = 'migration-strategy-1'
  JOIN participation p ON p.call_id = c.call_id AND p.organisation_id = c.organisation_id
  WHERE c.state IN ('submitted', 'admitted') AND c.is_current"""


def table(reader: Browser, chart: str) -> list[list[str]]:
    """The rows of a chart's download, without headings and what stands below."""
    answer = reader.get(f"{PLACE}/tables/{chart}.csv")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    return rows[1 : rows.index([])]


@pytest.mark.both_databases
@pytest.mark.timeout(300)
def test_every_figure_equals_a_recount_by_plain_sql(app: Flask, session: Session) -> None:
    load(app)
    staff = browser(app, session, Role.SECRETARIAT)

    spoke = dict(
        session.execute(
            text(
                f"SELECT p.region_code, count(DISTINCT c.organisation_id) {STANDING}"
                " AND p.in_frame GROUP BY p.region_code"
            )
        ).all()
    )
    critical = session.execute(
        text(
            "SELECT c.lineage, count(*), sum(CASE WHEN c.stance IN ('concern', 'object') THEN 1"
            f" ELSE 0 END) {STANDING} AND p.in_frame AND c.kind = 'position' GROUP BY c.lineage"
        )
    ).all()
    outcomes = session.execute(
        text(
            "SELECT d.outcome, count(*) FROM disposition d JOIN contribution c"
            " ON c.id = d.contribution_id JOIN call ON call.id = c.call_id"
            " WHERE call.code = 'migration-strategy-1' AND d.state = 'approved'"
            " AND c.state = 'admitted' GROUP BY d.outcome"
        )
    ).all()
    session.commit()

    assert sorted(int(row[2]) for row in table(staff, "participation")) == sorted(spoke.values())
    shown = sorted((int(row[2]), int(row[3])) for row in table(staff, "contested"))
    assert shown == sorted((int(n), int(base)) for _at, base, n in critical if n)
    decided = [int(row[2]) for row in table(staff, "outcomes") if int(row[2])]
    assert sorted(decided) == sorted(int(number) for _outcome, number in outcomes)
    counts = [list(map(float, row[1:])) for row in table(staff, "positions")]
    assert sum(map(sum, counts)) == sum(base for _at, base, _n in critical)


@pytest.fixture
def chair(app: Flask, session: Session) -> Browser:
    load(app)
    return browser(app, session, Role.CO_CHAIR)


def test_a_co_chair_sees_no_paragraph_with_one_to_four_positions_and_no_small_region(
    chair: Browser,
) -> None:
    contested = table(chair, "contested")
    stances = chair.get(f"{PLACE}/tables/stances.csv").text
    page = chair.get(f"{PLACE}/positions").text

    assert contested
    assert all(int(row[3]) >= 5 for row in contested)
    heads = next(csv.reader(io.StringIO(stances.removeprefix("\ufeff"))))
    assert "Middle East and North Africa" not in heads
    assert "Americas and Middle East and North Africa are shown together" in page
    assert "fewer than five took a position are not shown here" in page


def test_members_see_a_rounds_results_once_it_is_released_and_take_no_files(
    app: Flask, session: Session, chair: Browser
) -> None:
    focal_point = browser(app, session, Role.FOCAL_POINT, "ken")
    second = PLACE.replace("-1", "-2")

    statuses = [focal_point.get(f"{place}/").status_code for place in (PLACE, second)]
    refused = focal_point.get(f"{PLACE}/tables/contested.csv").status_code
    session.exec(select(Call).where(Call.code == "migration-strategy-2")).one().released_at = now()
    session.commit()

    assert statuses == [200, 404]
    assert refused == 403
    assert focal_point.get(f"{second}/").status_code == 200


def test_a_consultant_of_another_process_sees_nothing(
    app: Flask, session: Session, chair: Browser
) -> None:
    other = Process(code="other", titles={"en": "Other"})
    session.add(other)
    session.flush()
    for held in session.exec(select(Assignment).where(Assignment.role == Role.CONSULTANT)):
        held.process_id = other.id
    session.commit()
    consultant = browser(app, session, Role.CONSULTANT)

    assert consultant.get(f"{PLACE}/").status_code == 404
    assert "migration-strategy-1" not in consultant.get("/results").text


def test_the_page_drawn_and_the_page_explored_carry_the_same_figures(chair: Browser) -> None:
    rows = table(chair, "contested")
    page = chair.get(f"{PLACE}/positions").text
    explored = chair.get(f"{PLACE}/explore/contested").text

    for row in rows:
        assert f'data-value="{float(row[1])}"' in page
        assert str(float(row[1])) in explored
