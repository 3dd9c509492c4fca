"""How deep paragraphs stand: by the lists they are in, and where lists are separate by margins.

Sub-paragraphs are often a list of their own in Word, at its first level, and only set in further.
"""

from dataclasses import dataclass

from consult.text.document import DEEPEST
from consult.word.contents import Form
from consult.word.numbering import Numbering


@dataclass(frozen=True)
class _Open:
    """An item that what follows may belong to."""

    definition: str
    level: int
    indent: int
    depth: int


class Depths:
    """Gives paragraphs their depth one after the other."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._open: list[_Open] = []
        self._above = 0

    def heading(self) -> None:
        """Begin anew below a heading."""
        self._open = []

    def depth(self, form: Form) -> int:
        """The depth of the next paragraph: at most one more than the one above it has."""
        found = self._of_item(form) if form.listed else self._of_text(form)
        self._above = min(found, self._above + 1, DEEPEST)
        return self._above

    def _of_item(self, form: Form) -> int:
        assert form.listed is not None  # noqa: S101 - asked for items only
        definition, level = self._numbering.definition(form.listed.list), form.listed.level
        same = [one for one in self._open if one.definition == definition]
        if any(one.level <= level for one in same):
            while self._open[-1].definition != definition or self._open[-1].level > level:
                self._open.pop()
            last = self._open[-1]
            depth = last.depth + (level - last.level)
            if last.level == level:
                self._open.pop()
        else:
            while self._open and self._open[-1].indent >= form.indent:
                self._open.pop()
            depth = (self._open[-1].depth + 1 if self._open else 0) + level
        depth = min(depth, self._above + 1, DEEPEST)
        self._open.append(_Open(definition, level, form.indent, depth))
        return depth

    def _of_text(self, form: Form) -> int:
        if form.indent <= 0:
            return 0
        around = (one.depth for one in reversed(self._open) if one.indent <= form.indent)
        return next(around, -1) + 1
