"""Paths from one thing of a form to another, for names that stand in several groups."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from surveys.checks.subjects import TREES
from surveys.conditions import references
from surveys.definition import Question

Chain = tuple[str, ...]


class Named(Protocol):
    """What stands in an outline (`surveys.xlsform.outline.Node`)."""

    name: str
    paths: dict[str, str]

    @property
    def thing(self) -> Any:
        """The section, group or question."""

    @property
    def inside(self) -> Sequence["Named"]:
        """What stands in it."""


def lead(nodes: Sequence[Named]) -> None:
    """Give each node the paths to those it refers to whose names others have too."""
    chains = list(_chains(nodes, ()))
    asked = [(node, chain) for node, chain in chains if isinstance(node.thing, Question)]
    names = Counter(node.name for node, _chain in asked)
    several = {node.thing.code: chain for node, chain in asked if names[node.name] > 1}
    for node, chain in chains if several else ():
        node.paths.update(_paths(node, chain, several))


def _chains(nodes: Sequence[Named], above: Chain) -> Iterator[tuple[Named, Chain]]:
    for node in nodes:
        chain = (*above, node.name)
        yield node, chain
        yield from _chains(node.inside, chain)


def _paths(node: Named, chain: Chain, several: Mapping[str, Chain]) -> dict[str, str]:
    trees = (getattr(node.thing, name, None) for name in TREES)
    codes = sorted({code for tree in trees for code in references(tree)} & several.keys())
    return {code: _path(chain, several[code]) for code in codes}


def _path(start: Chain, end: Chain) -> str:
    """The way from one to the other; from current(), as conditions on choices need it."""
    shared = 0
    for one, other in zip(start, end, strict=False):
        if one != other:
            break
        shared += 1
    return "/".join(("current()", *[".."] * (len(start) - shared), *end[shared:]))
