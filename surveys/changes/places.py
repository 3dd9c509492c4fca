"""What moved in a list whose members are known by a key."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def new_order(before: Iterable[Key], after: Iterable[Key]) -> bool:
    """Whether those that stand in both lists stand in another order."""
    former, present = list(before), list(after)
    common = set(former) & set(present)
    return [k for k in former if k in common] != [k for k in present if k in common]


def moves(before: Sequence[Key], after: Sequence[Key]) -> set[Key]:
    """The fewest members to move so that those in both lists come into their new order.

    All but a longest increasing run of former positions (patience sorting, n log n).
    """
    position = {key: number for number, key in enumerate(before)}
    common = [key for key in after if key in position]
    tails: list[int] = []
    ends: list[int] = []
    behind: list[int] = []
    for number, key in enumerate(common):
        place = bisect_left(tails, position[key])
        behind.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(position[key])
            ends.append(number)
        else:
            tails[place], ends[place] = position[key], number
    stay: set[Key] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        stay.add(common[at])
        at = behind[at]
    return set(common) - stay
