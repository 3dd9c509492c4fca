"""The pages on which a draft is written, as the secretariat and the consultant use them."""

import pytest
from flask import Flask
from sqlmodel import Session

from consult.changes.operations import Insert, Merge, Move, Relabel, Replace, Split
from consult.models import DraftState
from consult.queries.consultations import document_of
from consult.services.composing import unsettled_in
from consult.services.drafts import change
from tests.consult.arranged import act, block, lineage
from tests.consult.spoken import amended, decided, said
from tests.consult.writing import ALWAYS, DRAFTS, PEOPLE, Writing
from tests.pages import form_with


@pytest.fixture
def writing(app: Flask, session: Session) -> Writing:
    return Writing(app, session)


def test_words_are_saved_with_their_reason(writing: Writing) -> None:
    status, _page = writing.send("p1", text_en=ALWAYS, note="Clearer.")

    (operation,) = writing.operations()
    assert status == 303
    assert isinstance(operation, Replace)
    assert (operation.texts, operation.note) == ({"en": ALWAYS}, "Clearer.")


@pytest.mark.parametrize(
    ("do", "fields", "kind"),
    [
        ("split", {"text_en": "Societies act.\nOn needs alone."}, Split),
        ("merge", {}, Merge), ("up", {}, Move), ("down", {}, Move),
        ("move", {"after": str(lineage("p3"))}, Move), ("insert", {"new_en": "New."}, Insert),
        ("relabel", {"form": "paragraph-1", "number": "({a})"}, Relabel),
    ],
)  # fmt: skip
def test_each_step_is_one_operation(
    writing: Writing, do: str, fields: dict[str, str], kind: type
) -> None:
    status, _page = writing.send("p1", do, **fields)

    assert status == 303
    assert writing.steps() == [kind]


def test_words_typed_beside_another_step_are_saved_with_it(writing: Writing) -> None:
    writing.send("p1", "down", text_en=ALWAYS)

    assert writing.steps() == [Replace, Move]
    assert writing.texts()[2] == ALWAYS


def test_a_paragraph_taken_out_comes_back_by_taking_the_step_back(writing: Writing) -> None:
    writing.send("p2", "delete", note="Said above.")
    gone = writing.texts()

    last = form_with(writing.browser.get(writing.edit).text, "last").fields
    writing.browser.send(f"{DRAFTS}/1/undo", last)

    assert len(gone) == 3
    assert len(writing.texts()) == 4


def test_a_colleagues_change_is_shown_beside_ones_own_words(writing: Writing) -> None:
    page = f"{writing.edit}/{lineage('p1')}"
    known = form_with(writing.browser.get(page).text, "seen").fields
    writing.send("p1", text_en="Theirs.", note="x")

    answer = writing.browser.send(page, {**known, "text-en": "Mine.", "do": "save"})

    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine." in answer.text
    assert writing.texts()[1] == "Theirs."


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("split", {"text_en": "One piece."}), ("insert", {"text_en": "Kept."}),
        ("relabel", {"form": "paragraph-9", "text_en": "Kept."}),
        ("save", {"text_en": "long " * 5_000}),
    ],
)  # fmt: skip
def test_what_is_refused_keeps_what_was_typed(
    writing: Writing, do: str, fields: dict[str, str]
) -> None:
    status, page = writing.send("p1", do, note="Because.", **fields)

    assert status == 422
    assert fields["text_en"][:10] in page
    assert "Because." in page
    assert writing.steps() == []


def test_accepted_amendments_are_taken_and_conflicts_await_words(writing: Writing) -> None:
    fits = amended(writing.place, lineage("p2"), "Societies give full access to services.")
    both = [amended(writing.place, lineage("p1"), text) for text in (ALWAYS, PEOPLE)]
    for one in (fits, *both):
        decided(writing.session, one)
    writing.session.commit()

    answer = writing.browser.send(f"{DRAFTS}/1/take")
    page = writing.browser.get(answer.location).text

    assert answer.location.endswith("/conflicts")
    assert "always" in page
    assert "people" in page
    fields = form_with(page, "seen-1").fields
    words = {"text-1": f"{ALWAYS} For people.", "note-1": "Both."}
    writing.browser.send(f"{DRAFTS}/1/conflicts", {**fields, **words})
    assert unsettled_in(writing.session, writing.now()) == []
    settled = writing.operations()[-1]
    assert set(settled.contributions) == {one.id for one in both}


def test_what_is_to_be_settled_before_publishing_is_linked_where_it_was_divided_too(
    writing: Writing,
) -> None:
    both = tuple(amended(writing.place, lineage("p1"), text).id for text in (ALWAYS, PEOPLE))
    writing.session.commit()
    replaced = Replace(lineage=lineage("p1"), texts={"en": ALWAYS}, contributions=both)
    divided = Split(lineage=lineage("p1"), note="Clearer.",
                    into=(block("a", "Societies act."), block("b", "Always.")))  # fmt: skip
    change(writing.session, writing.now(), [replaced, divided], act())
    writing.session.commit()

    page = writing.browser.get(f"{DRAFTS}/1/publish").text

    assert all(f"{writing.edit}/{lineage(part)}" in page for part in ("a", "b"))


def test_nothing_but_accepted_contributions_can_be_named_as_a_reason(writing: Writing) -> None:
    other = said(writing.place, lineage=lineage("p1"))
    writing.session.commit()

    writing.send("p1", text_en=ALWAYS, contribution=str(other.id))

    (operation,) = writing.operations()
    assert operation.contributions == ()


def test_a_reason_is_given_on_the_list_of_changes(writing: Writing) -> None:
    writing.send("p1", text_en=ALWAYS)
    refused = writing.publish()

    page = writing.browser.get(f"{DRAFTS}/1/changes").text
    fields = form_with(page, "note-1").fields
    writing.browser.send(f"{DRAFTS}/1/changes", {**fields, "note-1": "Clearer."})
    published = writing.publish()

    assert "Awaits its reason" in page
    assert (refused, published) == (422, 303)
    assert writing.now().state is DraftState.PUBLISHED


def test_pending_contributions_are_listed_after_publishing(writing: Writing) -> None:
    said(writing.place, lineage=lineage("p1"), text="Say how.")
    said(writing.place, lineage=lineage("p2"), text="Say where.")
    writing.session.commit()
    writing.send("p2", "delete", note="Said above.")

    writing.publish()
    page = writing.browser.get(f"{DRAFTS}/1/carried").text

    assert page.index("Say where.") < page.index("Say how.")
    assert "Its paragraph is gone" in page


def test_stale_translations_come_first_and_are_saved_side_by_side(writing: Writing) -> None:
    writing.send("p2", text_en="Societies open services.", note="Shorter.")
    path = f"{DRAFTS}/1/translate/ar"

    fields = form_with(writing.browser.get(path).text, "lineage-1").fields
    answer = writing.browser.send(path, {**fields, "text-1": "تفتح الجمعيات الخدمات."})

    block = document_of(writing.now()).find(lineage("p2"))
    assert (answer.status_code, fields["lineage-1"]) == (303, [str(lineage("p2"))])
    assert block is not None
    assert block.texts["ar"] == "تفتح الجمعيات الخدمات."
    assert not block.stale("en", "ar")


def test_a_translation_changed_meanwhile_is_not_overwritten(writing: Writing) -> None:
    path = f"{DRAFTS}/1/translate/ar?show=all"
    fields = form_with(writing.browser.get(path).text, "lineage-1").fields
    writing.browser.send(path, {**fields, "text-1": "نص أول"})

    answer = writing.browser.send(path, {**fields, "text-1": "نص ثان"})

    assert answer.status_code == 409
    assert "نص أول" in answer.text
    assert "نص ثان" in answer.text
