"""The items of repeats in exports: a table of their own for each, beside its organisation."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlmodel import Session, select

from core.clock import now
from surveys.definition import QuestionKind
from surveys.models import QuestionnaireVersion, Response, ResponseState
from tests.factories import a_society, an_open_wave
from tests.surveys.tiny import OF_EVERY_KIND, asking, question

FORM = asking(question("name"), OF_EVERY_KIND[QuestionKind.REPEAT])
ITEMS: list[dict[str, Any]] = [
    {"id": "0a1b2c3d", "answers": {"partner": "=1+1", "since": 2015}},
    {
        "id": "ffffffff",
        "answers": {
            "languages": ["red"],
            "visits": [
                {"id": "00000001", "answers": {"visit": "2020-02-28"}},
                {"id": "00000002", "answers": {}},
            ],
        },
    },
]


@pytest.fixture
def wave(session: Session) -> str:
    """A wave with one submitted response that holds items, and one that holds none."""
    societies = [a_society(session, code) for code in ("KEN", "GHA")]
    call = an_open_wave(session, FORM)
    version = session.exec(select(QuestionnaireVersion)).one()
    given: list[dict[str, Any]] = [{"partners": ITEMS}, {"name": "x"}]
    for society, answers in zip(societies, given, strict=True):
        session.add(
            Response(
                wave_id=call.id, version_id=version.id, organisation_id=society.id,
                region_code="africa", state=ResponseState.SUBMITTED, answers=answers,
                started_at=now(), saved_at=now(), submitted_at=now(),
            )
        )  # fmt: skip
    session.commit()
    return call.code


def export(app: Flask, wave: str, form: str, to: Path) -> None:
    run = app.test_cli_runner().invoke(
        args=["analytics", "export", wave, "--format", form, "--out", str(to)]
    )
    assert run.exit_code == 0, run.output


def test_each_repeat_has_a_sheet_with_a_row_per_item(app: Flask, wave: str, tmp_path: Path) -> None:
    export(app, wave, "xlsx", tmp_path)

    book = load_workbook(next(tmp_path.rglob("*.xlsx")))

    assert book.sheetnames[-2:] == ["partners", "visits"]
    partners = [list(row) for row in book["partners"].iter_rows(values_only=True)]
    assert partners[0][:6] == [
        "organisation", "place", "item", "partner", "since", "languages.red",
    ]  # fmt: skip
    assert [row[:6] for row in partners[1:]] == [
        ["KEN", "1", "0a1b2c3d", "=1+1", 2015, None],
        ["KEN", "2", "ffffffff", None, None, 1],
    ]
    visits = [list(row) for row in book["visits"].iter_rows(values_only=True)]
    assert visits[1:] == [
        ["KEN", "2.1", "00000001", "2020-02-28"],
        ["KEN", "2.2", "00000002", None],
    ]
    responses = list(book["Responses"].iter_rows(values_only=True))
    column = responses[0].index("partners")
    assert {row[0]: row[column] for row in responses[1:]} == {"GHA": None, "KEN": 2}


def test_the_codebook_explains_what_stands_in_items(app: Flask, wave: str, tmp_path: Path) -> None:
    export(app, wave, "xlsx", tmp_path)

    book = load_workbook(next(tmp_path.rglob("*.xlsx")))

    described = {row[0] for row in book["Codebook"].iter_rows(min_row=2, values_only=True)}
    wanted = {c for name in ("partners", "visits") for c in next(book[name].values)}
    assert wanted <= described


def test_csv_files_hold_the_same_items_and_no_formula(
    app: Flask, wave: str, tmp_path: Path
) -> None:
    export(app, wave, "csv", tmp_path)

    lines = (tmp_path / "items_partners.csv").read_text("utf-8-sig").splitlines()

    assert lines[1].startswith("KEN,1,0a1b2c3d,'=1+1,2015")
    assert len((tmp_path / "items_visits.csv").read_text("utf-8-sig").splitlines()) == 3
