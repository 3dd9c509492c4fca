"""Drafts as Word files: accepting all gives the next draft, rejecting all the one before."""

from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.changes.applying import apply
from consult.changes.operations import Delete, Insert, Move, Operation, Replace, Split
from consult.demonstration.reading import zero_draft
from consult.export.word_draft import Redline, draft_file, redline_file
from consult.export.word_runs import Behind
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import canonical, notes, parse, render
from consult.text.labels import labels
from consult.word.importing import to_document
from consult.word.reading import read
from tests.consult.arranged import a_text, block, lineage
from tests.consult.histories import LANGUAGES, histories
from tests.consult.word_twins import W, parts_of, texts_of

EDITORIAL = Behind("Editorial")
MARKED = ["one", "**two**", "*three*", "**the", "four**", "[text](https://example.org/a_(b))",
          "[more](https://example.org)", "حماية", "a\u2028b", "[^{n1}]", "[^{n2}]", "5 * 3",
          "\\["]  # fmt: skip


def said(document: Document, language: str) -> list[str]:
    """What a Word file of a draft says: its text, lonely footnotes, those referred to in order."""
    texts = {b.key: b.texts.get(language, "") for b in document.footnotes()}
    body = [b.texts.get(language, "") for b in document.blocks if b.kind is not BlockKind.FOOTNOTE]
    referred = [key for text in body for key in notes(text) if key in texts]
    alone = [text for key, text in texts.items() if key not in referred]
    return [without_notes(text) for text in [*body, *alone, *(texts[key] for key in referred)]]


def without_notes(text: str) -> str:
    return render(run for run in parse(text) if not run.note)


def redlined(before: Document, operations: list[Operation], language: str) -> bytes:
    behind = {one.id: Behind(f"Author {at}", comment=("Why",)) for at, one in enumerate(operations)}
    return redline_file(Redline(before, operations, behind, EDITORIAL, {}), language, "A text")


@given(histories(), st.sampled_from(LANGUAGES))
def test_accepting_gives_the_next_draft_and_rejecting_the_one_before(
    history: tuple[Document, list[Operation], Document], language: str
) -> None:
    before, operations, after = history

    data = redlined(before, operations, language)

    rejected, accepted = texts_of(data, accept=False), texts_of(data, accept=True)
    added = rejected[len(said(before, language)) :]
    assert rejected == [*said(before, language), *added]
    assert accepted == [*said(after, language), *added]
    assert added in ([], [""])


@st.composite
def marked_histories(draw: st.DrawFn) -> tuple[Document, list[Operation], Document]:
    """Texts with formats, links and footnotes, some of which nothing refers to."""
    keys = {name: lineage(name).hex[:8] for name in ("n1", "n2")}
    texts = st.lists(st.sampled_from(MARKED), max_size=6).map(
        lambda words: canonical(" ".join(words).format(**keys))
    )
    bodies = [block(f"p{at}", draw(texts)) for at in range(3)]
    footnotes = [block(name, draw(texts), kind=BlockKind.FOOTNOTE, number="") for name in keys]
    before = now = a_text(*bodies, *footnotes)
    done: list[Operation] = []
    for at in range(draw(st.integers(1, 5))):
        there = draw(st.sampled_from(now.blocks))
        ident = uuid5(lineage("operations"), str(at))
        new = Block(lineage=uuid5(ident, "new"), texts={"en": draw(texts)}, kind=there.kind)
        other = Block(lineage=uuid5(ident, "other"), texts={"en": draw(texts)})
        choices: list[Operation] = [
            Replace(id=ident, lineage=there.lineage, texts={"en": draw(texts)}),
            Insert(id=ident, block=new, after=there.lineage),
            Move(id=ident, lineage=there.lineage, after=None),
            Split(id=ident, lineage=there.lineage, into=(new, other)),
            *([Delete(id=ident, lineage=there.lineage)] if len(now.blocks) > 1 else []),
        ]  # fmt: skip
        operation = draw(st.sampled_from(choices))
        now = apply(now, [operation])
        done.append(operation)
    return before, done, now


@given(marked_histories())
def test_formats_links_and_footnotes_are_accepted_and_rejected_too(
    history: tuple[Document, list[Operation], Document],
) -> None:
    before, operations, after = history

    data = redlined(before, operations, "en")

    rejected, accepted = texts_of(data, accept=False), texts_of(data, accept=True)
    assert [t for t in rejected if t] == [t for t in said(before, "en") if t]
    assert [t for t in accepted if t] == [t for t in said(after, "en") if t]


@given(histories())
def test_a_file_says_the_draft_and_the_same_bytes_each_time(
    history: tuple[Document, list[Operation], Document],
) -> None:
    _before, _operations, after = history

    data = draft_file(after, "en", "A text")

    assert texts_of(data, accept=True) == (said(after, "en") or [""])
    assert draft_file(after, "en", "A text") == data


def test_each_change_is_under_its_author_and_its_comment_says_why() -> None:
    operation = Replace(lineage=lineage("p1"), texts={"en": "Societies act on rights."})
    behind = {operation.id: Behind("Kenya Red Cross", comment=("12: accepted", "It is clearer."))}

    data = redline_file(Redline(a_text(), [operation], behind, EDITORIAL, {}), "en", "A text")

    parts = parts_of(data)
    changes = parts["word/document.xml"].iter(f"{W}ins", f"{W}del")
    authors = {one.get(f"{W}author") for one in changes}
    assert authors == {"Kenya Red Cross"}
    (comment,) = parts["word/comments.xml"]
    assert ["".join(p.itertext()) for p in comment] == ["12: accepted", "It is clearer."]


def test_an_arabic_file_goes_from_right_to_left() -> None:
    document = parts_of(draft_file(a_text(), "ar", "نص"))["word/document.xml"]

    paragraphs = list(document.iter(f"{W}p"))
    assert all(one.find(f"{W}pPr/{W}bidi") is not None for one in paragraphs)
    assert all(one.find(f"{W}rPr/{W}rtl") is not None for one in document.iter(f"{W}r"))


def test_nothing_is_ever_marked_as_moved() -> None:
    move = Move(lineage=lineage("p3"), after=lineage("h"))

    data = redlined(a_text(), [move], "en")

    document = parts_of(data)["word/document.xml"]
    assert not list(document.iter(f"{W}moveFrom", f"{W}moveTo"))
    assert texts_of(data, accept=True)[1] == "They share what they learn."


def test_paragraphs_carry_their_identity() -> None:
    document = parts_of(draft_file(a_text(), "en", "A text"))["word/document.xml"]

    names = [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]
    assert names == [f"pl_{lineage(name).hex}" for name in ("h", "p1", "p2", "p3")]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_a_file_that_is_imported_again_is_the_same_draft(language: str) -> None:
    draft = zero_draft()

    again = to_document(read(draft_file(draft, language, "A text")), language).document

    was, is_ = labels(draft, language), labels(again, language)
    assert [
        (one.lineage, one.kind, one.level, was[one.lineage], one.texts[language])
        for one in draft.blocks
    ] == [
        (one.lineage, one.kind, one.level, is_[one.lineage], one.texts[language])
        for one in again.blocks
    ]
