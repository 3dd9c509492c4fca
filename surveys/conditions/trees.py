"""Trees: what a parsed expression is, as closed JSON, and how one is walked.

| node                                             | meaning                                       |
|--------------------------------------------------|-----------------------------------------------|
| `{"ref": code}`                                  | the answers to a question, or repeat's items  |
| `{"this": true}`                                 | the answer the expression belongs to          |
| `{"up": levels}`                                 | in position(): the item so many levels up     |
| `{"column": name}`                               | a column of the choice in question            |
| `{"value": text or number}`                      | itself; a list of texts is a settled node-set |
| `{"lookup": list, "where": tree, "take": column}`| a column of the form's own choices            |
| `{"op": name, "args": [trees]}`                  | a line of `surveys.conditions.operators`      |

It refuses to know how an expression is written (`surveys.expressions`), what operators do and how
a tree is stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Tree = Mapping[str, Any]
MAX_DEPTH = 80
MAX_NODES = 2_000


def nodes(tree: Tree) -> Iterator[tuple[Tree, int]]:
    """Every node with its depth (the root's is 1), the root first, without recursion."""
    waiting: list[tuple[Tree, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((child, depth + 1) for child in reversed(_children(node)))


def _children(node: Tree) -> Sequence[Tree]:
    if "where" in node:
        return (node["where"],)
    arguments: Sequence[Tree] = node.get("args", ())
    return arguments


def references(tree: Tree | None) -> frozenset[str]:
    """The codes of the questions, and of repeats, an expression looks at."""
    if tree is None:
        return frozenset()
    return frozenset(node["ref"] for node, _depth in nodes(tree) if "ref" in node)
