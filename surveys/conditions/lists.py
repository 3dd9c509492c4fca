"""What expressions do with lists: chosen codes, the nodes of a node-set, answers ticked off."""

import math

from surveys.conditions.context import Context
from surveys.conditions.numbers import truncated
from surveys.conditions.values import Value, to_boolean, to_number, words


def is_selected(text: str, code: str) -> bool:
    """Whether the code is among those chosen; the empty one is where nothing is."""
    chosen, sought = words(text), words(code)
    return len(sought) == 1 and sought[0] in chosen if sought else not chosen


def selected_at(text: str, place: float) -> str:
    """The code chosen at this place, counted from 0; an empty text outside."""
    chosen, index = words(text), truncated(place)
    return chosen[int(index)] if 0 <= index < len(chosen) else ""


def filled(nodes: tuple[str, ...]) -> float:
    """How many nodes aren't empty."""
    return float(sum(1 for text in nodes if text))


def summed(context: Context, nodes: tuple[str, ...]) -> float:
    """The nodes' sum, of none 0; NaN where one is no number."""
    return sum((to_number(text, context.zone) for text in nodes), start=0.0)


def within(least: float, most: float, count: float) -> bool:
    """Whether a count lies between both; a negative bound is none."""
    return (least < 0 or count >= least) and (most < 0 or count <= most)


def checklist(least: float, most: float, *ticked: bool) -> bool:
    """Whether between `least` and `most` are true; -1 for no bound."""
    return within(least, most, float(sum(ticked)))


def weighted_checklist(least: float, most: float, *pairs: Value) -> bool:
    """Whether the weights of those that are true sum to between both; -1 for no bound.

    `pairs`: a value and its weight by turns; where both are node-sets, node by node.
    """
    weights = 0.0
    for value, weight in zip(pairs[::2], pairs[1::2], strict=True):
        ticked = value if isinstance(value, tuple) else (value,)
        heavy = [to_number(one) for one in (weight if isinstance(weight, tuple) else (weight,))]
        for place, one in enumerate(ticked):
            amount = heavy[place] if place < len(heavy) else 0.0
            weights += amount if to_boolean(one) and not math.isnan(amount) else 0.0
    return within(least, most, weights)
