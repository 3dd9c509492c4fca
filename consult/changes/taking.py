"""Accepted amendments taken into a change set: one replacement a paragraph, in any order the same.

Functions of plain data. What can't be taken without somebody's words waits, with the reason; it is
never guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4, uuid5

from consult.changes.applying import apply
from consult.changes.composing import Way, composed
from consult.changes.operations import (
    Delete,
    Insert,
    Merge,
    Operation,
    Replace,
    Split,
    touched,
)
from consult.text.document import Block, BlockKind, Document
from consult.text.merging import merge

INSERTED = "paragraph"


class Why(StrEnum):
    """Why an accepted amendment waits for the drafter's words."""

    CONFLICT = "conflict"
    PARTLY = "partly"
    LANGUAGE = "language"
    GONE = "gone"


@dataclass(frozen=True)
class Accepted:
    """An accepted amendment as it stands to the draft before. `inserts`: a new paragraph after.

    `number` orders what is inserted in one place. `whole`: accepted as it is, not partly. `fits`:
    the words it speaks of are still those of the draft.
    """

    way: Way
    number: int
    inserts: bool = False
    whole: bool = True
    fits: bool = True


@dataclass(frozen=True)
class Waiting:
    """Accepted amendments of one paragraph that the drafter must find words for."""

    lineage: UUID
    why: Why
    accepted: tuple[Accepted, ...]


@dataclass(frozen=True)
class Taken:
    """The change set with what could be taken, and what waits."""

    operations: tuple[Operation, ...]
    waiting: tuple[Waiting, ...]


def take(
    base: Document,
    operations: Sequence[Operation],
    accepted: Iterable[Accepted],
    known: Mapping[UUID, Accepted],
) -> Taken:
    """Take accepted amendments into a change set of a draft.

    `known`: the amendments behind the change set already, by contribution.
    """
    taking = _Taking(base, list(operations), known)
    asked: dict[UUID, list[Accepted]] = {}
    for one in sorted(accepted, key=_order):
        why = waits(base, one)
        if why is not None:
            taking.wait(why, [one])
        elif one.inserts:
            taking.insert(one)
        else:
            asked.setdefault(one.way.lineage, []).append(one)
    for lineage, group in asked.items():
        taking.reword(lineage, group)
    return Taken(tuple(taking.operations), taking.left())


def waits(base: Document, one: Accepted) -> Why | None:
    """Why it can't be taken by itself, whatever else is accepted; None if it can."""
    if base.find(one.way.lineage) is None:
        return Why.GONE
    if not one.whole:
        return Why.PARTLY
    stands_already = one.inserts and base.find(_lineage_of(one)) is not None
    if stands_already or not one.fits:
        return Why.CONFLICT
    if one.way.language != base.source and one.way.text is not None:
        return Why.LANGUAGE
    return None


def _order(one: Accepted) -> tuple[int, UUID]:
    return one.number, one.way.contribution


class _Taking:
    """A change set on its way to hold accepted amendments."""

    def __init__(
        self, base: Document, operations: list[Operation], known: Mapping[UUID, Accepted]
    ) -> None:
        self.base = base
        self.operations = operations
        self.known = dict(known)
        self.waiting: dict[tuple[UUID, Why], list[Accepted]] = {}

    def wait(self, why: Why, group: Sequence[Accepted]) -> None:
        """Leave these, of one paragraph, to the drafter."""
        self.waiting.setdefault((group[0].way.lineage, why), []).extend(group)

    def left(self) -> tuple[Waiting, ...]:
        """What waits, in reading order."""
        found = [Waiting(at, why, tuple(group)) for (at, why), group in self.waiting.items()]
        last = len(self.base.blocks)
        return tuple(sorted(found, key=lambda one: self.base.at.get(one.lineage, last)))

    def insert(self, one: Accepted) -> None:
        """Put a new paragraph after its place, behind those of lower numbers there."""
        after = self._before(one) or one.way.lineage
        new = Insert(
            block=new_block(self.base, one), after=after, contributions=(one.way.contribution,)
        )
        ending = (at for at, other in enumerate(self.operations) if _ends(other, after))
        self.operations.insert(next(ending, len(self.operations)), new)
        self.known[one.way.contribution] = one

    def _before(self, one: Accepted) -> UUID | None:
        """The last paragraph of a lower number that was taken for the same place, or None."""
        found = [
            (self.known[other.contributions[0]], other.block.lineage)
            for other in self.operations
            if isinstance(other, Insert)
            and len(other.contributions) == 1
            and other.contributions[0] in self.known
        ]
        lower = [
            (_order(other), lineage)
            for other, lineage in found
            if other.way.lineage == one.way.lineage and _order(other) < _order(one)
        ]
        return max(lower)[1] if lower else None

    def reword(self, lineage: UUID, group: list[Accepted]) -> None:
        """Change a paragraph as all of these say, or leave them to the drafter."""
        old = next((other for other in self.operations if self._own(other, lineage)), None)
        others = [
            other
            for other in self.operations
            if other is not old and isinstance(other, Replace | Delete | Split | Merge)
        ]
        if any(lineage in touched(other) for other in others):
            self._over(lineage, group)
            return
        before = [self.known[one] for one in old.contributions] if old else []
        together = {one.way.contribution: one for one in (*before, *group)}
        group = sorted(together.values(), key=_order)
        new = self._made(lineage, group, old)
        if new is None:
            self.wait(Why.CONFLICT, group)
        elif old is None:
            self.operations.append(new)
        else:
            self.operations[self.operations.index(old)] = new

    def _own(self, other: Operation, lineage: UUID) -> bool:
        """Whether an operation is what taking amendments of this paragraph gave, unchanged."""
        if other.note or not other.contributions or lineage not in touched(other):
            return False
        if not all(one in self.known for one in other.contributions):
            return False
        group = sorted((self.known[one] for one in other.contributions), key=_order)
        made = self._made(lineage, group, other)
        return made is not None and made.model_dump() == other.model_dump()

    def _made(
        self, lineage: UUID, group: Sequence[Accepted], old: Operation | None
    ) -> Operation | None:
        """What all of these make of a paragraph; None where they conflict."""
        ways = [one.way for one in group]
        contributions = tuple(way.contribution for way in ways)
        identity = old.id if old else uuid4()
        if all(way.text is None for way in ways):
            return Delete(id=identity, lineage=lineage, contributions=contributions)
        text = composed(self._text(self.base, lineage), ways).text
        if text is None:
            return None
        texts = {self.base.source: text}
        return Replace(id=identity, lineage=lineage, texts=texts, contributions=contributions)

    def _over(self, lineage: UUID, group: list[Accepted]) -> None:
        """Take them over what the drafter did to the paragraph already, where both fit."""
        now = apply(self.base, self.operations)
        made = self._made(lineage, group, None)
        if now.find(lineage) is None:
            self.wait(Why.GONE, group)
            return
        base, mine = self._text(self.base, lineage), self._text(now, lineage)
        merged = (
            merge(base, mine, made.texts[self.base.source]).text
            if isinstance(made, Replace)
            else None
        )
        if made is None or merged is None:
            self.wait(Why.CONFLICT, group)
        else:
            texts = {self.base.source: merged}
            self.operations.append(
                Replace(lineage=lineage, texts=texts, contributions=made.contributions)
            )

    def _text(self, document: Document, lineage: UUID) -> str:
        block = document.find(lineage)
        return block.texts.get(document.source, "") if block else ""


def _ends(operation: Operation, lineage: UUID) -> bool:
    """Whether nothing can follow a paragraph any more after an operation."""
    return isinstance(operation, Delete | Split | Merge) and lineage in touched(operation)


def new_block(base: Document, one: Accepted) -> Block:
    """The paragraph an amendment inserts: numbered and as deep as the one it follows.

    After a heading it takes after the paragraph that follows there.
    """
    at = base.at[one.way.lineage]
    like = next(
        (other for other in base.blocks[at:] if other.kind is BlockKind.PARAGRAPH),
        Block(lineage=one.way.lineage),
    )
    return Block(
        lineage=_lineage_of(one),
        level=like.level,
        number=like.number,
        texts={one.way.language: one.way.text or ""},
    )


def _lineage_of(one: Accepted) -> UUID:
    """What the paragraph that an amendment inserts is known by, in whichever draft."""
    return uuid5(one.way.contribution, INSERTED)
