"""Translatable sentences for code that knows no Flask: marked here, translated where shown."""

from typing import Any


class Lazy:
    """A sentence still in English, with its values; `str()` of it speaks the current language."""

    __slots__ = ("message", "values")

    def __init__(self, message: str, values: dict[str, Any]) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        from flask_babel import gettext  # noqa: PLC0415  # only showing needs Flask, marking doesn't

        return str(
            gettext(
                self.message,
                **{k: str(v) if isinstance(v, Lazy) else v for k, v in self.values.items()},
            )
        )

    def __repr__(self) -> str:
        return f"Lazy({self.message!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lazy) and (self.message, self.values) == (
            other.message,
            other.values,
        )

    def __hash__(self) -> int:
        return hash(self.message)


def lazy(message: str, **values: Any) -> Lazy:
    """Mark a sentence for translation; `%(name)s` in it is filled from `values`."""
    return Lazy(message, values)
