"""Accepted amendments that are answered, and words that are never lost on the way to the draft."""

import pytest
from flask import Flask
from sqlmodel import Session

from consult.export.revised import revised
from consult.models import DraftState
from consult.queries.consultations import document_of
from consult.services.composing import waiting_in
from consult.services.drafts import read_set
from consult.verify import Stored, findings
from consult.verify.drafts import DRAFTS as RULES_OF_DRAFTS
from tests.consult.arranged import consultation_of, lineage
from tests.consult.spoken import amended, decided
from tests.consult.writing import ALWAYS, DRAFTS, P1, Writing
from tests.pages import form_with

ARABIC = "تعمل الجمعيات على أساس الاحتياجات وحدها دائما."
SAYS_SO = "The English says so already."


@pytest.fixture
def writing(app: Flask, session: Session) -> Writing:
    return Writing(app, session)


def an_arabic_amendment(writing: Writing) -> str:
    one = amended(writing.place, lineage("p1"), ARABIC, language="ar")
    decided(writing.session, one)
    writing.session.commit()
    return str(one.id)


def test_an_amendment_is_settled_by_a_note_where_the_words_stay(writing: Writing) -> None:
    one = an_arabic_amendment(writing)

    status, _page = writing.send("p1", contribution=one, note=SAYS_SO)
    left = waiting_in(writing.session, writing.now())
    (operation,) = writing.operations()
    changes = writing.browser.get(f"{DRAFTS}/1/changes").text

    assert (status, left) == (303, ())
    assert [str(behind) for behind in operation.contributions] == [one]
    assert (operation.note, operation.explained) == (SAYS_SO, True)
    assert writing.texts()[1] == P1
    assert "The words stay" in changes
    assert SAYS_SO in changes


def test_an_answer_without_other_words_shows_in_no_redline_and_breaks_no_rule(
    writing: Writing,
) -> None:
    one = an_arabic_amendment(writing)
    writing.send("p1", contribution=one, note=SAYS_SO)

    published = writing.publish()
    draft = writing.now()
    base = document_of(writing.session.get_one(type(draft), draft.base_id))
    rows = revised(base, read_set(writing.session, draft), "en").rows

    assert (published, draft.state) == (303, DraftState.PUBLISHED)
    assert not any(piece.revision for row in rows for piece in row.pieces)
    stored = Stored(writing.session, consultation_of(writing.session, draft))
    assert findings(stored, RULES_OF_DRAFTS) == []


def test_words_accepted_later_are_taken_where_they_stayed_before(writing: Writing) -> None:
    writing.send("p1", contribution=an_arabic_amendment(writing), note=SAYS_SO)
    decided(writing.session, amended(writing.place, lineage("p1"), ALWAYS))
    writing.session.commit()

    writing.browser.send(f"{DRAFTS}/1/take")

    assert writing.texts()[1] == ALWAYS


@pytest.mark.parametrize("do", ["save", "move", "relabel"])
def test_a_note_alone_is_not_thrown_away_as_saved(writing: Writing, do: str) -> None:
    status, page = writing.send("p1", do, note="Both are said.")

    assert status == 422
    assert "Nothing is changed yet" in page
    assert "Both are said." in page
    assert writing.steps() == []


def test_nobody_is_told_that_nothing_was_saved(writing: Writing) -> None:
    page = f"{writing.edit}/{lineage('p1')}"
    fields = form_with(writing.browser.get(page).text, "seen").fields
    writing.browser.send(page, {**fields, "do": "save"})

    told = writing.browser.get(page).text

    assert "Nothing was changed." in told
    assert "Saved." not in told
