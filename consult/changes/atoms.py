"""What a stream of changes is made of, and how a stretch of it turns into other words.

Words with one history stay together, and are cut between two of them only where they part: what
an atom holds, read as words again, is the very words that it was made of.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from uuid import UUID

from consult.text.document import Block
from consult.text.words import Edit, edits, tokens

END = "\n"
"""The token of a paragraph's mark; no text holds it."""


@dataclass(slots=True)
class Atom:
    """Words, or a paragraph's mark. `before`, `after`: the block the mark ends, in each text."""

    text: str
    inserted_by: UUID | None = None
    deleted_by: UUID | None = None
    before: Block | None = None
    after: Block | None = None
    relabelled_by: UUID | None = None

    @property
    def mark(self) -> bool:
        """Whether a paragraph ends here."""
        return self.text == END

    def ends(self, lineage: UUID) -> bool:
        """Whether a paragraph of this lineage ends here in the text as it is now."""
        after = self.after
        return after is not None and after.lineage == lineage and not self.deleted_by


def inserted(words: Iterable[str], by: UUID) -> Iterator[Atom]:
    """New words and marks."""
    for is_mark, alike in groupby(words, END.__eq__):
        for text in alike if is_mark else ["".join(alike)]:
            yield Atom(text, inserted_by=by)


def struck(atom: Atom, by: UUID) -> list[Atom]:
    """What is left of an atom that is deleted: nothing if the text before didn't have it."""
    if atom.inserted_by:
        return []
    atom.deleted_by = by
    return [atom]


def rewritten(atoms: Sequence[Atom], words: Sequence[str], by: UUID) -> list[Atom]:
    """A stretch whose text as it is now turns into these words; what was deleted stays."""
    seen = [[] if atom.deleted_by else tokens(atom.text) for atom in atoms]
    changes = _Changes(edits(list(chain.from_iterable(seen)), list(words)))
    found: list[Atom] = []
    at = 0
    for atom, old in zip(atoms, seen, strict=True):
        if atom.deleted_by:
            found.append(atom)
            continue
        for start, end in pairwise(changes.cuts(at, at + len(old))):
            whole = end - start == len(old)
            part = atom if whole else replace(atom, text="".join(old[start - at : end - at]))
            found += inserted(changes.new.get(start, ()), by)
            found += struck(part, by) if changes.deleted(start) else [part]
        at += len(old)
    return [*found, *inserted(changes.new.get(at, ()), by)]


class _Changes:
    """Edits of a list of tokens. `new`: what is inserted, by the token before which it stands."""

    def __init__(self, changes: Sequence[Edit]) -> None:
        self.new = {edit.end: edit.tokens for edit in changes}
        self._starts = [edit.start for edit in changes]
        self._ends = [edit.end for edit in changes]
        self._bounds = sorted({*self._starts, *self._ends})

    def cuts(self, start: int, end: int) -> list[int]:
        """Where the tokens from `start` to `end` part, both ends included."""
        inner = self._bounds[bisect_right(self._bounds, start) : bisect_left(self._bounds, end)]
        return [start, *inner, end]

    def deleted(self, at: int) -> bool:
        """Whether this token, and those up to the next cut, are deleted."""
        last = bisect_right(self._starts, at) - 1
        return last >= 0 and at < self._ends[last]
