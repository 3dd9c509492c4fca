"""A text and its next one in one stream, every difference with the operation that made it.

The stream is a text as Word keeps it with tracked changes: words, and at the end of each paragraph
a mark; each inserted by an operation, deleted by one, or neither. Without what was inserted it is
the text before, without what was deleted the text after. Moving is deleting and inserting.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from consult.changes.atoms import END, Atom, rewritten, struck
from consult.changes.operations import (
    FORM,
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
from consult.text.document import Block, Document
from consult.text.words import tokens


@dataclass(frozen=True)
class Stretch:
    """Words with one history."""

    text: str
    inserted_by: UUID | None
    deleted_by: UUID | None


@dataclass(frozen=True)
class Passage:
    """What stands up to a mark. `before`, `after`: the block it ends in either text, if it does.

    `inserted_by`, `deleted_by`: of the mark itself. A passage whose mark is inserted goes on, in
    the text before, with the next one; one whose mark is deleted does so in the text after.
    """

    stretches: tuple[Stretch, ...]
    before: Block | None
    after: Block | None
    inserted_by: UUID | None
    deleted_by: UUID | None
    relabelled_by: UUID | None

    @property
    def changed(self) -> bool:
        """Whether anything here differs between the texts."""
        marks = self.inserted_by or self.deleted_by or self.relabelled_by
        return bool(marks) or any(s.inserted_by or s.deleted_by for s in self.stretches)


@dataclass
class Stream:
    """The stream of one language; operations are taken in their order."""

    language: str
    atoms: list[Atom] = field(default_factory=list)
    _marks: bytearray = field(default_factory=bytearray)
    """For each atom whether it is a mark, kept beside them: marks are looked for all the time."""

    @classmethod
    def of(cls, document: Document, language: str) -> "Stream":
        """A text in which nothing was changed yet."""
        stream = cls(language)
        atoms: list[Atom] = []
        for block in document.blocks:
            text = block.texts.get(language, "")
            atoms += [Atom(text)] if text else []
            atoms.append(Atom(END, before=block, after=block))
        stream.put_in(0, 0, atoms)
        return stream

    def put_in(self, start: int, end: int, atoms: Sequence[Atom]) -> None:
        """Put atoms in the place of those that stand from `start` to `end` (excluded)."""
        self.atoms[start:end] = atoms
        self._marks[start:end] = bytes(atom.mark for atom in atoms)

    def marks(self) -> Iterator[tuple[int, Atom]]:
        """The paragraphs' marks in their order, each with where it stands."""
        at = self._marks.find(1)
        while at >= 0:
            yield at, self.atoms[at]
            at = self._marks.find(1, at + 1)

    def take(self, operations: Iterable[Operation]) -> "Stream":
        """Do these operations, which fit the text as it is now; the stream itself."""
        for operation in operations:
            _TAKING[type(operation)](self, operation)
        return self

    def visible(self, lineage: UUID) -> list[int]:
        """Where the words of a paragraph stand as it is now; last, where its mark stands."""
        at = next(at for at, mark in self.marks() if mark.ends(lineage))
        places = [at]
        for index in range(at - 1, -1, -1):
            atom = self.atoms[index]
            if atom.mark and not atom.deleted_by:
                break
            if not atom.deleted_by:
                places.append(index)
        return places[::-1]

    def rewrite(self, places: Sequence[int], words: Sequence[str], by: UUID) -> None:
        """Turn what is seen from the first of these places up to the last one into other words."""
        start, end = places[0], places[-1]
        self.put_in(start, end, rewritten(self.atoms[start:end], words, by))

    def strike(self, place: int, by: UUID) -> None:
        """Delete what stands there; what was inserted since the text before is simply gone."""
        self.put_in(place, place + 1, struck(self.atoms[place], by))

    def put(self, atoms: list[Atom], after: UUID | None) -> None:
        """Insert whole paragraphs after another, or first of all."""
        at = 0 if after is None else self.visible(after)[-1] + 1
        self.put_in(at, at, atoms)

    def written(self, block: Block, by: UUID) -> list[Atom]:
        """A new paragraph: its words and its mark."""
        text = block.texts.get(self.language, "")
        mark = Atom(END, inserted_by=by, after=block)
        return [Atom(text, inserted_by=by), mark] if text else [mark]

    def passages(self) -> Iterator[Passage]:
        """The stream paragraph by paragraph, in reading order."""
        gathered: list[Stretch] = []
        for atom in self.atoms:
            last = gathered[-1] if gathered else None
            if atom.mark:
                yield Passage(
                    tuple(gathered), atom.before, None if atom.deleted_by else atom.after,
                    atom.inserted_by, atom.deleted_by, atom.relabelled_by,
                )  # fmt: skip
                gathered = []
            elif last and (last.inserted_by, last.deleted_by) == (
                atom.inserted_by,
                atom.deleted_by,
            ):
                gathered[-1] = Stretch(last.text + atom.text, last.inserted_by, last.deleted_by)
            else:
                gathered.append(Stretch(atom.text, atom.inserted_by, atom.deleted_by))

    def before(self) -> list[str]:
        """The paragraphs of the text before."""
        return _paragraphs(atom for atom in self.atoms if not atom.inserted_by)

    def after(self) -> list[str]:
        """The paragraphs of the text after."""
        return _paragraphs(atom for atom in self.atoms if not atom.deleted_by)


def _paragraphs(atoms: Iterable[Atom]) -> list[str]:
    return "".join(atom.text for atom in atoms).split(END)[:-1]


def _words(stream: Stream, block: Block) -> list[str]:
    return tokens(block.texts.get(stream.language, ""))


def _replace(stream: Stream, operation: Replace) -> None:
    if stream.language in operation.texts:
        new = tokens(operation.texts[stream.language])
        stream.rewrite(stream.visible(operation.lineage), new, operation.id)


def _insert(stream: Stream, operation: Insert) -> None:
    stream.put(stream.written(operation.block, operation.id), operation.after)


def _delete(stream: Stream, operation: Delete) -> None:
    for place in reversed(stream.visible(operation.lineage)):
        stream.strike(place, operation.id)


def _split(stream: Stream, operation: Split) -> None:
    places = stream.visible(operation.lineage)
    last = stream.atoms[places[-1]]
    new: list[str] = []
    for block in operation.into:
        new += [*_words(stream, block), END]
    stream.rewrite(places, new[:-1], operation.id)
    last.after = operation.into[-1]
    made = (mark for _at, mark in stream.marks() if mark.after is None and not mark.before)
    for atom, block in zip(made, operation.into[:-1], strict=True):
        atom.after = block


def _merge(stream: Stream, operation: Merge) -> None:
    each = sorted(stream.visible(lineage) for lineage in operation.lineages)
    places = [place for one in each for place in one]
    between = stream.atoms[places[0] : places[-1]]
    if sum(not atom.deleted_by for atom in between) == len(places) - 1:
        last = stream.atoms[places[-1]]
        stream.rewrite(places, _words(stream, operation.into), operation.id)
        last.after = operation.into
        return
    start = each[0][0]
    stream.put_in(start, start, stream.written(operation.into, operation.id))
    for lineage in operation.lineages:
        for place in reversed(stream.visible(lineage)):
            stream.strike(place, operation.id)


def _move(stream: Stream, operation: Move) -> None:
    places = stream.visible(operation.lineage)
    if _follows(stream, places[0], operation.after):
        return
    copies = [replace(stream.atoms[place], before=None) for place in places]
    for copy in copies:
        copy.inserted_by = copy.inserted_by or operation.id
    for place in reversed(places):
        stream.strike(place, operation.id)
    stream.put(copies, operation.after)


def _follows(stream: Stream, place: int, after: UUID | None) -> bool:
    """Whether what begins at a place stands right after this block already."""
    above = next(
        (atom for atom in reversed(stream.atoms[:place]) if atom.mark and not atom.deleted_by), None
    )
    return (above.after.lineage if above and above.after else None) == after


def _relabel(stream: Stream, operation: Relabel) -> None:
    mark = stream.atoms[stream.visible(operation.lineage)[-1]]
    if mark.after is not None:
        form = {name: getattr(operation, name) for name in FORM}
        mark.after = mark.after.model_copy(update=form)
        # What is inserted is so in this form: the text before knows no other one.
        if not mark.inserted_by:
            mark.relabelled_by = operation.id


def _translate(stream: Stream, operation: Translate) -> None:
    if stream.language == operation.language:
        for lineage, text in operation.texts.items():
            stream.rewrite(stream.visible(lineage), tokens(text), operation.id)


_TAKING: dict[type, Callable[[Stream, Any], None]] = {
    Replace: _replace,
    Insert: _insert,
    Delete: _delete,
    Split: _split,
    Merge: _merge,
    Move: _move,
    Relabel: _relabel,
    Translate: _translate,
}
