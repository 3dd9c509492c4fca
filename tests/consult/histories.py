"""Random drafts and random change sets on them, for the rules that hold for all."""

from uuid import UUID, uuid5

from hypothesis import strategies as st

from consult.changes.applying import CannotApply, apply
from consult.changes.operations import (
    Delete,
    Insert,
    Merge,
    Move,
    Operation,
    Relabel,
    Replace,
    Split,
    Translate,
)
from consult.text.document import Block, BlockKind, Document

LANGUAGES = ("en", "ar")
WORDS = [*["one", "two", "three", "four", "the", "of,", "and."], "المهاجرين", "حماية"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
BY_LANGUAGE = st.fixed_dictionaries({"en": TEXTS}, optional={"ar": TEXTS})
IDENTITIES = st.uuids(version=4)
BLOCKS = st.builds(
    lambda lineage, texts, level: Block(lineage=lineage, level=level, texts=texts),
    IDENTITIES, BY_LANGUAGE, st.integers(0, 2),
)  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> Document:
    """A draft of up to five paragraphs in English and, here and there, Arabic."""
    blocks = draw(st.lists(BLOCKS, max_size=5, unique_by=lambda block: block.lineage))
    return Document(source="en", languages=LANGUAGES, blocks=tuple(blocks))


@st.composite
def operations(draw: st.DrawFn, now: Document) -> Operation:
    """An operation of any kind on a draft; now and then one that doesn't fit."""
    there = [block.lineage for block in now.blocks]
    kinds = ["insert"]
    if there:
        kinds += ["replace", "replace", "delete", "split", "move", "relabel", "translate"]
    kind = draw(st.sampled_from([*kinds, "merge"] if len(there) > 1 else kinds))
    identity, note = draw(IDENTITIES), draw(st.sampled_from(["wording", ""]))
    if kind == "insert":
        after = draw(st.sampled_from([None, *there]))
        return Insert(id=identity, note=note, block=draw(BLOCKS), after=after)
    if kind == "merge":
        two = draw(st.lists(st.sampled_from(there), min_size=2, max_size=3, unique=True))
        text = " ".join(now.blocks[now.at[one]].texts.get("en", "") for one in two).strip()
        into = Block(lineage=uuid5(identity, "into"), texts={"en": text})
        return Merge(id=identity, note=note, lineages=tuple(two), into=into)
    return draw(_on_one(now, kind, identity, note))


@st.composite
def _on_one(draw: st.DrawFn, now: Document, kind: str, identity: UUID, note: str) -> Operation:
    """An operation on one paragraph that is there."""
    there = [block.lineage for block in now.blocks]
    one = draw(st.sampled_from(there))
    if kind == "replace":
        return Replace(id=identity, note=note, lineage=one, texts=draw(BY_LANGUAGE))
    if kind == "delete":
        return Delete(id=identity, note=note, lineage=one)
    if kind == "split":
        return Split(id=identity, note=note, lineage=one, into=draw(_parts(now, one, identity)))
    if kind == "move":
        after = draw(st.sampled_from([None, *there]))
        return Move(id=identity, note=note, lineage=one, after=after)
    if kind == "translate":
        return Translate(id=identity, note=note, language="ar", texts={one: draw(TEXTS)})
    return Relabel(id=identity, note=note, lineage=one, kind=BlockKind.PARAGRAPH,
                   level=draw(st.integers(0, 3)))  # fmt: skip


@st.composite
def _parts(draw: st.DrawFn, now: Document, one: UUID, identity: UUID) -> tuple[Block, ...]:
    """A paragraph cut in two between words, or other paragraphs altogether."""
    words = now.blocks[now.at[one]].texts.get("en", "").split(" ")
    cut = draw(st.integers(0, len(words)))
    halves = (" ".join(words[:cut]), " ".join(words[cut:]))
    return tuple(
        Block(lineage=uuid5(identity, str(index)), texts={"en": text})
        for index, text in enumerate(halves if draw(st.booleans()) else (draw(TEXTS),) * 3)
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Document, list[Operation], Document]:
    """A draft, a change set that fits it, and the draft it gives."""
    before = now = draw(drafts())
    done: list[Operation] = []
    for _ in range(draw(st.integers(0, 8))):
        operation = draw(operations(now))
        try:
            now = apply(now, [operation])
        except CannotApply:
            continue
        done.append(operation)
    return before, done, now
