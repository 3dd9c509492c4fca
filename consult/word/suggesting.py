"""Tracked changes as contributions: for each author, what becomes of each paragraph.

An author's proposal is the text with that author's changes accepted and everybody else's rejected;
what came out of which paragraph is followed through joins and divisions. Changes of format, of
the shape of tables and inside text boxes propose no words and are not among them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from consult.text.document import Block
from consult.text.inline import canonical, parse, render
from consult.text.pairing import matched
from consult.word.blocks import built, built_notes
from consult.word.contents import Paragraph, Revision
from consult.word.importing import Imported, NoteKey
from consult.word.reading import WordText
from consult.word.resolving import of_author, settled
from core.errors import DomainError
from core.texts import lazy as _l

MOST_READINGS = 400_000
"""Paragraphs times people: each one's text is read as if nobody else had changed it."""
_CONTINUES = 0.3
"""Within paragraphs that are known to hang together, less likeness is enough."""


class Proposal(StrEnum):
    """What an author proposes for a paragraph."""

    AMENDMENT = "amendment"
    INSERTION = "insertion"
    DELETION = "deletion"


@dataclass(frozen=True)
class Suggested:
    """What one author proposes in one place.

    `lineage`: the paragraph amended or deleted, or the one behind which `block` is to be inserted,
    None for the beginning. `before` and `after` are full texts in inline markup, "" where there is
    none. `footnotes`: texts of new footnotes that `after` had references to. `at`: its last change.
    """

    kind: Proposal
    author: str
    at: datetime | None
    lineage: UUID | None
    before: str
    after: str
    block: Block | None = None
    footnotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Piece:
    """A paragraph with the places in the file it is made of; on one of the two sides."""

    block: Block
    of: tuple[int, ...]


def tracked(word: WordText, language: str, imported: Imported) -> list[Suggested]:
    """What each author proposes, by author as they appear, then in the order of the text.

    `imported`: the draft before all changes, made from the same file as "contributions". Raises
    `DomainError` where too many people changed too long a text.
    """
    authors = dict.fromkeys(change.author for change in word.revisions)
    if len(authors) * len(word.paragraphs) > MOST_READINGS:
        raise DomainError(
            _l(
                "%(people)s people changed this file of %(paragraphs)s paragraphs: that is more "
                "than can be told apart. Send what each of them wrote as a file of its own.",
                people=len(authors), paragraphs=len(word.paragraphs),
            )
        )  # fmt: skip
    return [
        suggestion
        for author in authors
        for suggestion in (
            *_in_body(word, language, imported, author),
            *_in_notes(word, language, imported, author),
        )
    ]


def _in_body(word: WordText, language: str, imported: Imported, author: str) -> Iterator[Suggested]:
    body = settled(word.paragraphs, of_author(author))
    fresh = _fresh_notes(word, [one.paragraph for one in body], imported, author)
    notes = {**imported.notes, **{key: lineage for key, (lineage, _text) in fresh.items()}}
    texts = {lineage.hex[:8]: text for lineage, text in fresh.values()}
    before = [
        _Piece(block, of)
        for lineage, of in imported.sources
        if of and (block := imported.document.find(lineage)) is not None
    ]
    after = [_Piece(one.block, one.of) for one in built(word, body, language, notes) if one.of]
    times = _Times(word.paragraphs, author)
    passed: UUID | None = None
    for ours, theirs in _together(before, after):
        for one in _compared(ours, theirs, language, passed):
            at = times.latest({place for piece in (*ours, *theirs) for place in piece.of})
            yield _finished(one, author, at, texts)
        passed = ours[-1].block.lineage if ours else passed


def _together(
    before: Sequence[_Piece], after: Sequence[_Piece]
) -> Iterator[tuple[list[_Piece], list[_Piece]]]:
    """The pieces of both sides that are made of the same stretches of the file, in its order."""
    end = -1
    sides = [*((piece, 0) for piece in before), *((piece, 1) for piece in after)]
    stretch: tuple[list[_Piece], list[_Piece]] = ([], [])
    for piece, side in sorted(sides, key=lambda one: min(one[0].of)):
        if min(piece.of) > end >= 0:
            yield stretch
            stretch = ([], [])
        stretch[side].append(piece)
        end = max(end, *piece.of)
    if end >= 0:
        yield stretch


def _compared(
    ours: Sequence[_Piece], theirs: Sequence[_Piece], language: str, passed: UUID | None
) -> Iterator[Suggested]:
    """What differs between the paragraphs of one stretch; without author and time."""
    before = [piece.block.texts[language] for piece in ours]
    after = [piece.block.texts[language] for piece in theirs]
    single = len(ours) == len(theirs) == 1
    pairs = {0: 0} if single else matched(before, after, alike=_CONTINUES)
    for at, piece in enumerate(ours):
        if at not in pairs:
            yield Suggested(Proposal.DELETION, "", None, piece.block.lineage, before[at], "")
    back = {there: here for here, there in pairs.items()}
    for at, piece in enumerate(theirs):
        if at in back:
            passed = ours[back[at]].block.lineage
            if before[back[at]] != after[at]:
                yield Suggested(Proposal.AMENDMENT, "", None, passed, before[back[at]], after[at])
        else:
            yield Suggested(Proposal.INSERTION, "", None, passed, "", after[at], piece.block)


def _finished(one: Suggested, author: str, at: datetime | None, texts: dict[str, str]) -> Suggested:
    """A suggestion with who and when, and with new footnotes taken out of its text."""
    runs = parse(one.after)
    fresh = tuple(texts[run.note] for run in runs if run.note in texts)
    after = canonical(render(run for run in runs if run.note not in texts))
    block = one.block
    if block is not None:
        block = block.model_copy(update={"texts": dict.fromkeys(block.texts, after)})
    return replace(one, author=author, at=at, after=after, block=block, footnotes=fresh)


def _fresh_notes(
    word: WordText, body: Sequence[Paragraph], imported: Imported, author: str
) -> dict[NoteKey, tuple[UUID, str]]:
    """The footnotes that only the author's text refers to: a made-up lineage, and the text."""
    found = built_notes(word, body, of_author(author))
    return {note.of: (uuid4(), note.text) for note in found if note.of not in imported.notes}


def _in_notes(
    word: WordText, language: str, imported: Imported, author: str
) -> Iterator[Suggested]:
    """Changed wordings of footnotes. One that goes is a change of the text that referred to it."""
    body = [one.paragraph for one in settled(word.paragraphs, of_author(author))]
    for note in built_notes(word, body, of_author(author)):
        block = (
            imported.document.find(imported.notes[note.of]) if note.of in imported.notes else None
        )
        if block is not None and block.texts[language] != note.text:
            paragraphs = word.notes[note.of]
            at = _Times(paragraphs, author).latest(range(len(paragraphs)))
            before = block.texts[language]
            yield Suggested(Proposal.AMENDMENT, author, at, block.lineage, before, note.text)


class _Times:
    """When an author last changed which paragraph."""

    def __init__(self, paragraphs: Sequence[Paragraph], author: str) -> None:
        self._times = [list(_times(paragraph, author)) for paragraph in paragraphs]

    def latest(self, places: Iterable[int]) -> datetime | None:
        """The latest time in these paragraphs; None where the file gives none."""
        found = (at for place in places for at in self._times[place])
        return max(found, key=_moment, default=None)


def _times(paragraph: Paragraph, author: str) -> Iterator[datetime]:
    changes: list[Revision] = [*paragraph.mark]
    changes += [change for run in paragraph.runs for change in run.revisions]
    changes += [change for cell in paragraph.cells for change in cell.revisions]
    return (change.at for change in changes if change.author == author and change.at)


def _moment(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
