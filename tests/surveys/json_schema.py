"""As much of a JSON Schema validator as the definition's schema asks for; other words fail."""

from collections.abc import Iterator, Mapping
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
NOTES = {"$schema", "$defs", "title", "description", "default", "format"}


def faults(schema: Mapping[str, Any], value: Any, root: Mapping[str, Any]) -> Iterator[str]:
    """Why the value is not valid; nothing if it is."""
    for word, told in schema.items():
        if word not in NOTES:
            yield from _RULES[word](schema, told, value, root)


def valid(schema: Mapping[str, Any], value: Any, root: Mapping[str, Any]) -> bool:
    return next(faults(schema, value, root), None) is None


def _ref(_schema: Any, told: str, value: Any, root: Mapping[str, Any]) -> Iterator[str]:
    yield from faults(root["$defs"][told.removeprefix("#/$defs/")], value, root)


def _type(_schema: Any, told: Any, value: Any, _root: Any) -> Iterator[str]:
    kinds = [told] if isinstance(told, str) else told
    fits = any(isinstance(value, TYPES[kind]) for kind in kinds)
    if not fits or (isinstance(value, bool) and "boolean" not in kinds):
        yield f"{value!r} is no {told}"


def _properties(_schema: Any, told: Any, value: Any, root: Any) -> Iterator[str]:
    for name in told.keys() & (value if isinstance(value, dict) else {}):
        yield from faults(told[name], value[name], root)


def _additional(schema: Any, told: Any, value: Any, root: Any) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in (value if isinstance(value, dict) else {}).keys() - known.keys():
        if told is False:
            yield f"{name} is unknown"
        elif told is not True:
            yield from faults(told, value[name], root)


def _required(_schema: Any, told: Any, value: Any, _root: Any) -> Iterator[str]:
    yield from (f"{name} is missing" for name in told if name not in value)


def _items(_schema: Any, told: Any, value: Any, root: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else ():
        yield from faults(told, one, root)


def _some(_schema: Any, told: Any, value: Any, root: Any) -> Iterator[str]:
    if not any(valid(one, value, root) for one in told):
        yield f"{value!r} is none of these"


def _one(_schema: Any, told: Any, value: Any, root: Any) -> Iterator[str]:
    if sum(valid(one, value, root) for one in told) != 1:
        yield f"{value!r} is not exactly one of these"


def _check(fits: Any) -> Any:
    def rule(_schema: Any, told: Any, value: Any, _root: Any) -> Iterator[str]:
        if not fits(told, value):
            yield f"{value!r} against {told!r}"

    return rule


_RULES: dict[str, Any] = {
    "$ref": _ref,
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "items": _items,
    "anyOf": _some,
    "oneOf": _one,
    "enum": _check(lambda told, value: value in told),
    "const": _check(lambda told, value: value == told),
    "minItems": _check(lambda told, value: len(value) >= told),
    "maxItems": _check(lambda told, value: len(value) <= told),
    "minimum": _check(lambda told, value: value >= told),
}
