"""Accepted amendments made one text, as far as they let themselves: a person writes the rest.

Functions of plain data. Two amendments that change the same words differently are never merged;
a change set that follows both needs the drafter's own words, and a note on how it was settled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from consult.changes.operations import Delete, Merge, Operation, Replace, Split, touched
from consult.text.document import Document
from consult.text.merging import Merged, merge_all


@dataclass(frozen=True)
class Way:
    """What one amendment makes of a paragraph. `text` None: nothing, the paragraph is deleted."""

    contribution: UUID
    lineage: UUID
    language: str
    text: str | None


def composed(base: str, ways: Sequence[Way]) -> Merged:
    """What all of them make of a paragraph's text, in any order the same.

    Without a text where they conflict, and where one deletes what another changes.
    """
    texts = [way.text for way in ways if way.text is not None]
    if len(texts) < len(ways):
        return Merged(None)
    return merge_all(base, texts)


def conflicting(base: str, ways: Sequence[Way]) -> bool:
    """Whether they can't all be followed at once. Several deletions agree."""
    if all(way.text is None for way in ways):
        return False
    return composed(base, ways).text is None


@dataclass(frozen=True)
class Unsettled:
    """Conflicting amendments behind one paragraph's changes, without a drafter's text."""

    lineage: UUID
    contributions: tuple[UUID, ...]


def unsettled(
    base: Document, operations: Iterable[Operation], ways: Mapping[UUID, Way]
) -> list[Unsettled]:
    """The paragraphs for which a change set follows conflicting amendments, in reading order.

    Settled is one whose conflicting amendments all stand behind one operation that carries a note:
    the drafter's own text. `ways`: by contribution; others are no amendments of a paragraph.
    """
    followed: dict[tuple[UUID, str], dict[UUID, Way]] = {}
    done = [one for one in operations if one.contributions]
    for operation in done:
        for one in operation.contributions:
            way = ways.get(one)
            if way is not None and way.lineage in _changed(operation):
                followed.setdefault((way.lineage, way.language), {})[one] = way
    found = []
    for (lineage, language), group in followed.items():
        block = base.find(lineage)
        text = block.texts.get(language, "") if block else ""
        settled = any(_settles(one, lineage, set(group)) for one in done)
        if len(group) > 1 and not settled and conflicting(text, list(group.values())):
            found.append(Unsettled(lineage, tuple(sorted(group))))
    return sorted(found, key=lambda one: base.at.get(one.lineage, len(base.at)))


def _settles(operation: Operation, lineage: UUID, behind: set[UUID]) -> bool:
    """Whether it is the drafter's own text for a paragraph, in answer to all of these."""
    answers = behind <= set(operation.contributions) and lineage in _changed(operation)
    return answers and bool(operation.note.strip())


def _changed(operation: Operation) -> tuple[UUID, ...]:
    """The paragraphs whose words an operation decides."""
    return touched(operation) if isinstance(operation, Replace | Delete | Split | Merge) else ()
