"""Buttons of the editor that change the page alone: whatever is sent for one, nothing breaks."""

import pytest
from flask import Flask
from sqlmodel import Session

from surveys.definition import Group
from tests.factories import Browser
from tests.pages import form_with
from tests.surveys.drafted import DRAFT, STAFF, document, seated
from tests.surveys.tiny import said, section, tiny

BLOCK = Group(code="block", texts=said("Block"))
GROUPED = tiny(
    section("one", STAFF.model_copy(update={"group": "block"})).model_copy(
        update={"groups": (BLOCK,)}
    )
)
PAGES = {
    "section": f"{DRAFT}/sections/one",
    "group": f"{DRAFT}/groups/block",
    "question": f"{DRAFT}/questions/{STAFF.uid}",
}
pages = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


@pytest.fixture
def author(app: Flask, session: Session) -> Browser:
    return seated(app, session, GROUPED)


@pages
@pytest.mark.parametrize(
    "do",
    ["relevant:drop:" + "9" * 5000, "relevant:drop:٣", "nothing", "a:b"],
    ids=["long", "other digits", "none", "no field"],
)
def test_a_button_nobody_made_shows_the_page_again(
    author: Browser, session: Session, page: str, do: str
) -> None:
    fields = form_with(author.get(page).text, "relevant-was").fields

    answer = author.send(page, {**fields, "do": do})

    assert answer.status_code == 200
    assert document(session) == GROUPED


@pages
def test_a_button_of_the_condition_adds_a_row_and_saves_nothing(
    author: Browser, session: Session, page: str
) -> None:
    before = author.get(page).text

    answer = author.send(page, {**form_with(before, "relevant-was").fields, "do": "relevant:row"})

    assert 'id="relevant-0-question"' not in before
    assert 'id="relevant-0-question"' in answer.text
    assert document(session) == GROUPED
