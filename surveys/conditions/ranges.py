"""Sets of characters in patterns, as JavaScript defines them, written for RE2. Reads no pattern."""

from dataclasses import dataclass
from typing import Final

LAST: Final = 0x10FFFF
Points = tuple[tuple[int, int], ...]
"""Ranges of code points, ends included."""


@dataclass(frozen=True)
class Characters:
    """A set of characters: ranges, and categories by the names both engines know."""

    points: Points
    named: tuple[str, ...] = ()

    @property
    def single(self) -> int | None:
        """The one character's code point; None for a set of more."""
        (low, high), *more = self.points or ((0, 1),)
        return None if self.named or more or low != high else low

    def joined(self, other: "Characters") -> "Characters":
        """Both sets as one."""
        return Characters(self.points + other.points, self.named + other.named)

    def written(self, *, negated: bool = False) -> str:
        """The set, or everything outside it, as a class of RE2's."""
        inside = "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in self.points)
        return f"[{'^' if negated else ''}{inside}{''.join(self.named)}]"


def character(point: int) -> Characters:
    """The set of this one character."""
    return Characters(((point, point),))


def _complement(points: Points) -> Points:
    gaps = []
    following = 0
    for low, high in sorted(points):
        if low > following:
            gaps.append((following, low - 1))
        following = max(following, high + 1)
    return (*gaps, (following, LAST))


LINE_ENDS: Final = Characters(((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)))
"""What a point doesn't stand for."""

_DIGITS: Points = ((0x30, 0x39),)
_WORDS: Points = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_SPACES: Points = (
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
)  # fmt: skip
CLASSES: Final = {
    letter: Characters(points)
    for small, inside in (("d", _DIGITS), ("w", _WORDS), ("s", _SPACES))
    for letter, points in ((small, inside), (small.upper(), _complement(inside)))
}
"""The sets \\d \\w \\s and their opposites \\D \\W \\S stand for."""
