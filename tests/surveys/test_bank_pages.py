"""The bank in the browser: searched, read, used in a draft, filled from one, and emptied again."""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from core.clock import now
from movement.models import Role
from surveys.definition import QuestionKind
from surveys.models import Survey
from surveys.queries.bank import entries, get_entry
from surveys.services import drafts
from tests.factories import Browser, a_survey, browser_of, somebody
from tests.pages import form_with
from tests.surveys.drafted import document
from tests.surveys.tiny import OF_EVERY_KIND, asking, question


class Author:
    label = "author@example.org"


@pytest.fixture
def survey(session: Session) -> Survey:
    form = asking(OF_EVERY_KIND[QuestionKind.RATING], question("name"))
    survey = a_survey(session, form)
    drafts.start(session, survey, form, now=now(), by=Author())
    session.commit()
    return survey


@pytest.fixture
def browser(app: Flask, session: Session, survey: Survey) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def test_the_bank_is_searched_and_an_entry_read_in_any_language(browser: Browser) -> None:
    found = browser.get("/bank?q=filiales").text
    read = browser.get("/bank/society.branches?language=ar").text

    assert "How many branches" in found
    assert "How many volunteers" not in found
    assert "كم عدد فروع جمعيتكم الوطنية؟" in read
    assert browser.get("/bank?q=horses").text.count("bank.show") == 0
    assert browser.get("/bank/no.such.entry").status_code == 404
    assert browser.get("/bank/own.nonsense").status_code == 404


def test_an_entry_is_put_into_a_draft_in_one_step(
    browser: Browser, session: Session, survey: Survey
) -> None:
    where = "/bank/scale.importance/use/tiny"
    shown = form_with(browser.get(where).text, "ends").fields

    answer = browser.send(where, shown | {"place": ["question:urgency"]})

    assert shown["ends"] == ["dont_know"]
    assert answer.status_code == 303
    urgency = document(session).by_code["urgency"]
    assert [choice.code for choice in urgency.choices][-1] == "dont_know"
    assert urgency.bank == "scale.importance"
    step = drafts.last_step(session, survey)
    assert step is not None
    assert (step.action, step.about) == ("use_bank", "scale.importance")


@pytest.mark.parametrize("place", ["", "section:gone"])
def test_a_place_must_be_chosen(browser: Browser, place: str) -> None:
    answer = browser.send("/bank/society.branches/use/tiny", {"place": place})

    assert answer.status_code == 400
    assert "summary-of-errors" in answer.text


def save(browser: Browser, **more: str) -> Any:
    fields = {"part": "question:name", "name": "Their name", **more}
    return browser.send("/surveys/tiny/draft/to-bank", fields)


def test_a_question_is_saved_found_and_removed(
    browser: Browser, session: Session, survey: Survey
) -> None:
    saved = save(browser)

    (entry,) = entries(session, words="their name")
    session.rollback()
    assert saved.location == f"/bank/{entry.id}"
    assert "Question name" in browser.get(saved.location).text
    browser.send(f"{saved.location}/use/tiny", {"place": "section:only"})
    assert document(session).by_code["name_2"].bank == entry.id

    browser.send(f"{saved.location}/remove")
    assert browser.get(saved.location).status_code == 404
    assert document(session).by_code["name_2"].bank == entry.id


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"name": ""}, 400),
        ({"part": "question:gone"}, 400),
        ({"scale": "y"}, 400),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(
    browser: Browser, more: dict[str, str], status: int
) -> None:
    answer = save(browser, **more)

    assert answer.status_code == status
    assert "summary-of-errors" in answer.text


@pytest.mark.parametrize(
    ("kind", "part"), [("scale", "question:urgency"), ("section", "section:only")]
)
def test_scales_and_sections_are_saved_too(
    browser: Browser, session: Session, kind: str, part: str
) -> None:
    location = save(browser, part=part, **({"scale": "y"} if kind == "scale" else {})).location

    assert get_entry(session, location.rpartition("/")[2]).kind == kind


def test_an_entry_of_the_package_cannot_be_removed(browser: Browser) -> None:
    assert browser.send("/bank/scale.importance/remove").status_code == 409


def test_whoever_takes_from_the_bank_finds_the_way_back_to_the_draft(
    browser: Browser, survey: Survey
) -> None:
    address = f"/bank?for={survey.code}"
    entry = f"/bank/society.branches/use/{survey.code}"
    back = f'href="/surveys/{survey.code}/draft"'

    pages = [browser.get(path).text for path in (address, entry)]

    assert [back in page for page in pages] == [True, True]
    assert f"draft of {survey.code}" not in pages[0]
