"""Attacks 9 and 10: no two filters of the dashboard, subtracted, leave fewer than five answers."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, func, select

from movement.disclosure import THRESHOLD
from movement.models import Role
from surveys.models import Response, ResponseState
from tests.analytics.demonstrated import PLACE, browser
from tests.browser.site import prepared
from tests.factories import Browser

READERS = (
    (Role.CO_CHAIR, "priorities_importance.all"),
    (Role.CO_CHAIR, "invest_points.all"),
    (Role.CONSULTANT, "priorities_top.all"),
)
FIGURE = re.compile(r"-?\d+(\.\d+)?( ?%)?")
Regions = frozenset[str]


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.getbasetemp()
    return prepared(own.parent if own.name.startswith("popen-") else own)


@pytest.fixture
def migrated_file(loaded: Path) -> Path:
    """In this file every database holds the demonstration."""
    return loaded / "plenary.sqlite3"


def answered(session: Session) -> dict[str, int]:
    """How many organisations of each region have answered."""
    chosen = (
        select(Response.region_code, func.count())
        .where(Response.state == ResponseState.SUBMITTED)
        .group_by(Response.region_code)
    )
    rows = {str(region): number for region, number in session.exec(chosen) if region}
    session.commit()
    return rows


def subsets(regions: list[str]) -> Iterator[Regions]:
    for size in range(1, len(regions) + 1):
        yield from map(frozenset, combinations(regions, size))


def shows_figures(reader: Browser, chart: str, regions: Regions) -> bool:
    """Whether the downloaded table has a figure for these regions together."""
    answer = reader.get(f"{PLACE}/tables/{chart}.csv", query_string={"region": ",".join(regions)})
    assert answer.status_code == 200
    rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    first = [row[1] for row in rows if len(row) > 2]
    return any(FIGURE.fullmatch(cell) for cell in first)


@pytest.mark.parametrize(("role", "chart"), READERS)
def test_no_difference_of_two_shown_filters_is_small(
    app: Flask, session: Session, role: Role, chart: str
) -> None:
    numbers = answered(session)
    reader = browser(app, session, role)

    shown = [s for s in subsets(sorted(numbers)) if shows_figures(reader, chart, s)]

    assert frozenset(numbers) in shown
    assert len(shown) < len(list(subsets(sorted(numbers))))
    small = [
        (sorted(whole), sorted(part))
        for whole in shown
        for part in (frozenset(), *shown)
        if part < whole and 0 < sum(numbers[region] for region in whole - part) < THRESHOLD
    ]
    assert small == []


def test_staff_may_look_at_the_smallest_region(app: Flask, session: Session) -> None:
    numbers = answered(session)
    smallest = frozenset({min(numbers, key=lambda region: numbers[region])})

    assert shows_figures(browser(app, session, Role.SECRETARIAT), "priorities_top.all", smallest)
