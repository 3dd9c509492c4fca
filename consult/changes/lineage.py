"""What became of each paragraph: the one it is now, those it became, or none.

A paragraph keeps its lineage through renumbering, moving and rewording. Splitting and merging end
it in favour of others, deleting ends it for good: then what was said of it stands by a tombstone.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from consult.changes.operations import Delete, Merge, Operation, Split
from consult.text.document import Block, Document

Fates = Mapping[UUID, tuple[UUID, ...]]
"""For each lineage that ended: those that go on for it, in reading order; none if deleted."""


def fates(operations: Iterable[Operation]) -> dict[UUID, tuple[UUID, ...]]:
    """What became, by the end of these operations, of each lineage that one of them ended."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    for operation in operations:
        ended: dict[UUID, tuple[UUID, ...]] = {}
        if isinstance(operation, Delete):
            ended = {operation.lineage: ()}
        elif isinstance(operation, Split):
            ended = {operation.lineage: tuple(block.lineage for block in operation.into)}
        elif isinstance(operation, Merge):
            ended = dict.fromkeys(operation.lineages, (operation.into.lineage,))
        if ended:
            found = {lineage: _followed(heirs, ended) for lineage, heirs in found.items()}
            found |= ended
    return found


def resolve(lineage: UUID, chain: Iterable[Fates]) -> tuple[UUID, ...]:
    """The lineages that go on for one, after these change sets in order; none if it is gone."""
    heirs: tuple[UUID, ...] = (lineage,)
    for step in chain:
        heirs = _followed(heirs, step)
    return heirs


def blocks_now(lineages: Iterable[UUID], chain: Sequence[Fates], text: Document) -> list[Block]:
    """The blocks of a later text that go on for these lineages, in its order; those gone have none.

    `chain`: the change sets that lead to it, in order.
    """
    heirs = {heir for one in lineages for heir in resolve(one, chain) if heir in text.at}
    return [text.blocks[at] for at in sorted(text.at[heir] for heir in heirs)]


def _followed(heirs: tuple[UUID, ...], step: Fates) -> tuple[UUID, ...]:
    """Each heir replaced by its own, none twice."""
    return tuple(dict.fromkeys(next_one for heir in heirs for next_one in step.get(heir, (heir,))))
