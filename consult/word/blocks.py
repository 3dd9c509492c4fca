"""A file's paragraphs, with all changes decided, as blocks of a draft."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from consult.text.document import Block, BlockKind
from consult.word.contents import Note, Paragraph
from consult.word.depths import Depths
from consult.word.numbering import Counters
from consult.word.reading import WordText, referred
from consult.word.resolving import Decision, Settled, resolved, with_boxes
from consult.word.templates import template, with_labels
from consult.word.texts import joined, markup, one_line

NOTES = ("footnote", "endnote")
_LAST_HEADING = 6
_CONTENTS = "toc "


@dataclass(frozen=True)
class Built:
    """A block, the places of the file's paragraphs it is made of, and their bookmarks.

    Its lineage is made up: `identities` finds the right one.
    """

    block: Block
    of: tuple[int, ...]
    bookmarks: tuple[str, ...]


@dataclass(frozen=True)
class BuiltNote:
    """A footnote on its way: what it is of (kind and id), its text, and its bookmarks."""

    of: tuple[str, str]
    text: str
    bookmarks: tuple[str, ...]


def is_contents(paragraph: Paragraph) -> bool:
    """Whether it belongs to a table of contents, which a draft makes for itself."""
    return paragraph.form.style.casefold().startswith(_CONTENTS)


def built_notes(word: WordText, body: Sequence[Paragraph], decide: Decision) -> list[BuiltNote]:
    """The notes that the text refers to, footnotes before endnotes, several paragraphs as lines."""
    found = []
    for note in (note for kind in NOTES for note in referred(body, kind)):
        paragraphs = resolved(word.notes.get((note.kind, note.id), ()), decide)
        bookmarks = tuple(name for one in paragraphs for name in one.bookmarks)
        text = joined(paragraphs, _unnamed)
        if text:
            found.append(BuiltNote((note.kind, note.id), text, bookmarks))
    return found


def built(
    word: WordText, body: Iterable[Settled], language: str, notes: dict[tuple[str, str], UUID]
) -> list[Built]:
    """The blocks of a text's body, with labels as Word shows them; without what is empty.

    `notes`: the lineages of the footnotes, which references name.
    """

    def named(note: Note) -> str:
        lineage = notes.get((note.kind, note.id))
        return lineage.hex[:8] if lineage else ""

    counters, depths = Counters(word.numbering), Depths(word.numbering)
    found, shown, counts = [], [], []
    for one in _with_boxes(body):
        label = counters.label(one.paragraph.form.listed)
        text = markup(one.paragraph, named)
        if not text or is_contents(one.paragraph):
            continue
        block = _block(one.paragraph, depths, word).model_copy(update={"texts": {language: text}})
        found.append(Built(block, one.of, one.paragraph.bookmarks))
        shown.append(one_line(label))
        listed = one.paragraph.form.listed
        counts.append(counters.value(listed) if listed else 0)
    blocks = with_labels([one.block for one in found], shown, counts, language)
    return [replace(one, block=block) for one, block in zip(found, blocks, strict=True)]


def _with_boxes(body: Iterable[Settled]) -> Iterator[Settled]:
    for one in body:
        whole = list(with_boxes([one.paragraph]))
        yield one
        yield from (Settled(paragraph, ()) for paragraph in whole[1:])


def _block(paragraph: Paragraph, depths: Depths, word: WordText) -> Block:
    form = paragraph.form
    number = template(form.listed, word.numbering) if form.listed else ""
    if form.outline is not None:
        depths.heading()
        level = min(form.outline, _LAST_HEADING)
        return Block(lineage=uuid4(), kind=BlockKind.HEADING, level=level, number=number)
    return Block(lineage=uuid4(), level=depths.depth(form), number=number)


def _unnamed(_note: Note) -> str:
    return ""
