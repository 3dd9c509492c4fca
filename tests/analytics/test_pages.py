"""What each reader sees of a wave's results, and what never reaches them."""

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from core.clock import now
from core.models import AuditEntry
from movement.models import Call, Role
from surveys.models import Response
from tests.analytics.demonstrated import PLACE, WAVE, browser, tabulated
from tests.browser.site import prepared
from tests.factories import Browser

SECTIONS = ("society", "priorities", "challenges", "investments", "taking_part")
SMALL = "Middle East and North Africa"
MERGED = "Africa and Middle East and North Africa"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.getbasetemp()
    return prepared(own.parent if own.name.startswith("popen-") else own)


@pytest.fixture
def migrated_file(loaded: Path) -> Path:
    """In this file every database holds the demonstration."""
    return loaded / "plenary.sqlite3"


@pytest.fixture
def chair(app: Flask, session: Session) -> Browser:
    return browser(app, session, Role.CO_CHAIR)


@pytest.fixture
def secretariat(app: Flask, session: Session) -> Browser:
    return browser(app, session, Role.SECRETARIAT)


def figures(html: str) -> list[str]:
    return re.findall(r'data-value="([^"]*)"', html)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_co_chair_never_sees_a_region_with_two_answers_alone(
    app: Flask, chair: Browser, section: str
) -> None:
    page = chair.get(f"{PLACE}/sections/{section}").text
    charts = sorted(set(re.findall(r"/explore/([a-z_]+\.[a-z]+)", page)))

    assert charts
    for chart in charts:
        table = chair.get(f"{PLACE}/tables/{chart}.csv").text
        cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
        assert SMALL not in cells
        explored = chair.get(f"{PLACE}/explore/{chart}").text
        figure = re.search(r'id="figure">(.*?)</script>', explored, re.DOTALL)
        assert figure
        assert not {"mena", "africa"} & codes_in(json.loads(figure[1]))
    assert f">{SMALL}<" not in re.sub(r'<div class="counting.*?</form>', "", page, flags=re.DOTALL)


def codes_in(figure: dict[str, object]) -> set[str]:
    traces = figure["data"]
    assert isinstance(traces, list)
    return {c for t in traces for axis in ("x", "y") for c in t.get(axis, ()) if isinstance(c, str)}


def test_the_page_says_which_regions_are_shown_together_and_why(chair: Browser) -> None:
    page = chair.get(f"{PLACE}/sections/priorities").text

    assert f"{MERGED} are shown together" in page


def test_staff_see_every_region(secretariat: Browser) -> None:
    table = secretariat.get(f"{PLACE}/tables/priorities_top.regions.csv").text

    assert SMALL in next(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))


@pytest.mark.parametrize("region", ["mena", "africa", "africa,americas", "mena,asia_pacific"])
@pytest.mark.parametrize("weighted", ["", "&weighted=1"])
def test_a_filter_that_cuts_through_a_merged_group_gets_no_figure_together(
    chair: Browser, region: str, weighted: str
) -> None:
    page = chair.get(f"{PLACE}/sections/priorities?region={region}{weighted}")
    table = chair.get(f"{PLACE}/tables/priorities_importance.all.csv?region={region}{weighted}")

    assert page.status_code == 200
    assert "can&#39;t be shown on their own here" in page.text
    of_all = [cell for row in csv.reader(io.StringIO(table.text)) for cell in row[1:2]]
    assert not [cell for cell in of_all if re.fullmatch(r"\d(\.\d+)?", cell)]


def test_two_allowed_filters_and_the_total_leave_whole_groups(chair: Browser) -> None:
    page = chair.get(f"{PLACE}/sections/priorities?region={quote('africa+mena')}&region=americas")

    assert "can&#39;t be shown" not in page.text
    assert figures(page.text)


def test_drawing_table_download_and_exploring_carry_the_same_figures(secretariat: Browser) -> None:
    chart = "challenges_importance.all"
    page = secretariat.get(f"{PLACE}/sections/challenges").text
    table = secretariat.get(f"{PLACE}/tables/{chart}.csv").text.removeprefix("\ufeff")
    explored = secretariat.get(f"{PLACE}/explore/{chart}").text

    drawn = figures(page)[:10]
    rows = list(csv.reader(io.StringIO(table)))[1:11]
    figure = json.loads(re.search(r'id="figure">(.*?)</script>', explored, re.DOTALL)[1])  # type: ignore[index]  # the page has one
    assert [float(value) for value in drawn] == [float(row[1]) for row in rows]
    assert figure["data"][0]["x"] == [float(row[1]) for row in rows]


def test_the_headline_names_the_first_two_and_the_weighted_order_is_told(
    app: Flask, chair: Browser
) -> None:
    plain = chair.get(f"{PLACE}/sections/priorities").text
    weighted = chair.get(f"{PLACE}/sections/priorities?weighted=1").text

    for page in (plain, weighted):
        assert re.search(r'headline">“Conflict and violence” \([^)]*\) comes first', page)
    order = [
        [row["item"] for row in sorted(rows, key=lambda r: -r[figure])]
        for rows in [[r for r in tabulated(app, "priorities_top", "--weighted")["rows"]
                      if r["value"] == "any"]]
        for figure in ("share", "weighted_share")
    ]  # fmt: skip
    assert order[0] != order[1]
    assert "changes the order of later places" in plain


def test_results_open_to_societies_only_once_released(app: Flask, session: Session) -> None:
    focal_point = browser(app, session, Role.FOCAL_POINT, "ken")
    before = focal_point.get(f"{PLACE}/").status_code
    call = session.exec(select(Call).where(Call.code == WAVE)).one()
    call.released_at = now()
    session.commit()

    assert before == 404
    assert focal_point.get(f"{PLACE}/").status_code == 200
    assert focal_point.get(f"{PLACE}/sections/priorities").status_code == 200
    assert focal_point.get(f"{PLACE}/tables/priorities_top.all.csv").status_code == 403


def test_texts_are_shown_as_their_authors_agreed(
    session: Session, chair: Browser, secretariat: Browser
) -> None:
    said = {
        consent: f"Our own words, {consent} & unlike any other"
        for consent in ("named", "unnamed", "no")
    }
    responses = session.exec(select(Response).order_by(col(Response.id)).limit(3)).all()
    for response, (consent, words) in zip(responses, said.items(), strict=True):
        response.answers = {**response.answers, "open_comments": words, "consent_quote": consent}
        response.saved_at = now()
    session.commit()

    page = chair.get(f"{PLACE}/comments").text
    all_of_it = secretariat.get(f"{PLACE}/comments").text

    told = r" &amp; unlike.*?<figcaption[^>]*>(.*?)</figcaption>"
    quoted = {consent: re.search(consent + told, page, re.DOTALL) for consent in said}
    assert quoted["named"]
    assert "A National Society" not in quoted["named"][1]
    assert quoted["unnamed"]
    assert quoted["unnamed"][1] == "A National Society"
    assert quoted["no"] is None
    assert all(f"{consent} &amp; unlike" in all_of_it for consent in said)
    looks = session.exec(select(AuditEntry).where(AuditEntry.action == "comments.seen")).all()
    assert [(look.about, bool(look.person_id)) for look in looks] == [(WAVE, True)]


def test_a_wave_without_answers_says_so_on_every_page(
    session: Session, secretariat: Browser
) -> None:
    for response in session.exec(select(Response)):
        session.delete(response)
    session.commit()

    for path in ("/", "/sections/priorities", "/comments"):
        answer = secretariat.get(PLACE + path)
        assert answer.status_code == 200
        assert "No answers yet" in answer.text


def test_the_drawing_library_is_served_compressed_and_for_ever(chair: Browser) -> None:
    page = chair.get(f"{PLACE}/explore/tiles").text
    address = re.search(r'data-plotly="([^"]+)"', page)
    assert address

    answer = chair.get(address[1], headers={"Accept-Encoding": "gzip"})

    answer.close()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert int(answer.headers["Content-Length"]) < 1_600_000
    assert chair.get("/results/plotly-0.0.js").status_code == 404
