"""XPath's comparisons (section 3.4), with dates as days. Knows no trees."""

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

from surveys.conditions import moments
from surveys.conditions.context import Context
from surveys.conditions.values import Value, to_boolean, to_number

_ORDERING: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def equality(same: bool) -> Callable[[Context, Value, Value], bool]:  # noqa: FBT001  # = or !=
    """What = or != does: a node-set compares by any of its nodes, so both may be true of one."""
    numbers: Callable[[float, float], bool] = eq if same else ne

    def compare(context: Context, left: Value, right: Value) -> bool:
        if isinstance(left, bool) or isinstance(right, bool):
            return (to_boolean(left) == to_boolean(right)) is same
        if isinstance(left, float) or isinstance(right, float):
            return _any_pair(context, left, right, numbers)
        return any(
            _same_text(one, other, context.zone) is same
            for one, other in _pairs(context, left, right)
        )

    return compare


def ordering(sign: str) -> Callable[[Context, Value, Value], bool]:
    """What <, <=, > or >= does: it compares numbers, and dates as days."""
    numbers = _ORDERING[sign]

    def compare(context: Context, left: Value, right: Value) -> bool:
        if isinstance(left, bool):
            right = to_boolean(right) if isinstance(right, tuple) else right
        elif isinstance(right, bool):
            left = to_boolean(left) if isinstance(left, tuple) else left
        return _any_pair(context, left, right, numbers)

    return compare


def _any_pair(
    context: Context, left: Value, right: Value, true: Callable[[float, float], bool]
) -> bool:
    zone = context.zone
    ones = [to_number(one, zone) for one in _parts(left)]
    others = [to_number(other, zone) for other in _parts(right)]
    context.spend(len(ones) * len(others))
    return any(true(one, other) for one in ones for other in others)


def _parts(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _pairs(context: Context, left: Value, right: Value) -> list[tuple[str, str]]:
    ones = left if isinstance(left, tuple) else (str(left),)
    others = right if isinstance(right, tuple) else (str(right),)
    context.spend(len(ones) * len(others))
    return [(one, other) for one in ones for other in others]


def _same_text(one: str, other: str, zone: int) -> bool:
    """Whether two texts are the same, or as dates the same day: 2020-1-5 is 2020-01-05."""
    if one == other:
        return True
    if moments.read(one, zone) is None and moments.read(other, zone) is None:
        return False
    return to_number(one, zone) == to_number(other, zone)
