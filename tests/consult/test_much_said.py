"""A paragraph of which very much was said: the drafter sees it in parts, and nothing is lost."""

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import Outcome
from consult.routes import drafting_rows, paragraph_view
from tests.consult.arranged import lineage
from tests.consult.spoken import amended, decided, said
from tests.consult.writing import ALWAYS, DRAFTS, P1, Writing
from tests.pages import form_with


@pytest.fixture
def writing(app: Flask, session: Session) -> Writing:
    return Writing(app, session)


def test_what_was_said_of_a_paragraph_is_read_page_by_page(
    writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paragraph_view, "PER_PAGE", 2)
    for number in range(3):
        decided(writing.session, amended(writing.place, lineage("p1"), f"{P1} Yes {number}."))
        said(writing.place, lineage=lineage("p1"), text=f"Remark {number}.")
    writing.session.commit()
    place = f"{writing.edit}/{lineage('p1')}"

    first, second = writing.browser.get(place).text, writing.browser.get(f"{place}?others=2").text
    accepted = writing.browser.get(f"{place}?accepted=2").text

    assert [f"Yes {n}" in first for n in range(3)] == [True, True, False]
    assert [f"Remark {n}" in first for n in range(3)] == [True, True, False]
    assert "3 more contributions on this paragraph" in first
    assert f"{place}?others=2#others" in first
    assert f"{place}?accepted=2#accepted" in first
    assert [f"Remark {n}" in second for n in range(3)] == [False, False, True]
    assert [f"Yes {n}" in accepted for n in range(3)] == [False, False, True]
    for odd in ("0", "-1", "99999", "x"):
        assert writing.browser.get(f"{place}?others={odd}&accepted={odd}").status_code == 200


def test_what_is_not_in_the_text_yet_comes_first_and_a_tick_stays(
    writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paragraph_view, "PER_PAGE", 1)
    taken, left = (amended(writing.place, lineage("p1"), f"{P1} {word}.") for word in ("A", "B"))
    for one in (taken, left):
        decided(writing.session, one)
    writing.session.commit()
    writing.send("p1", text_en=f"{P1} A.", contribution=str(taken.id))

    page = writing.browser.get(f"{writing.edit}/{lineage('p1')}").text
    status, refused = writing.send("p1", text_en="x" * 30_000, contribution=str(taken.id))

    assert f'value="{left.id}"' in page
    assert f'value="{taken.id}"' not in page
    assert status == 422
    assert f'value="{taken.id}" checked' in refused


def test_a_step_offers_some_contributions_and_leads_to_the_others(
    writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting_rows, "MOST_OFFERED", 1)
    rows = [amended(writing.place, lineage("p1"), f"{P1} {word}.") for word in ("A", "B", "C")]
    for one in rows:
        decided(writing.session, one, Outcome.PARTLY)
    writing.session.commit()
    writing.send("p1", text_en=ALWAYS, contribution=str(rows[2].id))

    page = writing.browser.get(f"{DRAFTS}/1/changes").text
    fields = form_with(page, "note-1").fields
    writing.browser.send(f"{DRAFTS}/1/changes", {**fields, "note-1": "Said by one."})

    assert [f'value="{one.id}"' in page for one in rows] == [True, False, True]
    assert "One more contribution on this paragraph" in page
    (operation,) = writing.operations()
    assert (operation.contributions, operation.note) == ((rows[2].id,), "Said by one.")
