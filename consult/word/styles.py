"""What a file's styles do to paragraphs and words: outline levels, lists, direction, bold.

Follows `basedOn` from style to style and stops at a circle. Knows the file's style sheet only, not
what Word would make of a style it doesn't define.
"""

import re
from collections.abc import Iterator
from typing import Any

from consult.word.names import is_on, value, w

_HEADING = re.compile(r"heading\s?([1-9])", re.IGNORECASE)
_TITLES = {"title"}


class Styles:
    """The styles of one file. Without a style sheet, ids that Word itself writes are understood."""

    def __init__(self, root: Any) -> None:
        found = [] if root is None else root.iterchildren(w("style"))
        self._styles = {value(style, "styleId") or "": style for style in found}
        self._standard = next(
            (key for key, style in self._styles.items() if self._is_standard(style)), ""
        )

    @staticmethod
    def _is_standard(style: Any) -> bool:
        given = (value(style, "default") or "").lower()
        return value(style, "type") == "paragraph" and given in {"1", "true", "on"}

    def name(self, key: str) -> str:
        """A style's name in English, as Word stores it in every language; its id if it has none."""
        style = self._styles.get(key)
        return (value(style.find(w("name"))) if style is not None else None) or key

    def chain(self, key: str) -> Iterator[Any]:
        """A style and those it is based on, itself first; a paragraph without one has a default."""
        seen = set()
        key = key or self._standard
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = value(self._styles[key].find(w("basedOn"))) or ""

    def nearest(self, key: str, path: str) -> Any:
        """The first element at a path in a style or those it is based on; None if none has it."""
        return next(
            (found for style in self.chain(key) if (found := style.find(path)) is not None), None
        )

    def heading(self, key: str) -> int | None:
        """The heading level that a style's name alone gives, from 1; a title's is 1."""
        for name in [
            self.name(key),
            *(self.name(value(s, "styleId") or "") for s in self.chain(key)),
        ]:
            if found := _HEADING.fullmatch(name.strip()):
                return int(found[1])
            if name.strip().lower() in _TITLES:
                return 1
        return None

    def sets(self, key: str, switch: str) -> bool:
        """Whether a style turns a switch of its words on, such as "b"."""
        return bool(is_on(self.nearest(key, f"{w('rPr')}/{w(switch)}")))
