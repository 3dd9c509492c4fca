"""Accepted amendments made one text, as far as they let themselves: a person writes the rest.

Functions of plain data. Two amendments that change the same words differently are never merged;
a change set that follows both needs the drafter's own words, and a note on how it was settled.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from consult.changes.operations import (
    Delete,
    Merge,
    Operation,
    Replace,
    Split,
    made,
    touched,
)
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
    followed: dict[UUID, dict[UUID, Way]] = {}
    done = [(one, deciding) for one, deciding in _deciding(operations) if one.contributions]
    for operation, deciding in done:
        for one in operation.contributions:
            way = ways.get(one)
            if way is not None and way.lineage in deciding:
                followed.setdefault(way.lineage, {})[one] = way
    found: dict[UUID, set[UUID]] = {}
    for lineage, all_ways in followed.items():
        block = base.find(lineage)
        noted = [set(one.contributions) for one, deciding in done
                 if lineage in deciding and one.note.strip()]  # fmt: skip
        for language, group in _groups(all_ways).items():
            text = block.texts.get(language, "") if block else ""
            settled = any(set(group) <= behind for behind in noted)
            if len(group) > 1 and not settled and conflicting(text, list(group.values())):
                found.setdefault(lineage, set()).update(group)
    order = sorted(found, key=lambda one: base.at.get(one, len(base.at)))
    return [Unsettled(one, tuple(sorted(found[one]))) for one in order]


def _groups(ways: Mapping[UUID, Way]) -> dict[str, dict[UUID, Way]]:
    """One paragraph's amendments by the language of their words; deletions speak of every one."""
    languages = {way.language for way in ways.values() if way.text is not None}
    return {
        language: {
            one: way for one, way in ways.items() if way.text is None or way.language == language
        }
        for language in sorted(languages)
    }


def _deciding(operations: Iterable[Operation]) -> Iterator[tuple[Operation, frozenset[UUID]]]:
    """Each operation with the paragraphs whose words it decides, and those that they came of.

    Whoever rewords a part of a divided paragraph decides on the whole one's words.
    """
    came: dict[UUID, frozenset[UUID]] = {}
    for operation in operations:
        if not isinstance(operation, Replace | Delete | Split | Merge):
            yield operation, frozenset()
            continue
        own = touched(operation)
        deciding = frozenset(own).union(*(came.get(one, ()) for one in own))
        came |= {block.lineage: deciding for block in made(operation)}
        yield operation, deciding
