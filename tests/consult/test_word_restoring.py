"""A draft taken along as Word and brought back: untouched it changes nothing, edited only that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.changes.applying import apply
from consult.changes.matching import match
from consult.changes.operations import Delete, Insert, Operation, Relabel, Replace
from consult.changes.restoring import restored
from consult.export.word_draft import draft_file
from consult.text.document import Block, BlockKind, Document
from consult.text.labels import labels
from consult.word.importing import to_document
from consult.word.reading import read
from tests.consult.arranged import a_text, block, lineage

NOTE = {"kind": BlockKind.FOOTNOTE, "number": ""}
FIRST, SECOND = (f"[^{lineage(name).hex[:8]}]" for name in ("n1", "n2"))
TEXTS = ["One.", "Two words.", "**Bold** and *more*", "", f"Said{FIRST}.", f"Again{SECOND}"]
NUMBERS = ["", "•", "{1}.", "({a})", "({i})", "article {1}", "{.1}"]


def file_of(document: Document, language: str = "en") -> Document:
    """What the Word file of a draft reads as."""
    return to_document(read(draft_file(document, language, "T")), language).document


def brought(
    base: Document, edited: Document | None = None, language: str = "en"
) -> list[Operation]:
    """What a draft's Word file changes when it comes back, as it went or as that of another."""
    file = file_of(edited or base, language)
    return match(base, restored(base, file, file_of(base, language), language), language)


@pytest.mark.parametrize(
    "blocks",
    [
        (block("p1", f"One.{SECOND}"), block("p2", f"Two.{FIRST}"),
         block("n1", "a", **NOTE), block("n2", "b", **NOTE)),
        (block("p1", f"One.{FIRST}"), block("p2", f"Two.{FIRST}"), block("n1", "a", **NOTE)),
        (block("p1", "One."), block("n1", "a note", **NOTE)),
        (block("h", "**Title** of it", kind=BlockKind.HEADING, level=1, number=""),),
        (block("p1", "One."), block("p2", "Two.", label="1 bis"), block("p3", "Three.")),
        (block("p1", "One."), block("p2", "Two.", level=2, number="({i})")),
        (block("p1", "One."), block("p2", "Two.", level=1, number="")),
        (block("p1", "One."), block("p2", ""), block("p3", "Three.")),
        (block("p1", f"One.{FIRST}"), block("n1", "a", label="*", **NOTE)),
    ],
    ids=["notes in another order than their references", "a note referred to twice",
         "a note nothing refers to", "bold words in a heading", "a fixed label",
         "a depth left out", "a depth without a number", "a paragraph without words",
         "a note's own label"],
)  # fmt: skip
def test_a_draft_brought_back_as_it_went_changes_nothing(blocks: tuple[Block, ...]) -> None:
    assert brought(a_text(*blocks)) == []


@st.composite
def drafts(draw: st.DrawFn) -> Document:
    """A draft of all that there is, at depths as they come, with two footnotes."""
    blocks = []
    for at in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from([BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 3]))
        heading = kind is BlockKind.HEADING
        number = draw(st.sampled_from(NUMBERS))
        blocks.append(
            Block(
                lineage=lineage(f"p{at}"), kind=kind, number=number,
                level=draw(st.integers(1, 6) if heading else st.integers(0, 5)),
                start=draw(st.sampled_from([None, None, 4])),
                label=draw(st.sampled_from(["", "", "3 bis"])),
                texts={"en": draw(st.sampled_from(TEXTS))},
            )
        )  # fmt: skip
    notes = [
        block("n1", "A note.", **NOTE),
        block("n2", draw(st.sampled_from(["Other.", "A note."])), **NOTE),
    ]
    return a_text(*blocks, *notes)


@given(drafts())
def test_whatever_a_draft_holds_its_word_file_brings_back(document: Document) -> None:
    assert brought(document) == []


def test_a_paragraph_without_words_in_the_files_language_is_not_missed_from_it() -> None:
    base = a_text(block("p1", "One.", "واحد"), block("p2", "Two."), block("p3", "Three.", "ثلاثة"))

    assert brought(base, language="ar") == []


def test_what_is_changed_in_word_is_all_that_changes() -> None:
    base = a_text(
        block("h", "**Aims** of it", kind=BlockKind.HEADING, level=1, number=""),
        block("p1", f"One.{SECOND}"), block("p2", ""), block("p3", "Deep.", level=2),
        block("p4", "Two.", label="1 bis"), block("p5", f"Last.{FIRST} And again.{FIRST}"),
        block("n1", "a", **NOTE), block("n2", "b", **NOTE),
    )  # fmt: skip
    blocks = list(base.blocks)
    blocks[1] = blocks[1].model_copy(update={"texts": {"en": f"One, reworded.{SECOND}"}})
    blocks[4] = blocks[4].model_copy(update={"level": 1, "label": ""})

    operations = brought(base, a_text(*blocks))

    assert [type(one) for one in operations] == [Replace, Relabel]
    after = apply(base, operations)
    assert after.blocks[1].texts["en"] == f"One, reworded.{SECOND}"
    assert list(labels(after, "en").values()) == list(labels(a_text(*blocks), "en").values())
    assert [one.lineage for one in after.blocks] == [one.lineage for one in base.blocks]


def test_a_paragraph_more_moves_the_numbers_and_no_more() -> None:
    base = a_text(block("p1", "One."), block("p2", ""), block("p3", "Three."))
    new = block("new", "A paragraph that is wholly new.")

    (operation,) = brought(base, a_text(base.blocks[0], new, *base.blocks[1:]))

    assert isinstance(operation, Insert)


def test_a_note_of_the_same_words_as_another_is_a_note_of_its_own() -> None:
    note = block("n1", "Ibid.", **NOTE)
    base = a_text(block("p1", f"One.{FIRST}"), block("p2", "Two."), note)
    second = block("n2", "Ibid.", **NOTE)
    edited = a_text(base.blocks[0], block("p2", f"Two.{SECOND}"), note, second)

    assert sorted(type(one).__name__ for one in brought(base, edited)) == ["Insert", "Replace"]


def test_a_note_taken_out_in_word_goes() -> None:
    base = a_text(block("p1", f"One.{FIRST}"), block("n1", "a", **NOTE))

    operations = brought(base, a_text(block("p1", "One.")))

    assert {type(one) for one in operations} == {Delete, Replace}
