"""The scope that a shared vector describes, and its values as JSON; the browser's is alike."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from surveys.conditions import UNKNOWN, Unknown, Value


class VectorScope:
    """A scope from plain data.

    `values`: by code a text, several, or None while unknown; `positions`: from the innermost
    repeat; `choice_names`: labels by question and choice; `columns`; `lists`; `this`; `now`.
    """

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self._scope = scope
        self.now = datetime.fromisoformat(scope["now"])

    def values(self, code: str) -> tuple[str, ...] | Unknown:
        found = self._scope["values"].get(code, [])
        if found is None:
            return UNKNOWN
        return (found,) if isinstance(found, str) else tuple(found)

    def this(self) -> str:
        return str(self._scope["this"])

    def position(self, levels: int) -> int:
        return int(self._scope["positions"][levels - 1])

    def indexed(self, code: str, places: Sequence[tuple[str, int]]) -> str | Unknown:
        found = self.values(code)
        place = places[-1][1]
        if found is UNKNOWN:
            return UNKNOWN
        return found[place - 1] if 0 < place <= len(found) else ""

    def choice_name(self, value: str, code: str) -> str | Unknown:
        return str(self._scope["choice_names"][code].get(value, ""))

    def column(self, name: str) -> str:
        return str(self._scope["columns"][name])

    def lookup(self, name: str) -> Sequence[Mapping[str, str]]:
        found: Sequence[Mapping[str, str]] = self._scope.get("lists", {}).get(name, ())
        return found


def same(one: Any, other: Any) -> bool:
    """Whether two encoded values are the same: of one type, numbers to their fourteenth digit."""
    if isinstance(one, bool) or isinstance(other, bool) or not isinstance(one, int | float):
        return type(one) is type(other) and bool(one == other)
    return isinstance(other, int | float) and math.isclose(one, other, rel_tol=1e-14)


def encode(value: Value | Unknown) -> Any:
    """The value as JSON: numbers JSON can't write and the unknown as objects."""
    if value is UNKNOWN:
        return {"unknown": True}
    if isinstance(value, tuple):
        return list(value)
    if not isinstance(value, float):
        return value
    if math.isfinite(value) and (value or math.copysign(1, value) > 0):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    names = {math.inf: "Infinity", -math.inf: "-Infinity", 0.0: "-0"}
    return {"number": names.get(value, "NaN")}
