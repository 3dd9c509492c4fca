"""The order in which what needs each other can be worked out, or the circle that forbids one."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter


class CircularConditions(ValueError):
    """Questions whose conditions wait for each other, by their codes."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


def in_order(needs: Mapping[str, frozenset[str]]) -> list[str]:
    """The codes so that each comes after those it needs; CircularConditions if there is no such."""
    try:
        return [code for code in TopologicalSorter(needs).static_order() if code in needs]
    except CycleError:
        raise CircularConditions(_circles(needs)) from None


def _circles(needs: Mapping[str, frozenset[str]]) -> list[str]:
    """Those in a circle: whatever nothing else left needs, or needs nothing left, is dropped."""
    rest: set[str] = set()
    left = set(needs)
    while left != rest:
        rest = left
        needed = set().union(*(needs[code] for code in rest))
        left = {code for code in rest & needed if needs[code] & rest}
    return [code for code in needs if code in rest]
