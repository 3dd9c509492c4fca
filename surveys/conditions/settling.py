"""Trees with part of what they look at settled: a browser knows only one page's answers."""

from collections.abc import Mapping
from typing import Any

from surveys.conditions.context import Scope
from surveys.conditions.evaluation import evaluate
from surveys.conditions.scopes import of_answers
from surveys.conditions.trees import Tree, references
from surveys.conditions.values import UNKNOWN

_WHOLE = frozenset({"indexed_repeat", "choice_name"})
"""Functions with arguments that name a question instead of standing for its answers."""


def settled(tree: Tree, scope: Scope, *, keep: frozenset[str]) -> dict[str, Any]:
    """The tree with all that looks outside `keep` replaced by its value in this scope.

    What is still unknown stays as it is, and is unknown to the browser too. Raises EvaluationError.
    """
    outside = not references(tree) & keep
    if outside and (tree.keys() & {"ref", "up", "lookup"} or tree.get("op") in _WHOLE):
        value = evaluate(tree, scope)
        if value is UNKNOWN:
            return dict(tree)
        return {"value": list(value) if isinstance(value, tuple) else value}
    if "op" in tree:
        parts = enumerate(tree["args"])
        return {**tree, "args": [
            dict(part) if _names(tree["op"], place) else settled(part, scope, keep=keep)
            for place, part in parts
        ]}  # fmt: skip
    if "where" in tree:
        return {**tree, "where": settled(tree["where"], scope, keep=keep)}
    return dict(tree)


def _names(operator: str, place: int) -> bool:
    """Whether the argument at this place names a question or a repeat."""
    if operator == "indexed_repeat":
        return place == 0 or place % 2 == 1
    return operator == "choice_name" and place == 1


def bound(tree: Tree, answers: Mapping[str, Any], *, keep: frozenset[str]) -> dict[str, Any]:
    """The tree with every reference outside `keep` replaced by its stored answer."""
    return settled(tree, of_answers(answers), keep=keep)
