"""Steps of writing a draft: what each makes of the text, its reasons and its translations."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from consult.changes.applying import apply
from consult.changes.operations import Replace
from consult.models import Draft
from consult.queries.consultations import document_of
from consult.services.drafting import At, Desk, EditedElsewhere, Why, mark_of
from consult.services.drafts import begin_next, read_set, unexplained_of
from consult.services.publishing import publish_draft
from consult.text.document import Block, BlockKind, Document
from core.errors import Conflict, DomainError
from tests.consult.arranged import a_draft, a_text, act, block, lineage
from tests.consult.histories import histories

pytestmark = pytest.mark.both_databases
NOTE = Why(note="Clearer.")


@pytest.fixture
def draft(session: Session) -> Draft:
    return begin_next(session, a_draft(session), act())


@pytest.fixture
def desk(session: Session, draft: Draft) -> Desk:
    return Desk(session, draft, act())


def seen(desk: Desk, name: str = "p1") -> At:
    return At(lineage(name), mark_of(one(desk, name)))


def one(desk: Desk, name: str) -> Block:
    found = desk.document.find(lineage(name))
    assert found is not None
    return found


def english(desk: Desk) -> list[str]:
    return [found.texts["en"] for found in desk.document.blocks]


def test_a_reworded_source_makes_its_translation_stale(desk: Desk) -> None:
    desk.reword(seen(desk), {"en": "Needs come first.", "ar": one(desk, "p1").texts["ar"]}, NOTE)

    assert one(desk, "p1").texts["en"] == "Needs come first."
    assert one(desk, "p1").stale("en", "ar")


def test_a_translation_that_is_still_right_is_not_stale(desk: Desk) -> None:
    texts = {"en": "Needs come first.", "ar": one(desk, "p1").texts["ar"]}

    desk.reword(seen(desk), texts, NOTE, right={"ar"})

    assert not one(desk, "p1").stale("en", "ar")


def test_saving_what_is_there_already_is_no_step(session: Session, desk: Desk) -> None:
    desk.reword(seen(desk), one(desk, "p1").texts, NOTE)

    assert read_set(session, desk.draft) == []


def test_of_two_drafters_the_second_is_told(desk: Desk) -> None:
    before = seen(desk)
    desk.reword(before, {"en": "Mine."}, NOTE)

    with pytest.raises(EditedElsewhere) as conflict:
        desk.reword(before, {"en": "Yours."}, NOTE)

    assert conflict.value.theirs is not None
    assert conflict.value.theirs.texts["en"] == "Mine."


def test_a_paragraph_taken_out_meanwhile_is_a_conflict(desk: Desk) -> None:
    before = seen(desk)
    desk.delete(one(desk, "p1"), NOTE)

    with pytest.raises(EditedElsewhere) as conflict:
        desk.reword(before, {"en": "Mine."}, NOTE)

    assert conflict.value.theirs is None


def test_a_division_gives_each_part_its_translation_where_there_are_as_many(desk: Desk) -> None:
    desk.split(one(desk, "p1"), {"en": ["Needs.", "Alone."], "ar": ["حاجات.", "وحدها."]}, NOTE)

    first, second = desk.document.blocks[1:3]
    assert (first.texts, second.texts) == (
        {"en": "Needs.", "ar": "حاجات."}, {"en": "Alone.", "ar": "وحدها."},
    )  # fmt: skip
    assert not first.stale("en", "ar")


def test_a_division_in_the_source_alone_keeps_the_translation_as_stale(desk: Desk) -> None:
    whole = one(desk, "p1").texts["ar"]
    desk.split(one(desk, "p1"), {"en": ["Needs.", "Alone."], "ar": [whole]}, NOTE)

    first, second = desk.document.blocks[1:3]
    assert first.texts["ar"] == whole
    assert first.stale("en", "ar")
    assert "ar" not in second.texts


def test_a_paragraph_in_one_piece_is_not_divided(desk: Desk) -> None:
    with pytest.raises(DomainError, match="new line"):
        desk.split(one(desk, "p1"), {"en": ["Needs."]}, NOTE)


def test_two_paragraphs_become_one_in_every_language(desk: Desk) -> None:
    first, second = one(desk, "p1"), one(desk, "p2")
    desk.merge(first, NOTE)

    merged = desk.document.blocks[1]
    assert merged.texts["en"] == f"{first.texts['en']} {second.texts['en']}"
    assert merged.texts["ar"] == f"{first.texts['ar']} {second.texts['ar']}"
    assert not merged.stale("en", "ar")


def test_the_last_paragraph_has_nothing_to_merge_with(desk: Desk) -> None:
    with pytest.raises(DomainError, match="follows"):
        desk.merge(one(desk, "p3"), NOTE)


@pytest.mark.parametrize(
    ("name", "places", "order"),
    [
        ("p2", -1, ["h", "p2", "p1", "p3"]), ("p2", 1, ["h", "p1", "p3", "p2"]),
        ("h", -1, ["h", "p1", "p2", "p3"]), ("p3", 1, ["h", "p1", "p2", "p3"]),
        ("p1", -1, ["p1", "h", "p2", "p3"]),
    ],
)  # fmt: skip
def test_a_step_up_or_down_moves_one_place(
    desk: Desk, name: str, places: int, order: list[str]
) -> None:
    desk.step(one(desk, name), places, NOTE)

    assert [found.lineage for found in desk.document.blocks] == [lineage(at) for at in order]


def test_a_new_paragraph_needs_the_source_language(desk: Desk) -> None:
    new = block("new", "Between.")
    desk.insert(lineage("p1"), new, NOTE)

    assert english(desk)[2] == "Between."
    with pytest.raises(DomainError, match="text"):
        desk.insert(None, new.model_copy(update={"texts": {"ar": "نص"}}), NOTE)


def test_a_form_changes_and_the_words_stay(desk: Desk) -> None:
    form = {"kind": BlockKind.PARAGRAPH, "level": 1, "number": "({a})", "start": None, "label": ""}
    desk.relabel(one(desk, "p2"), form, NOTE)

    changed = one(desk, "p2")
    assert (changed.level, changed.number) == (1, "({a})")
    assert changed.texts == a_text().blocks[2].texts


def test_the_last_step_is_taken_back_and_no_other(session: Session, desk: Desk) -> None:
    desk.delete(one(desk, "p1"), NOTE)
    desk.delete(one(desk, "p2"), NOTE)
    first, second = read_set(session, desk.draft)

    with pytest.raises(Conflict):
        desk.undo(first.id)
    desk.undo(second.id)

    assert read_set(session, desk.draft) == [first]
    assert document_of(desk.draft).find(lineage("p2")) is not None


def test_a_reason_can_be_given_later(session: Session, desk: Desk) -> None:
    desk.delete(one(desk, "p1"), Why())
    (waiting,) = unexplained_of(session, desk.draft)

    desk.explain({waiting: NOTE})

    assert unexplained_of(session, desk.draft) == []
    assert english(desk) == [found.texts["en"] for found in document_of(desk.draft).blocks]


def test_a_published_draft_has_no_desk(session: Session, draft: Draft) -> None:
    publish_draft(session, draft, act())

    with pytest.raises(Conflict):
        Desk(session, draft, act())


@given(histories(), st.data())
def test_a_translation_is_stale_exactly_while_its_source_says_something_else(
    history: tuple[Document, list[object], Document], data: st.DataObject
) -> None:
    _before, _operations, text = history
    texts = st.sampled_from(["one", "two", "three"])
    now, said = text, dict[UUID, str]()
    for _ in range(data.draw(st.integers(1, 6)) if text.blocks else 0):
        at = data.draw(st.sampled_from([found.lineage for found in now.blocks]))
        new = data.draw(st.dictionaries(st.sampled_from(["en", "ar"]), texts, min_size=1))
        now = apply(now, [Replace(lineage=at, texts=new)])
        changed = now.find(at)
        assert changed is not None
        if "ar" in new:
            said[at] = changed.texts.get("en", "")

    for at, source in said.items():
        found = now.find(at)
        assert found is not None
        assert found.stale("en", "ar") is (found.texts.get("en", "") != source)
