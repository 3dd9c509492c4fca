"""Who reads results, and which filters they may set without working out a small region.

The groups of regions themselves are `movement.disclosure`'s.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from movement.disclosure import Group


class Audience(StrEnum):
    """Who reads: staff see everything, Co-Chairs no small region."""

    STAFF = "staff"
    CO_CHAIR = "co_chair"


def filter_allowed(selected: Collection[str], groups: Sequence[Group]) -> bool:
    """Whether figures of these regions alone may stand beside those of all.

    Only whole groups may be selected. A union of groups that are empty or large enough is empty
    or large enough itself, and so is the rest, which a reader gets by subtracting.
    """
    wanted = set(selected)
    known = {region for group in groups for region in group.regions}
    whole = all(wanted.isdisjoint(g.regions) or wanted.issuperset(g.regions) for g in groups)
    return bool(groups) and wanted <= known and whole
