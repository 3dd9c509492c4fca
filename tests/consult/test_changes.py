"""From draft to draft: the rules that hold for every change set."""

from hypothesis import given
from hypothesis import strategies as st

from consult.changes.applying import apply
from consult.changes.carrying import Anchor, Fit, carry
from consult.changes.lineage import fates, resolve
from consult.changes.operations import FORM, Delete, Merge, Operation, Replace, Split
from consult.changes.stream import Stream
from consult.text.document import Block, Document
from tests.consult.arranged import a_text, block, lineage
from tests.consult.histories import LANGUAGES, histories

History = tuple[Document, list[Operation], Document]


@given(histories())
def test_a_change_set_gives_the_next_draft_exactly(history: History) -> None:
    before, operations, after = history

    assert apply(before, operations) == after


@given(histories(), st.sampled_from(LANGUAGES))
def test_a_stream_holds_both_drafts(history: History, language: str) -> None:
    before, operations, after = history

    stream = Stream.of(before, language).take(operations)

    assert stream.before() == [block.texts.get(language, "") for block in before.blocks]
    assert stream.after() == [block.texts.get(language, "") for block in after.blocks]


@given(histories())
def test_each_difference_names_the_operation_that_made_it(history: History) -> None:
    before, operations, after = history

    passages = list(Stream.of(before, "en").take(operations).passages())

    known = {operation.id for operation in operations}
    named = {
        stretch.inserted_by or stretch.deleted_by for one in passages for stretch in one.stretches
    }
    assert named <= {*known, None}
    assert [one.before.lineage for one in passages if one.before] == list(before.at)
    assert [one.after.lineage for one in passages if one.after] == list(after.at)
    forms = [[getattr(one, name) for name in FORM] for one in after.blocks]
    assert [[getattr(one.after, name) for name in FORM] for one in passages if one.after] == forms


@given(histories())
def test_every_paragraph_goes_on_or_is_gone(history: History) -> None:
    before, operations, after = history

    ended = fates(operations)

    for one in before.at:
        assert all(heir in after.at for heir in resolve(one, [ended]))
        assert one in after.at or one in ended


@given(histories())
def test_what_was_said_is_carried_over_or_listed_as_orphan(history: History) -> None:
    before, operations, after = history

    for one in before.at:
        carried = carry(Anchor(one, "en"), before, after, [fates(operations)])
        assert (carried.fit is Fit.ORPHAN) == (not resolve(one, [fates(operations)]))
        assert carried.lineage is None or carried.lineage in after.at


def a_split() -> tuple[Document, Split]:
    document = a_text(block("p1", "They help people. They share what they learn."))
    into = (
        Block(lineage=lineage("a"), texts={"en": "They help people."}),
        Block(lineage=lineage("b"), texts={"en": "They share what they learn."}),
    )
    return document, Split(lineage=lineage("p1"), into=into)


def test_a_quote_reaches_the_part_it_stands_in() -> None:
    before, split = a_split()
    after = apply(before, [split])

    carried = carry(Anchor(lineage("p1"), "en", "share"), before, after, [fates([split])])

    assert (carried.fit, carried.lineage) == (Fit.FUZZY, lineage("b"))


def test_a_split_keeps_its_words_in_the_redline() -> None:
    before, split = a_split()

    passages = list(Stream.of(before, "en").take([split]).passages())

    struck = [one.text for passage in passages for one in passage.stretches if one.deleted_by]
    assert struck == [" "]


def test_merged_paragraphs_hold_what_was_said_of_each() -> None:
    merged = block("m", "Societies act on needs alone. Societies give access to services.")
    operation = Merge(lineages=(lineage("p1"), lineage("p2")), into=merged)

    ended = fates([operation])

    assert resolve(lineage("p1"), [ended]) == resolve(lineage("p2"), [ended]) == (lineage("m"),)


def test_a_deleted_paragraph_leaves_a_tombstone() -> None:
    before = a_text()
    operation = Delete(lineage=lineage("p1"))

    carried = carry(Anchor(lineage("p1"), "en"), before, apply(before, [operation]),
                    [fates([operation])])  # fmt: skip

    assert carried.fit is Fit.ORPHAN


def test_an_amendment_is_made_to_fit_other_words() -> None:
    before = a_text()
    operation = Replace(lineage=lineage("p3"), texts={"en": "They openly share what they learn."})
    anchor = Anchor(lineage("p3"), "en", proposal="They share what they learn each year.")

    carried = carry(anchor, before, apply(before, [operation]), [fates([operation])])

    assert carried.fit is Fit.FUZZY
    assert carried.proposal == "They openly share what they learn each year."


def test_other_words_make_translations_stale() -> None:
    before = a_text()

    after = apply(before, [Replace(lineage=lineage("p1"), texts={"en": "Societies act at once."})])

    assert not before.blocks[1].stale("en", "ar")
    assert after.blocks[1].stale("en", "ar")
