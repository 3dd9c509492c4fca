"""The two lists of a draft in work: all that was filled in on a page is saved, or kept with why."""

import pytest
from flask import Flask
from sqlmodel import Session

from consult.services.composing import waiting_in
from tests.consult.arranged import lineage
from tests.consult.spoken import amended, decided
from tests.consult.writing import ALWAYS, DRAFTS, P1, PEOPLE, Writing
from tests.pages import form_with

CONFLICTS, CHANGES = f"{DRAFTS}/1/conflicts", f"{DRAFTS}/1/changes"
ARABIC = "توفر الجمعيات الوصول الكامل إلى الخدمات."


@pytest.fixture
def writing(app: Flask, session: Session) -> Writing:
    """Two conflicting amendments of p1 and an Arabic one of p2 are accepted."""
    writing = Writing(app, session)
    for text in (ALWAYS, PEOPLE):
        decided(session, amended(writing.place, lineage("p1"), text))
    decided(session, amended(writing.place, lineage("p2"), ARABIC, language="ar"))
    session.commit()
    return writing


def on(writing: Writing, path: str, field: str) -> dict[str, object]:
    return dict(form_with(writing.browser.get(path).text, field).fields)


def notes_of(writing: Writing) -> list[str]:
    return [one.note for one in writing.operations()]


def test_all_words_typed_on_the_page_are_saved_at_once(writing: Writing) -> None:
    fields = on(writing, CONFLICTS, "seen-1")
    typed = {"text-1": "Both of it.", "note-1": "Both.", "note-2": "It says so.", "at": "1"}

    answer = writing.browser.send(CONFLICTS, {**fields, **typed})

    assert (answer.status_code, waiting_in(writing.session, writing.now())) == (303, ())
    assert sorted(notes_of(writing)) == ["Both.", "It says so."]
    assert writing.texts()[1] == "Both of it."


def test_what_nobody_filled_in_stays_on_the_page_as_it_was(writing: Writing) -> None:
    fields = on(writing, CONFLICTS, "seen-1")

    writing.browser.send(CONFLICTS, {**fields, "note-2": "It says so.", "at": "2"})
    page = writing.browser.get(CONFLICTS).text

    assert notes_of(writing) == ["It says so."]
    assert "always" in page
    assert "seen-2" not in page


def test_words_against_a_colleagues_are_kept_and_the_others_saved(writing: Writing) -> None:
    fields = on(writing, CONFLICTS, "seen-1")
    writing.send("p1", text_en="Theirs.", note="x")
    typed = {"text-1": "Mine.", "note-1": "Both.", "note-2": "It says so."}

    answer = writing.browser.send(CONFLICTS, {**fields, **typed})

    assert answer.status_code == 409
    assert "Not everything is saved" in answer.text
    assert all(words in answer.text for words in ("Theirs.", "Mine.", 'value="Both."'))
    assert (notes_of(writing), writing.texts()[1]) == (["x", "It says so."], "Theirs.")
    again = dict(form_with(answer.text, "seen-1").fields)
    assert writing.browser.send(CONFLICTS, {**again, "at": "1"}).status_code == 303
    assert writing.texts()[1] == "Mine."


def test_words_for_a_paragraph_taken_out_meanwhile_are_kept(writing: Writing) -> None:
    fields = on(writing, CONFLICTS, "seen-1")
    writing.send("p1", "delete", note="x")

    answer = writing.browser.send(CONFLICTS, {**fields, "text-1": "Mine.", "note-1": "Both."})

    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Both." in answer.text


def test_pressing_a_button_of_an_empty_row_says_what_to_do(writing: Writing) -> None:
    answer = writing.browser.send(CONFLICTS, {**on(writing, CONFLICTS, "seen-1"), "at": "1"})

    assert answer.status_code == 422
    assert "Nothing is changed yet" in answer.text
    assert P1 in answer.text
    assert writing.operations() == []


def test_too_long_a_note_is_refused_and_kept_and_the_others_are_saved(writing: Writing) -> None:
    fields = on(writing, CONFLICTS, "seen-1")

    answer = writing.browser.send(
        CONFLICTS, {**fields, "note-1": "Long. " * 400, "note-2": "It says so."}
    )

    assert answer.status_code == 422
    assert "Write at most 2000 characters." in answer.text
    assert "Long. " * 400 in answer.text
    assert notes_of(writing) == ["It says so."]


@pytest.fixture
def changed(writing: Writing) -> Writing:
    """Three paragraphs have other words, and nobody said why."""
    for name in ("p1", "p2", "p3"):
        writing.send(name, text_en=f"New {name}.")
    return writing


def test_all_reasons_typed_on_the_page_are_saved_at_once(changed: Writing) -> None:
    fields = on(changed, CHANGES, "note-1")

    answer = changed.browser.send(
        CHANGES, {**fields, "note-1": "One.", "note-3": "Three.", "at": "3"}
    )

    assert answer.status_code == 303
    assert notes_of(changed) == ["One.", "", "Three."]


def test_a_reason_against_a_colleagues_is_kept_and_the_others_saved(changed: Writing) -> None:
    fields = on(changed, CHANGES, "note-1")
    changed.browser.send(CHANGES, {**fields, "note-1": "Theirs.", "at": "1"})

    answer = changed.browser.send(CHANGES, {**fields, "note-1": "Mine.", "note-2": "Two."})
    again = dict(form_with(answer.text, "note-1").fields)
    page = answer.text
    changed.browser.send(CHANGES, {**again, "at": "1"})

    assert answer.status_code == 409
    assert "Somebody else gave another reason meanwhile" in page
    assert "Theirs." in page
    assert 'value="Mine."' in page
    assert notes_of(changed) == ["Mine.", "Two.", ""]


def test_a_reason_for_a_step_taken_back_meanwhile_is_shown(changed: Writing) -> None:
    fields = on(changed, CHANGES, "note-1")
    last = on(changed, changed.edit, "last")
    changed.browser.send(f"{DRAFTS}/1/undo", last)

    answer = changed.browser.send(CHANGES, {**fields, "note-1": "One.", "note-3": "Three."})

    assert answer.status_code == 409
    assert '<blockquote dir="auto">Three.</blockquote>' in answer.text
    assert notes_of(changed) == ["One.", ""]


def test_a_reason_is_chosen_among_the_accepted_contributions(changed: Writing) -> None:
    fields = on(changed, CHANGES, "note-1")
    page = changed.browser.get(CHANGES).text
    ours = page.partition('name="contribution-2" value="')[2].partition('"')[0]

    changed.browser.send(CHANGES, {**fields, "contribution-2": ours, "at": "2"})

    assert [[str(x) for x in one.contributions] for one in changed.operations()] == [[], [ours], []]
