"""Three texts merged word by word: what two changed in the same base, as one text.

Where both changed the same words differently nothing is decided: it is a conflict, and a person
writes the text. Changes that don't touch each other merge in any order to the same text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from consult.text.document import LONGEST_TEXT
from consult.text.inline import canonical
from consult.text.words import Edit, edits, tokens


@dataclass(frozen=True)
class Conflict:
    """Words of the base that are changed in different ways: the base's, and each way, as text."""

    base: str
    ways: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """The merged text, or None where there are conflicts."""

    text: str | None
    conflicts: tuple[Conflict, ...] = ()


def merge(base: str, ours: str, theirs: str) -> Merged:
    """What both made of the base. Equal changes count once."""
    return merge_all(base, [ours, theirs])


def merge_all(base: str, versions: Sequence[str]) -> Merged:
    """What all of them made of the base; the order of the versions makes no difference."""
    before = tokens(base)
    found = sorted(
        {edit for version in versions for edit in _edits(base, version)},
        key=lambda edit: (edit.start, edit.end, edit.tokens),
    )
    groups: list[list[Edit]] = []
    for edit in found:
        if groups and any(_meet(edit, other) for other in groups[-1]):
            groups[-1].append(edit)
        else:
            groups.append([edit])
    conflicts = tuple(_conflict(before, group) for group in groups if len(group) > 1)
    if conflicts:
        return Merged(None, conflicts)
    text = _applied(before, [group[0] for group in groups])
    if not _stands(text) and all(map(_stands, (base, *versions))):
        return Merged(None, (Conflict(base, tuple(sorted({*versions} - {base}))),))
    return Merged(text)


def _stands(text: str) -> bool:
    """Whether a paragraph may be so: marks that cross each other, each alone in order, are not."""
    return len(text) <= LONGEST_TEXT and canonical(text) == text


@lru_cache(maxsize=4_096)
def _edits(base: str, version: str) -> tuple[Edit, ...]:
    """What leads from a base to a version; remembered, for many are merged with the same one."""
    return tuple(edits(tokens(base), tokens(version)))


def _meet(one: Edit, other: Edit) -> bool:
    """Whether two edits concern the same words, or insert at one place or at the other's edge."""
    insertion = one.start == one.end or other.start == other.end
    if insertion:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _conflict(before: list[str], group: list[Edit]) -> Conflict:
    start, end = min(edit.start for edit in group), max(edit.end for edit in group)
    ways = [
        "".join((*before[start : edit.start], *edit.tokens, *before[edit.end : end]))
        for edit in group
    ]
    return Conflict("".join(before[start:end]), tuple(dict.fromkeys(ways)))


def _applied(before: list[str], chosen: list[Edit]) -> str:
    out: list[str] = []
    at = 0
    for edit in chosen:
        out += [*before[at : edit.start], *edit.tokens]
        at = edit.end
    return "".join((*out, *before[at:]))
