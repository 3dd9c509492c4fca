"""Rows of a text and its next one: what is marked as changed, and what is left alone."""

import pytest
from hypothesis import given

from consult.changes.atoms import END, Atom
from consult.changes.operations import Delete, Insert, Operation
from consult.changes.stream import Stream
from consult.export import revised as revising
from consult.export.revised import Revised, revised
from consult.text.document import BlockKind, Document
from consult.text.inline import joined
from consult.text.words import tokens
from tests.consult.arranged import a_text, block, lineage
from tests.consult.test_word_files import marked_histories

KEY = lineage("n1").hex[:8]
NOTE = block("n1", "Since 2009.", kind=BlockKind.FOOTNOTE, number="")
REFERRING = block("p1", f"Societies act[^{KEY}] on needs alone.")
OTHER = block("p2", "They share what they learn.")


def told(found: Revised) -> list[object]:
    """All that the rows and footnotes show, however it is cut into pieces."""
    rows = [
        (row.before, row.after, row.mark, row.relabelled_by, *shown(row.pieces))
        for row in found.rows
    ]
    return [*rows, {key: shown(pieces) for key, pieces in found.notes.items()}]


def shown(pieces: list[revising.Piece]) -> list[object]:
    revisions = dict.fromkeys(piece.revision for piece in pieces)
    return [
        (one, joined([piece.run for piece in pieces if piece.revision == one]))
        for one in revisions
    ]  # fmt: skip


def word_by_word(document: Document, language: str) -> Stream:
    """A stream each of whose words is an atom of its own from the start."""
    stream = Stream(language)
    for one in document.blocks:
        words = [Atom(word) for word in tokens(one.texts.get(language, ""))]
        at = len(stream.atoms)
        stream.put_in(at, at, [*words, Atom(END, before=one, after=one)])
    return stream


@given(marked_histories())
def test_words_that_stay_together_change_as_each_alone_does(
    history: tuple[Document, list[Operation], Document],
) -> None:
    before, operations, _after = history
    together = Stream.of(before, "en").take(operations)
    alone = word_by_word(before, "en").take(operations)

    assert list(together.passages()) == list(alone.passages())
    assert len(together.atoms) <= len(alone.atoms)


@given(marked_histories())
def test_rows_are_the_same_however_fine_the_words_are_cut(
    history: tuple[Document, list[Operation], Document],
) -> None:
    before, operations, _after = history
    quick = told(revised(before, operations, "en"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stream, "of", word_by_word)
        revising._revised.cache_clear()
        slow = told(revised(before, operations, "en"))

    revising._revised.cache_clear()
    assert quick == slow


@pytest.mark.parametrize(
    ("before", "operation"),
    [
        (a_text(REFERRING, OTHER, NOTE), Delete(lineage=NOTE.lineage, note="Said elsewhere.")),
        (a_text(REFERRING, OTHER), Insert(block=NOTE, after=OTHER.lineage, note="A source.")),
    ],
    ids=["deleted", "inserted"],
)
def test_a_footnote_that_comes_or_goes_marks_its_reference_and_no_word(
    before: Document, operation: Operation
) -> None:
    found = revised(before, [operation], "en")

    (row,) = (one for one in found.rows if one.before and one.before.lineage == REFERRING.lineage)
    assert [piece.run.note for piece in row.pieces if piece.revision] == [KEY]
    assert joined([p.run for p in row.pieces if not p.revision])[0].text == (
        "Societies act on needs alone."
    )
    assert all(piece.revision for piece in found.notes[KEY])
