"""How the choices of a select are handed to WTForms."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """Choices from pairs of a value and its text, which may be lazy."""
    return [SelectChoice(value, text) for value, text in pairs]
