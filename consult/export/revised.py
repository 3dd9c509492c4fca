"""A text and its next one as rows to print: formatted words, each kept, inserted or deleted.

Without what is inserted the rows are exactly the text before with its formats; without what is
deleted, exactly the text after. Footnotes are taken out of the rows, and kept by their keys.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, zip_longest
from uuid import UUID

from consult.changes.operations import Operation
from consult.changes.stream import Stream
from consult.export.formats import Token, formatted
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import Run


@dataclass(frozen=True)
class Revision:
    """An insertion (else a deletion), by an operation; by none where nothing tells which."""

    inserted: bool
    by: UUID | None


@dataclass(frozen=True)
class Piece:
    """A run of text with its history."""

    run: Run
    revision: Revision | None = None


@dataclass
class Row:
    """A paragraph up to its mark. `before`, `after`: the block the mark ends in either text."""

    pieces: list[Piece]
    before: Block | None = None
    after: Block | None = None
    mark: Revision | None = None
    relabelled_by: UUID | None = None


@dataclass
class Revised:
    """The rows of the text, and what is in each footnote by its key, in both texts."""

    rows: list[Row] = field(default_factory=list)
    notes: dict[str, list[Piece]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Change:
    """A text and its operations, equal to another of the same text object and operations' ids."""

    operations: Sequence[Operation] = field(compare=False)
    ids: tuple[UUID, ...]
    text: int
    before: Document = field(compare=False)


def revised(before: Document, operations: Sequence[Operation], language: str) -> Revised:
    """What these operations make of a draft, in one of its languages, to be printed.

    Footnotes that nothing refers to stand as rows below the text. What it gave for published
    drafts, whose documents are remembered, is remembered too: change nothing in it.
    """
    ids = tuple(operation.id for operation in operations)
    return _revised(_Change(operations, ids, id(before), before), language)


@lru_cache(maxsize=16)
def _revised(change: _Change, language: str) -> Revised:
    before, operations = change.before, change.operations
    stream = Stream.of(before, language)
    tokens = formatted(stream.take(operations).atoms)
    segments = list(_segments(tokens))
    _drop_unknown_references(segments)
    found = Revised()
    alone: list[Row] = []
    was, now = _referred(segments)
    for segment in segments:
        found.rows += _body(segment)
        for key, row in _notes(segment):
            found.notes.setdefault(key, []).extend(row.pieces)
            alone += _alone(row, was_alone=key not in was, is_alone=key not in now)
    found.rows = with_steady_end([*found.rows, *alone])
    return found


def _segments(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens cut behind each mark that stands in both texts."""
    gathered: list[Token] = []
    for token in tokens:
        gathered.append(token)
        if token.atom.mark and not token.by:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _old(token: Token) -> Block | None:
    return None if token.atom.inserted_by else token.atom.before


def _new(token: Token) -> Block | None:
    return None if token.atom.deleted_by else token.atom.after


def _is_note(block: Block | None) -> bool:
    return block is not None and block.kind is BlockKind.FOOTNOTE


def _drop_unknown_references(segments: list[list[Token]]) -> None:
    """References in footnotes, and to footnotes that a text doesn't have, show nothing."""
    tokens = [token for segment in segments for token in segment]
    old = {one.key for token in tokens if (one := _old(token)) and _is_note(one)}
    new = {one.key for token in tokens if (one := _new(token)) and _is_note(one)}
    in_old = in_new = False
    for token in reversed(tokens):
        if token.atom.mark:
            in_old = in_old if _old(token) is None else _is_note(_old(token))
            in_new = in_new if _new(token) is None else _is_note(_new(token))
        token.was = [run for run in token.was if not run.note or (run.note in old and not in_old)]
        token.now = [run for run in token.now if not run.note or (run.note in new and not in_new)]


def _referred(segments: list[list[Token]]) -> tuple[set[str], set[str]]:
    tokens = [token for segment in segments for token in segment]
    return (
        {run.note for token in tokens for run in token.was if run.note},
        {run.note for token in tokens for run in token.now if run.note},
    )


def _body(segment: list[Token]) -> list[Row]:
    """The rows of a segment without its footnotes."""
    blocks = [one for token in segment for one in (_old(token), _new(token)) if one]
    if not any(map(_is_note, blocks)):
        return list(_rows(segment))
    paragraphs = [*_paragraphs(segment, inserted=False), *_paragraphs(segment, inserted=True)]
    return [row for row in paragraphs if not _is_note(row.before or row.after)]


def _notes(segment: list[Token]) -> Iterator[tuple[str, Row]]:
    """The footnotes of a segment: with their changes, or wholly deleted and wholly inserted."""
    if not any(_is_note(one) for token in segment for one in (_old(token), _new(token))):
        return
    rows = list(_rows(segment))
    one, other = rows[-1].before, rows[-1].after
    if len(rows) == 1 and one and other and _is_note(one) and one.lineage == other.lineage:
        yield one.key, rows[0]
        return
    for row in [*_paragraphs(segment, inserted=False), *_paragraphs(segment, inserted=True)]:
        block = row.before or row.after
        if block and _is_note(block):
            yield block.key, row


def _alone(row: Row, *, was_alone: bool, is_alone: bool) -> list[Row]:
    """A footnote as a row of the text, in those of the two texts in which nothing refers to it."""
    rows = []
    if was_alone and is_alone:
        return [row]
    if was_alone and row.before:
        kept = one_text(row.pieces, Revision(inserted=False, by=_by(row)))
        rows.append(Row(kept, row.before, None, Revision(inserted=False, by=_by(row))))
    if is_alone and row.after:
        kept = one_text(row.pieces, Revision(inserted=True, by=_by(row)))
        rows.append(Row(kept, None, row.after, Revision(inserted=True, by=_by(row))))
    return rows


def one_text(pieces: Iterable[Piece], revision: Revision) -> list[Piece]:
    """One text's pieces of a row, all inserted or all deleted."""
    return [
        Piece(piece.run, revision)
        for piece in pieces
        if piece.revision is None or piece.revision.inserted == revision.inserted
    ]


def _by(row: Row) -> UUID | None:
    revisions = (piece.revision for piece in row.pieces if piece.revision)
    return next((one.by for one in revisions), row.mark.by if row.mark else None)


def _rows(segment: list[Token]) -> Iterator[Row]:
    """A segment's rows, what shows other things in the two texts deleted and inserted."""
    pieces: list[Piece] = []
    for token, nearest in zip(segment, _nearest(segment), strict=True):
        if token.atom.mark:
            mark = Revision(bool(token.atom.inserted_by), token.by) if token.by else None
            yield Row(pieces, _old(token), _new(token), mark, token.atom.relabelled_by)
            pieces = []
        elif token.was == token.now:
            pieces += [Piece(run) for run in token.was]
        else:
            by = token.by or nearest
            pieces += [Piece(run, Revision(inserted=False, by=by)) for run in token.was]
            pieces += [Piece(run, Revision(inserted=True, by=by)) for run in token.now]


def _paragraphs(segment: list[Token], *, inserted: bool) -> Iterator[Row]:
    """The paragraphs of one of a segment's texts, wholly deleted or wholly inserted."""
    pieces: list[Piece] = []
    for token, nearest in zip(segment, _nearest(segment), strict=True):
        revision = Revision(inserted, token.by or nearest)
        block = _new(token) if inserted else _old(token)
        pieces += [Piece(run, revision) for run in (token.now if inserted else token.was)]
        if block:
            old, new = (None, block) if inserted else (block, None)
            yield Row(pieces, old, new, revision)
            pieces = []


def _nearest(segment: list[Token]) -> list[UUID | None]:
    """For each token of a segment the operation of the nearest change, of two the earlier one."""
    changed = [at for at, token in enumerate(segment) if token.by]
    found: list[UUID | None] = [None] * len(segment)
    for one, following in zip_longest(changed, changed[1:]):
        begin = 0 if one == changed[0] else one
        end = len(segment) if following is None else following
        for at in range(begin, end):
            nearer = following is not None and following - at < at - one
            found[at] = segment[following if nearer and following else one].by
    return found


def with_steady_end(rows: list[Row]) -> list[Row]:
    """The rows with a last mark that stands in both texts: Word can't revise a file's last one.

    Where what follows the last steady mark is wholly inserted, or wholly deleted, each mark is
    handed to the row before, as Word does when one writes on at the end. Else an empty row ends it.
    """
    steady = max((at for at, row in enumerate(rows) if row.mark is None), default=-1)
    if rows and steady == len(rows) - 1:
        return rows
    tail = rows[steady:] if steady >= 0 else []
    if len({row.mark.inserted for row in tail if row.mark}) != 1:
        return [*rows, Row([])]
    return [*rows[:steady], *_handed(tail)]


def _handed(tail: list[Row]) -> list[Row]:
    """Rows of which all but the first have a revised mark, each with the mark of the next."""
    first, last = tail[0], tail[-1]
    inserted = bool(last.mark and last.mark.inserted)
    rows = [
        Row(
            row.pieces,
            None if inserted else row.before,
            row.after if inserted else None,
            other.mark,
        )
        for row, other in pairwise(tail)
    ]
    before, after = (first.before, last.after) if inserted else (last.before, first.after)
    return [*rows, Row(last.pieces, before, after, None, first.relabelled_by)]
