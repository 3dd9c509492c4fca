"""An organisation's own copy: a spreadsheet that opens, runs no formula, and reads its own way."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlmodel import Session

from movement.models import Role
from surveys.definition import QuestionKind
from tests.factories import Browser, a_society, an_open_wave, begun, browser_of, somebody
from tests.surveys.tiny import OF_EVERY_KIND, asking, only_if, question

FORM = asking(
    question("name"),
    OF_EVERY_KIND[QuestionKind.YES_NO],
    OF_EVERY_KIND[QuestionKind.POINTS],
    question("why", relevant=only_if("active", "yes")),
)


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    society = a_society(session)
    an_open_wave(session, FORM)
    return browser_of(app, session, somebody(session, Role.RESPONDENT, society))


def copied(browser: Browser, language: str = "en", **fields: str) -> Any:
    """The first sheet of the copy after giving these answers."""
    path = browser.send("/answer/spring/KEN").location.removesuffix("/sections/only")
    browser.send("/language", {"language": language})
    browser.send(f"{path}/sections/only", {"edition": "0", **fields})
    answer = browser.get(f"{path}/copy.xlsx")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "spring-KEN.xlsx" in answer.headers["Content-Disposition"]
    return load_workbook(BytesIO(answer.data)).active


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://x.example"])
def test_no_answer_becomes_a_formula_or_a_link(browser: Browser, evil: str) -> None:
    sheet = copied(browser, q_name=evil)

    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == evil.strip())
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_each_line_of_an_answer_has_a_row_and_what_is_hidden_has_none(browser: Browser) -> None:
    sheet = copied(browser, **{"q_shares-water": "60", "q_shares-health": "40", "q_active": "no"})

    rows = [tuple(cell or None for cell in row[1:]) for row in sheet.iter_rows(4, values_only=True)]
    assert rows == [
        ("Question name (en)", None, None),
        ("Question active (en)", None, "Choice no (en)"),
        ("Question shares (en)", "Choice water (en)", "60"),
        ("Question shares (en)", "Choice health (en)", "40"),
    ]


@pytest.mark.parametrize(("language", "mirrored"), [("ar", True), ("fr", None)])
def test_it_speaks_the_page_s_language_in_its_direction(
    browser: Browser, language: str, mirrored: object
) -> None:
    sheet = copied(browser, language, q_active="no")

    assert sheet.sheet_view.rightToLeft is mirrored
    assert sheet["D5"].value == f"Choice no ({language})"


def test_begun_is_where_the_copy_starts(app: Flask, session: Session) -> None:
    society = a_society(session)
    call = an_open_wave(session, FORM)
    browser = browser_of(app, session, somebody(session, Role.RESPONDENT, society))

    answer = browser.get(f"{begun(browser, call, society)}/copy.xlsx")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
