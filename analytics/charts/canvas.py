"""A small SVG under construction: shapes and wrapped texts, mirrored for right to left.

Only presentation attributes and classes are written, because the page's policy allows no inline
style or script; every text and attribute is escaped. It refuses to know charts.
"""

import html
import re
from textwrap import wrap

WIDTH = 360
"""The drawing's width in its own units: a phone's, so that a text of 12 is 12 pixels there."""

TEXT = 13
LINE = 17
"""Heights of letters and of a line of text."""

_EM = 0.58  # a letter's usual width in parts of the text's size, a little generous
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """The text fit for XML: markup escaped, characters XML has no way to say left out."""
    return html.escape(_FORBIDDEN.sub("", text))


def width_of(text: str, size: int = TEXT) -> float:
    """The room a text is given; fonts differ, so it is a guess on the wide side."""
    return len(text) * size * _EM


def wrapped(text: str, width: float, size: int = TEXT) -> list[str]:
    """The text in lines of this width, broken between words where it can be; nothing is cut.

    A word that is hardly too long stays whole, since the room given to letters is generous.
    """
    letters = max(4, int(width / (size * _EM)))
    longest = max(map(len, text.split()), default=0)
    return wrap(text, longest if letters < longest <= letters + 2 else letters) or [""]


class Canvas:
    """Elements drawn so far. Positions are given as for left to right.

    `mirrored`: drawn from the right. `isolated`: texts find their own direction, as those of a
    language written from the right need in a drawing that isn't mirrored.
    """

    def __init__(
        self, width: float = WIDTH, *, mirrored: bool = False, isolated: bool = False
    ) -> None:
        self.width = width
        self.mirrored = mirrored
        self._around = "\u2068{}\u2069" if isolated else "{}"
        self._parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, **more: object) -> None:
        """A rectangle, by its corner at the reading side."""
        left = self.width - x - width if self.mirrored else x
        size = {"x": left, "y": y, "width": max(width, 0), "height": height}
        self._parts.append(f"<rect{_attributes({**size, **more})}/>")

    def text(self, x: float, y: float, text: str, **more: object) -> None:
        """One line of text with its baseline at y; `text_anchor` follows the reading direction."""
        at = self.width - x if self.mirrored else x
        written = self._around.format(escaped(text))
        self._parts.append(f"<text{_attributes({'x': at, 'y': y, **more})}>{written}</text>")

    def lines(self, x: float, y: float, lines: list[str], **more: object) -> float:
        """Lines of text below y; where the next thing may start."""
        for number, line in enumerate(lines):
            self.text(x, y + LINE * number + TEXT, line, **more)
        return y + LINE * len(lines)

    def shape(self, element: str, **more: object) -> None:
        """Any other element without content, in absolute positions."""
        self._parts.append(f"<{element}{_attributes(more)}/>")

    def svg(self, label: str, height: float, *, wide: bool = False) -> str:
        """The finished drawing. `wide`: it keeps its size and scrolls, where others shrink."""
        # Always said: a page written from the right would hand its direction down.
        direction = "rtl" if self.mirrored else "ltr"
        kind = "chart chart-wide" if wide else "chart"
        box = f"0 0 {_number(self.width)} {_number(height)}"
        size = f' width="{_number(self.width)}"' if wide else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" viewBox="{box}"{size}'
            f' role="img" aria-label="{escaped(label)}" font-size="{TEXT}" fill="currentColor"'
            f' direction="{direction}">{"".join(self._parts)}</svg>'
        )


def _attributes(values: dict[str, object]) -> str:
    given = ((name.replace("_", "-"), value) for name, value in values.items())
    return "".join(f' {name}="{_written(name, v)}"' for name, v in given if v is not None)


def _written(name: str, value: object) -> str:
    if isinstance(value, float) and not name.startswith("data-"):
        return _number(value)
    return escaped(str(value))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
