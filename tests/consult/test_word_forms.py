"""Kinds, depths and numbers in a Word file with tracked changes: of either draft, as decided."""

from io import BytesIO
from typing import Any, Literal
from uuid import uuid5
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from consult.changes.applying import apply
from consult.changes.operations import Delete, Insert, Move, Operation, Relabel, Replace
from consult.export.word_draft import Redline, draft_file, redline_file
from consult.export.word_runs import Behind
from consult.text.document import Document
from consult.text.labels import labels
from consult.word.importing import to_document
from consult.word.reading import read
from tests.consult.arranged import a_text, block, lineage
from tests.consult.word_twins import W, parts_of

Shape = list[tuple[str, int, str, str]]
FORMS: list[dict[str, Any]] = [
    {"kind": "heading", "level": 1, "number": ""},
    {"kind": "heading", "level": 2, "number": "{1}."},
    {"kind": "paragraph", "level": 0, "number": "{1}."},
    {"kind": "paragraph", "level": 0, "number": ""},
    {"kind": "paragraph", "level": 1, "number": "({a})"},
    {"kind": "paragraph", "level": 1, "number": "•"},
    {"kind": "paragraph", "level": 0, "number": "{1}.", "start": 5},
    {"kind": "paragraph", "level": 0, "label": "3 bis"},
]


def redlined(before: Document, operations: list[Operation]) -> bytes:
    behind = {one.id: Behind("Author") for one in operations}
    return redline_file(Redline(before, operations, behind, Behind("Editorial"), {}), "en", "Text")


def with_old_forms(data: bytes) -> bytes:
    """The file with all changes of paragraphs' properties rejected, as Word does it."""
    parts, written = parts_of(data), BytesIO()
    for change in list(parts["word/document.xml"].iter(f"{W}pPrChange")):
        properties, old = change.getparent(), change.find(f"{W}pPr")
        kept = [one for one in properties if one.tag == f"{W}rPr"]
        properties[:] = [*old, *kept]
    with ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, etree.tostring(part))
    return written.getvalue()


def read_as(data: bytes, revisions: Literal["accept", "reject"]) -> Shape:
    """Kind, depth, label and words of each paragraph that a file has."""
    document = to_document(read(data), "en", revisions=revisions).document
    shown = labels(document, "en")
    return [
        (one.kind.value, one.level, shown[one.lineage], one.texts["en"])
        for one in document.blocks
    ]  # fmt: skip


def agree(before: Document, operations: list[Operation]) -> None:
    """Assert that the file reads as the draft it leads to, or as the one it began with."""
    after = apply(before, operations)

    data = redlined(before, operations)

    accepted, rejected = read_as(data, "accept"), read_as(with_old_forms(data), "reject")
    assert accepted == read_as(draft_file(after, "en", "Text"), "accept")
    assert rejected == read_as(draft_file(before, "en", "Text"), "accept")


def test_what_is_relabelled_is_so_when_accepted_and_was_not_when_rejected() -> None:
    agree(
        a_text(),
        [
            Relabel.model_validate({"lineage": lineage(name), **form})
            for name, form in zip(("h", "p1", "p2", "p3"), FORMS[2:6], strict=True)
        ],
    )


def test_what_was_moved_or_inserted_before_it_was_relabelled_has_its_new_form() -> None:
    new = block("new", "A new paragraph.")
    operations: list[Operation] = [
        Insert(block=new, after=lineage("p1")),
        Move(lineage=lineage("p3"), after=lineage("h")),
        *(Relabel.model_validate({"lineage": lineage(one), **FORMS[4]}) for one in ("new", "p3")),
    ]

    agree(a_text(), operations)


def test_a_number_that_began_anew_is_brought_back() -> None:
    again = block("p2", "Two.", start=5)
    text = a_text(block("p1", "One."), again, block("p3", "Three."), block("p4", "Four."))
    operations: list[Operation] = [
        Relabel.model_validate({"lineage": lineage("p2"), **FORMS[2]}),
        Delete(lineage=lineage("p3")),
    ]

    agree(text, operations)


def test_a_list_that_stays_as_it_was_is_no_change() -> None:
    text = a_text(block("p1", "One."), block("p2", "Two.", start=5), block("p3", "Three."))

    data = redlined(text, [Replace(lineage=lineage("p1"), texts={"en": "First."})])

    assert list(parts_of(data)["word/document.xml"].iter(f"{W}pPrChange")) == []


@st.composite
def relabellings(draw: st.DrawFn) -> tuple[Document, list[Operation]]:
    """A text of several kinds of paragraphs, and operations that change these kinds."""
    forms = st.sampled_from(FORMS)
    before = now = a_text(*(block(f"p{at}", f"Words {at}.", **{"number": "", **draw(forms)})
                            for at in range(draw(st.integers(2, 5)))))  # fmt: skip
    done: list[Operation] = []
    for at in range(draw(st.integers(1, 4))):
        there = draw(st.sampled_from([one.lineage for one in now.blocks]))
        other = draw(
            st.sampled_from([None, *(one.lineage for one in now.blocks if one.lineage != there)])
        )
        new = block(f"new{at}", f"New {at}.", **{"number": "", **draw(forms)})
        relabel = Relabel.model_validate(
            {"id": uuid5(there, str(at)), "lineage": there, **draw(forms)}
        )
        kind = draw(st.sampled_from(["relabel", "relabel", "insert", "move", "delete"]))
        operation: Operation = relabel
        if kind == "insert":
            operation = Insert(block=new, after=other)
        elif kind == "move":
            operation = Move(lineage=there, after=other)
        elif kind == "delete" and len(now.blocks) > 1:
            operation = Delete(lineage=there)
        done.append(operation)
        now = apply(now, [operation])
    return before, done


@settings(max_examples=50)
@given(relabellings())
def test_a_file_has_the_forms_of_both_drafts(of: tuple[Document, list[Operation]]) -> None:
    agree(*of)
