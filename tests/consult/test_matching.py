"""Edited texts matched to their draft: whatever was edited, the operations give it exactly."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from consult.changes.applying import apply
from consult.changes.matching import identified, match
from consult.changes.operations import (
    Delete,
    Insert,
    Merge,
    Move,
    Operation,
    Relabel,
    Replace,
    Split,
)
from consult.text.document import Block, BlockKind, Document
from consult.text.markdown import read, write
from tests.consult.arranged import a_text, block, lineage
from tests.consult.histories import LANGUAGES, drafts, histories

History = tuple[Document, list[Operation], Document]
LONG = "They give access to health care, to shelter and to water on the whole way"
THEN = "and they speak with everybody whose words may open a door for people on the move."


def form_of(document: Document, language: str) -> list[object]:
    """All that an edited text in one language says, identities and other languages aside."""
    order = {one.key: index for index, one in enumerate(document.footnotes())}
    return [
        (one.kind, one.level, one.number, one.start, one.label,
         _with(order, one.texts.get(language, "")))
        for one in document.blocks
    ]  # fmt: skip


def _with(order: dict[str, int], text: str) -> str:
    for key, index in order.items():
        text = text.replace(f"[^{key}]", f"[^{index}]")
    return text


def in_one(document: Document, language: str) -> Document:
    """The draft as a file in one language has it."""
    blocks = [
        one.model_copy(update={"texts": {language: one.texts.get(language, "")}, "made_from": {}})
        for one in document.blocks
    ]
    return Document(source=language, languages=(language,), blocks=tuple(blocks))


def reached(base: Document, edited: Document, language: str) -> Document:
    """What the operations give, without what no text in the language could have said."""
    known = identified(base, edited, language)
    after = apply(base, match(base, known, language))
    blocks = (
        one
        for one in after.blocks
        if one.lineage in known.at or one.lineage not in base.at or one.texts.get(language)
    )
    return after.model_copy(update={"blocks": tuple(blocks)})


def led(base: Document, edited: Document, language: str = "en") -> list[Operation]:
    return match(base, identified(base, edited, language), language)


@given(histories(), st.sampled_from(LANGUAGES))
def test_the_operations_give_the_edited_text_exactly(history: History, language: str) -> None:
    base, _operations, edited = history

    after = reached(base, in_one(edited, language), language)

    assert form_of(after, language) == form_of(edited, language)


@given(drafts(), drafts(), st.sampled_from(LANGUAGES))
def test_any_text_can_be_reached_from_any_other(
    base: Document, edited: Document, language: str
) -> None:
    after = reached(base, in_one(edited, language), language)

    assert form_of(after, language) == form_of(edited, language)


@given(histories(), st.sampled_from(LANGUAGES))
def test_what_was_not_edited_takes_no_operation(history: History, language: str) -> None:
    _base, _operations, draft = history

    assert led(draft, in_one(draft, language), language) == []


@given(drafts(), st.data())
def test_other_languages_of_what_goes_on_stay(base: Document, data: st.DataObject) -> None:
    edited = in_one(data.draw(drafts()), "en")

    after = apply(base, led(base, edited))

    for one in after.blocks:
        before = base.find(one.lineage)
        if before is not None:
            assert one.texts.get("ar") == before.texts.get("ar")


def edited(*blocks: Block) -> Document:
    """A file in English whose paragraphs carry no identity."""
    fresh = (
        one.model_copy(update={"lineage": UUID(int=n), "texts": {"en": one.texts["en"]},
                               "made_from": {}})
        for n, one in enumerate(blocks, start=1)
    )  # fmt: skip
    return Document(source="en", languages=("en",), blocks=tuple(fresh))


HEAD, P1, P2, P3 = a_text().blocks


def test_a_reworded_paragraph_is_replaced() -> None:
    new = block("x", "Societies act on needs alone, always.")

    (operation,) = led(a_text(), edited(HEAD, new, P2, P3))

    assert isinstance(operation, Replace)
    assert operation.lineage == lineage("p1")
    assert operation.texts == {"en": "Societies act on needs alone, always."}


def test_a_new_paragraph_is_inserted_and_a_missing_one_deleted() -> None:
    new = block("x", "Nobody is left alone on the way.")

    deleted, inserted = led(a_text(), edited(HEAD, P1, new, P3))

    assert isinstance(deleted, Delete)
    assert deleted.lineage == lineage("p2")
    assert isinstance(inserted, Insert)
    assert inserted.after == lineage("p1")


def test_what_has_no_words_in_the_language_is_not_missed() -> None:
    base = a_text(HEAD, P1, block("only", "In English only."), P2, P3)
    arabic = in_one(a_text(HEAD, P1, P2, P3), "ar")

    assert led(base, arabic, "ar") == []
    assert [type(one) for one in led(base, in_one(a_text(), "en"))] == [Delete]


def test_a_paragraph_elsewhere_was_moved_and_no_other() -> None:
    (operation,) = led(a_text(), edited(HEAD, P3, P1, P2))

    assert isinstance(operation, Move)
    assert (operation.lineage, operation.after) == (lineage("p3"), lineage("h"))


def test_a_divided_paragraph_is_split() -> None:
    base = a_text(block("a", "First of all, a word."), block("long", f"{LONG}, {THEN}", "كلام"))

    (operation,) = led(base, edited(base.blocks[0], block("x", f"{LONG}."), block("y", THEN)))

    assert isinstance(operation, Split)
    assert operation.lineage == lineage("long")
    assert [one.texts["en"] for one in operation.into] == [f"{LONG}.", THEN]
    first = operation.into[0]
    assert first.texts["ar"] == "كلام"
    assert first.stale("en", "ar")


def test_two_paragraphs_made_one_are_merged_with_their_translations() -> None:
    base = a_text(block("a", LONG, "أولا"), block("b", THEN, "ثانيا"), block("c", "Last words."))

    (operation,) = led(base, edited(block("x", f"{LONG} {THEN}"), base.blocks[2]))

    assert isinstance(operation, Merge)
    assert operation.lineages == (lineage("a"), lineage("b"))
    assert operation.into.texts["ar"] == "أولا ثانيا"
    assert not operation.into.stale("en", "ar")


def test_another_number_is_a_new_label() -> None:
    new = P2.model_copy(update={"number": "({a})", "level": 1})

    (operation,) = led(a_text(), edited(HEAD, P1, new, P3))

    assert isinstance(operation, Relabel)
    assert (operation.level, operation.number) == (1, "({a})")


def test_identities_in_a_file_go_before_likeness() -> None:
    base = a_text()
    text = write(in_one(base, "en"), "en")
    swapped = text.replace("act on needs alone", "give access to services", 1)

    operations = led(base, read(swapped, "en"))

    assert [type(one) for one in operations] == [Replace]


def test_a_text_keeps_its_references_to_footnotes() -> None:
    note = block("note", "As in 2009.", kind=BlockKind.FOOTNOTE, number="")
    base = a_text(block("a", f"Needs come first[^{note.key}]."), note)
    text = "1. Needs come always first[^1].\n\n[^1]: As in 2009.\n"

    (operation,) = led(base, read(text, "en"))

    assert isinstance(operation, Replace)
    assert operation.texts == {"en": f"Needs come always first[^{note.key}]."}
