"""Accepted amendments that are answered, and words that are never lost on the way to the draft."""

import pytest
from flask import Flask
from sqlmodel import Session

from consult.changes.operations import Insert, Move, Relabel, Replace, Split
from consult.export.revised import revised
from consult.models import DraftState
from consult.queries.consultations import document_of
from consult.services.composing import waiting_in
from consult.services.drafts import read_set
from consult.verify import Stored, findings
from consult.verify.drafts import DRAFTS as RULES_OF_DRAFTS
from tests.consult.arranged import lineage
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
    stored = Stored(writing.session, "strategy-text")
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


@pytest.mark.parametrize("do", ["up", "merge", "delete", "split"])
def test_no_step_drops_what_was_typed_for_another(writing: Writing, do: str) -> None:
    parts = "Societies act.\nOn needs alone."

    status, page = writing.send("p2", do, new_en="A new one.", text_en=parts, label="2 bis")

    assert status == 422
    assert "Press “Save” to keep all of it" in page
    assert "A new one." in page
    assert 'value="2 bis"' in page
    assert writing.steps() == []


def test_saving_takes_all_along_that_was_typed_on_the_page(writing: Writing) -> None:
    status, _page = writing.send(
        "p1", text_en=ALWAYS, new_en="A new one.", label="1 bis", after=str(lineage("p2"))
    )

    assert status == 303
    assert writing.steps() == [Replace, Relabel, Move, Insert]
    assert writing.texts()[2:4] == [ALWAYS, "A new one."]


def test_a_number_chosen_on_a_refused_page_stays_chosen(writing: Writing) -> None:
    _status, page = writing.send("p1", "relabel", form="paragraph-2", number="({a})", start="0")

    assert '<option value="paragraph-2" selected>' in page
    assert '<option value="({a})" selected>' in page


def test_a_page_from_before_a_move_does_not_move_the_paragraph_back(writing: Writing) -> None:
    page = f"{writing.edit}/{lineage('p2')}"
    known = form_with(writing.browser.get(page).text, "seen").fields
    writing.send("p1", "down")

    writing.browser.send(page, {**known, "text-en": "Mine.", "do": "save"})

    assert writing.steps() == [Move, Replace]


def test_words_in_another_language_are_kept_where_only_the_source_is_divided(
    writing: Writing,
) -> None:
    writing.send("p1", "split", text_en="Societies act.\nOn needs alone.", text_ar=ARABIC)

    assert writing.steps() == [Replace, Split]
    assert document_of(writing.now()).blocks[1].texts["ar"] == ARABIC
