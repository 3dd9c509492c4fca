"""A paragraph's properties out of its own settings and its style's."""

from typing import Any

from consult.word.contents import Form, Listed
from consult.word.names import is_on, number, value, w
from consult.word.numbering import Numbering
from consult.word.styles import Styles

_LAST_OUTLINE = 9


class Forms:
    """Reads paragraph properties by one file's styles and lists. Equal ones are read once."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def form(self, paragraph: Any) -> Form:
        """The properties of a `w:p`. Tracked changes of format count as made."""
        settings = paragraph.find(w("pPr"))
        style = value(_in(settings, "pStyle")) or ""
        listed = self._listed(settings, style)
        return Form(
            style_id=style,
            style=self._styles.name(style),
            outline=self._outline(settings, style),
            listed=listed,
            indent=self._indent(settings, style, listed),
            bidi=bool(is_on(self._own_or_style(settings, style, "bidi"))),
            language=_language(paragraph, settings),
        )

    def _own_or_style(self, settings: Any, style: str, name: str) -> Any:
        own = _in(settings, name)
        return own if own is not None else self._styles.nearest(style, f"{w('pPr')}/{w(name)}")

    def _outline(self, settings: Any, style: str) -> int | None:
        level = number(self._own_or_style(settings, style, "outlineLvl"))
        if level is not None:
            return level + 1 if 0 <= level < _LAST_OUTLINE else None
        return self._styles.heading(style)

    def _listed(self, settings: Any, style: str) -> Listed | None:
        own = _in(settings, "numPr")
        inherited = self._styles.nearest(style, f"{w('pPr')}/{w('numPr')}")
        key = value(_in(own, "numId")) or value(_in(inherited, "numId"))
        if key is None or not self._numbering.has(key):
            return None
        level = number(_in(own, "ilvl"))
        if level is None:
            level = self._numbering.level_of_style(key, style)
        if level is None:
            level = number(_in(inherited, "ilvl")) or 0
        return Listed(key, min(max(level, 0), 8))

    def _indent(self, settings: Any, style: str, listed: Listed | None) -> int:
        """Its left margin; at the start of the line, which is the right in Arabic."""
        ways = (
            _in(settings, "ind"),
            self._numbering.indent(listed) if listed else None,
            self._styles.nearest(style, f"{w('pPr')}/{w('ind')}"),
        )
        for way in ways:
            for name in ("start", "left"):
                if (found := number(way, name)) is not None:
                    return found
        return 0


def _in(element: Any, name: str) -> Any:
    return None if element is None else element.find(w(name))


def _language(paragraph: Any, settings: Any) -> str:
    """The language its first words are marked as; of the two a run can name, the script's."""
    bidi = bool(is_on(_in(settings, "bidi")))
    for run in paragraph.iter(w("r")):
        own = _in(_in(run, "rPr"), "lang")
        if own is not None:
            return value(own, "bidi" if bidi else "val") or value(own) or ""
    return ""
