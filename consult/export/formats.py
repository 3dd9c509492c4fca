"""What each token of a stream of changes shows in the text before and in the one after.

Stars and brackets are tokens there and show nothing; a word between new stars shows other things
in the two texts. It refuses to know how anything is printed.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from uuid import UUID

from consult.changes.atoms import Atom
from consult.text.inline import Run, joined, placed
from consult.text.words import tokens

SIGNS = frozenset("\\*[]")
"""What inline marks are made of: every format begins and ends at one of them."""


@dataclass
class Token:
    """An atom with its runs in the text before (`was`) and in the one after (`now`)."""

    atom: Atom
    was: list[Run] = field(default_factory=list)
    now: list[Run] = field(default_factory=list)

    @property
    def by(self) -> UUID | None:
        """The operation that inserted or deleted it."""
        return self.atom.inserted_by or self.atom.deleted_by


def formatted(atoms: Sequence[Atom]) -> list[Token]:
    """The atoms with what they show. Joined over a paragraph, each text's runs are its own.

    A sign of marks stands alone, so that a word beside it that shows alike is not changed with it.
    """
    found = [Token(part) for atom in atoms for part in _parted(atom)]
    for paragraph in _paragraphs(found, lambda atom: not atom.inserted_by):
        for token, run in _shown(paragraph):
            token.was.append(run)
    for paragraph in _paragraphs(found, lambda atom: not atom.deleted_by):
        for token, run in _shown(paragraph):
            token.now.append(run)
    for token in found:
        token.was, token.now = list(joined(token.was)), list(joined(token.now))
    return found


def _parted(atom: Atom) -> Iterator[Atom]:
    """An atom's signs each alone, and what stands between them."""
    if SIGNS.isdisjoint(atom.text):
        yield atom
        return
    for plain, alike in groupby(tokens(atom.text), SIGNS.isdisjoint):
        for text in ["".join(alike)] if plain else alike:
            yield replace(atom, text=text)


def _paragraphs(tokens: list[Token], there: Callable[[Atom], bool]) -> Iterator[list[Token]]:
    gathered: list[Token] = []
    for token in tokens:
        if there(token.atom):
            if token.atom.mark:
                yield gathered
                gathered = []
            else:
                gathered.append(token)


def _shown(paragraph: list[Token]) -> Iterator[tuple[Token, Run]]:
    """The runs of a paragraph, cut where its tokens end."""
    ends = list(accumulate(len(token.atom.text) for token in paragraph))
    for run, start in placed("".join(token.atom.text for token in paragraph)):
        index, at, rest = bisect_right(ends, start), start, run.text
        if run.note:
            yield paragraph[index], run
        while rest:
            length = ends[index] - at
            part = rest[:length]
            yield paragraph[index], run if part == run.text else replace(run, text=part)
            rest, at, index = rest[length:], ends[index], index + 1
