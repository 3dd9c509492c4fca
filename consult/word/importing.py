"""A Word file as a draft: headings, numbered paragraphs, footnotes and marks, with what was lost.

Tracked changes and comments are never silently accepted: without being told what to do with them,
a file that has some is refused. As contributions they stay out of the draft (`suggesting` has
them), which then is the text before all changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from pydantic import ValidationError

from consult.text.document import LONGEST_TEXT, MOST_BLOCKS, Block, BlockKind, Document
from consult.word.blocks import Built, BuiltNote, built, built_notes
from consult.word.identities import identified
from consult.word.losses import losses
from consult.word.reading import WordText
from consult.word.resolving import accepting, rejecting, settled
from consult.word.texts import beginning
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

Revisions = Literal["accept", "reject", "contributions"]
NoteKey = tuple[str, str]
_TOO_MANY = _l(
    "This file has more than %(most)s paragraphs and footnotes, or two of the same "
    "identity. Divide it, or begin from a fresh copy.",
    most=MOST_BLOCKS,
)
_UNREADABLE = _l(
    "This file can't be a draft: it has more than %(most)s paragraphs, one is longer "
    "than %(longest)s characters, or its numbering can't be read.",
    most=MOST_BLOCKS,
    longest=LONGEST_TEXT,
)


@dataclass(frozen=True)
class Imported:
    """A draft made of a Word file. `notices`: sentences on what was left out or changed, and where.

    `sources`: for each block but the footnotes, in their order, the places of the file's paragraphs
    that it is made of. `notes`: the lineages of footnotes by the kind and id of the file's notes.
    """

    document: Document
    notices: tuple[Lazy, ...]
    sources: tuple[tuple[UUID, tuple[int, ...]], ...]
    notes: dict[NoteKey, UUID]


def to_document(
    word: WordText,
    language: str,
    *,
    revisions: Revisions | None = None,
    base: Document | None = None,
) -> Imported:
    """The draft a Word file holds, in one language.

    `revisions` is needed where the file has tracked changes or comments. Paragraphs get the lineage
    their bookmark names, else that of the paragraph of `base` they continue, else a new one.
    Raises DomainError where it can't be a draft.
    """
    _refuse_undecided(word, revisions)
    decide = accepting if revisions == "accept" else rejecting
    body = settled(word.paragraphs, decide)
    paragraphs = [one.paragraph for one in body]
    footnotes = built_notes(word, paragraphs, decide)
    notes = _noted(footnotes, base, language)
    blocks = _identified(built(word, body, language, notes), base, language)
    notices = losses(word, paragraphs, with_comments=revisions == "contributions")
    return Imported(
        _document(
            [*(block for block, _of in blocks), *_footnotes(footnotes, notes, language)], language
        ),
        tuple(notices),
        tuple((block.lineage, of) for block, of in blocks),
        notes,
    )


def _refuse_undecided(word: WordText, revisions: Revisions | None) -> None:
    if revisions is not None or not (word.is_changed or word.is_commented):
        return
    raise DomainError(
        _l(
            "This file has tracked changes (%(changes)s) or comments (%(comments)s). Say whether "
            "to accept the changes, to reject them, or to read changes and comments in as "
            "contributions.",
            changes=len(word.revisions),
            comments=len(word.comments),
        )
    )


def _blocks_of(base: Document | None, *, footnotes: bool) -> list[Block]:
    blocks = base.blocks if base else ()
    return [block for block in blocks if (block.kind is BlockKind.FOOTNOTE) is footnotes]


def _noted(
    footnotes: Sequence[BuiltNote], base: Document | None, language: str
) -> dict[NoteKey, UUID]:
    lineages = identified(
        [note.text for note in footnotes],
        [note.bookmarks for note in footnotes],
        _blocks_of(base, footnotes=True),
        language,
    )
    return {note.of: lineage for note, lineage in zip(footnotes, lineages, strict=True)}


def _footnotes(
    footnotes: Sequence[BuiltNote], notes: dict[NoteKey, UUID], language: str
) -> list[Block]:
    return [
        Block(
            lineage=notes[note.of],
            kind=BlockKind.FOOTNOTE,
            texts={language: _checked(note.text)},
        )
        for note in footnotes
    ]


def _identified(
    found: Sequence[Built], base: Document | None, language: str
) -> list[tuple[Block, tuple[int, ...]]]:
    if len(found) > MOST_BLOCKS:
        raise DomainError(
            _l("This file has more than %(most)s paragraphs. Divide it.", most=MOST_BLOCKS)
        )
    lineages = identified(
        [_checked(one.block.texts[language]) for one in found],
        [one.bookmarks for one in found],
        _blocks_of(base, footnotes=False),
        language,
    )
    return [
        (one.block.model_copy(update={"lineage": lineage}), one.of)
        for one, lineage in zip(found, lineages, strict=True)
    ]


def _checked(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise DomainError(
            _l(
                "The paragraph “%(place)s” is longer than %(most)s characters. Divide it.",
                place=beginning(text),
                most=LONGEST_TEXT,
            )
        )
    return text


def _document(blocks: Sequence[Block], language: str) -> Document:
    """The draft of these blocks, each looked at again: copies with other values are not."""
    values = [block.model_dump() for block in blocks]
    try:
        return Document.model_validate(
            {"source": language, "languages": (language,), "blocks": values}
        )
    except ValidationError as error:
        in_one = any(len(one["loc"]) > 1 for one in error.errors())
        raise DomainError(_UNREADABLE if in_one else _TOO_MANY) from error
