"""What a Word file can't say of the draft it was made of, taken from that draft.

Word has no place for some of what a draft holds: which of equal labels is fixed by hand, a depth
that leaves one out, notes in another order than that of their references. What a file says as
the untouched file would, it leaves as it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from consult.changes.matching import identified, in_their_places
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import notes, parse, render
from consult.text.labels import Counters, labels, next_label


def restored(base: Document, file: Document, untouched: Document, language: str) -> Document:
    """The draft that a Word file holds, identified, with what it could not say.

    `untouched`: what the draft's own file reads as when nobody wrote in it.
    """
    found = _found(base, file, language)
    before = {one.lineage: one for one in _found(base, untouched, language)}
    shown = labels(file.model_copy(update={"blocks": tuple(found)}), language)
    there = {one.lineage for one in found}
    wordless = [
        one for one in base.blocks if one.lineage not in there and not one.texts.get(language)
    ]
    kept = [_kept(base.find(one.lineage), before.get(one.lineage), one, language) for one in found]
    whole = _in_order(base, kept, wordless)
    return file.model_copy(update={"blocks": tuple(_labelled(base, whole, shown, language))})


def _found(base: Document, file: Document, language: str) -> list[Block]:
    """The blocks of a file by the identities of the draft's."""
    notes_of = {one.lineage for one in base.footnotes()}
    blocks = tuple(
        Block(lineage=one.lineage, kind=BlockKind.FOOTNOTE, texts=one.texts)
        if one.lineage in notes_of and one.kind is not BlockKind.FOOTNOTE
        else one
        for one in file.blocks
    )
    whole = identified(base, file.model_copy(update={"blocks": blocks}), language)
    return list(_with_notes_once(base, whole, language))


def _with_notes_once(base: Document, file: Document, language: str) -> Iterator[Block]:
    """The blocks without the second notes that Word needs where a draft refers to one again."""
    referred = [key for one in base.blocks for key in notes(one.texts.get(language, ""))]
    again = {
        note.texts.get(language, ""): note.key
        for note in base.footnotes()
        if referred.count(note.key) > 1 and note.lineage in file.at
    }
    same = {
        one.key: again[one.texts[language]]
        for one in file.footnotes()
        if one.lineage not in base.at and one.texts[language] in again
    }
    for block in file.blocks:
        if block.kind is BlockKind.FOOTNOTE and block.key in same:
            continue
        yield _renamed(block, same, language) if same else block


def _renamed(block: Block, keys: dict[str, str], language: str) -> Block:
    runs = (replace(one, note=keys.get(one.note, one.note)) for one in parse(block.texts[language]))
    return block.model_copy(update={"texts": {language: render(runs)}})


def _in_order(base: Document, blocks: Sequence[Block], wordless: Sequence[Block]) -> list[Block]:
    """The blocks with those at their places whose place a file can't show.

    Those are footnotes, which Word shows as they are referred to, and what has no words.
    """
    notes_of = {one.lineage: one for one in (*blocks, *wordless) if _is_note(one)}
    text = [one for one in blocks if not _is_note(one)]
    body = max((at for at, one in enumerate(base.blocks) if not _is_note(one)), default=-1) + 1
    between = [notes_of.pop(one.lineage) for one in base.blocks[:body] if one.lineage in notes_of]
    last = [notes_of.pop(one.lineage) for one in base.blocks[body:] if one.lineage in notes_of]
    missing = [*between, *(one for one in wordless if not _is_note(one))]
    return [*in_their_places(base, text, missing), *last, *notes_of.values()]


def _is_note(block: Block) -> bool:
    return block.kind is BlockKind.FOOTNOTE


def _kept(block: Block | None, untouched: Block | None, read: Block, language: str) -> Block:
    """A block with the draft's depth and words where it reads as the untouched file's."""
    if block is None or untouched is None:
        return read
    values: dict[str, object] = {}
    if (read.kind, read.level) == (untouched.kind, untouched.level):
        values |= {"kind": block.kind, "level": block.level}
    if read.texts.get(language) == untouched.texts.get(language):
        values["texts"] = {language: block.texts.get(language, "")}
    return read.model_copy(update=values)


def _labelled(
    base: Document, blocks: Sequence[Block], shown: Mapping[UUID, str], language: str
) -> Iterator[Block]:
    """The blocks numbered as in the draft wherever that gives the label the file shows."""
    counters: Counters = {}
    for block in blocks:
        ways = list(_ways(base.find(block.lineage), block))
        if _is_note(block):  # Word numbers notes by itself, and shows no label of theirs
            yield ways[0]
            continue
        for way in ways:
            trial = dict(counters)
            label = next_label(way, trial, language)
            if label == shown.get(block.lineage, label) or way is ways[-1]:
                counters = trial
                yield way
                break


def _ways(known: Block | None, read: Block) -> Iterator[Block]:
    """Other ways to give a block its label, the better first; the last one is as it was read."""
    for one in (known, read):
        if one is not None and one.kind is read.kind:
            numbered = {"number": one.number, "start": one.start, "label": one.label}
            yield read.model_copy(update=numbered)
            if one.start is not None:
                yield read.model_copy(update={**numbered, "start": None})
    yield read
