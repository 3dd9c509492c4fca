"""The lists of a file: what numbers its paragraphs show, counted as Word counts them.

Lists (`w:num`) that share a definition share its counters; one that overrides a start begins anew
where it first appears. What a number looks like is said by templates such as "%1.%2".
"""

import re
from dataclasses import dataclass
from typing import Any

from consult.word.contents import Listed
from consult.word.counting import written
from consult.word.names import is_on, number, value, w
from consult.word.styles import Styles

BULLET = "bullet"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """One level of a list. `text`: its template; `restart`: the level from 1 that sets it back."""

    text: str
    format: str
    start: int
    restart: int | None
    legal: bool
    suffix: str
    style: str
    indent: Any


class Numbering:
    """The lists of one file."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._definitions: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        self._styles = styles
        self._levels: dict[Listed, Level] = {}
        if root is not None:
            for found in root.iterchildren(w("abstractNum")):
                self._definitions[value(found, "abstractNumId") or ""] = found
            for found in root.iterchildren(w("num")):
                self._lists[value(found, "numId") or ""] = found

    def has(self, key: str) -> bool:
        """Whether there is such a list. The number 0 means that a paragraph has none."""
        return key in self._lists and self.definition(key) in self._definitions

    def definition(self, key: str) -> str:
        """The id of the definition that a list's counters belong to, links followed."""
        seen: set[str] = set()
        while key in self._lists and key not in seen:
            seen.add(key)
            found = value(self._lists[key].find(w("abstractNumId"))) or ""
            link = self._definitions.get(found)
            style = value(link.find(w("numStyleLink"))) if link is not None else None
            if style is None:
                return found
            linked = self._styles.nearest(style, f"{w('pPr')}/{w('numPr')}/{w('numId')}")
            key = value(linked) or ""
        return ""

    def level_of_style(self, key: str, style: str) -> int | None:
        """The level of a list that a paragraph style is tied to, if it is."""
        if not style:
            return None
        levels = (self.level(Listed(key, at)) for at in range(_LEVELS))
        return next((at for at, level in enumerate(levels) if level.style == style), None)

    def indent(self, listed: Listed) -> Any:
        """The margin that a list sets for a level (`w:ind`), or None."""
        return self.level(listed).indent

    def level(self, listed: Listed) -> Level:
        """A list's level with the list's own overrides."""
        if listed not in self._levels:
            self._levels[listed] = self._read(listed)
        return self._levels[listed]

    def start_override(self, listed: Listed) -> int | None:
        """Where this very list begins to count at a level, if it says so."""
        override = self._at(self._lists[listed.list], "lvlOverride", listed.level)
        return None if override is None else number(override.find(w("startOverride")))

    def _read(self, listed: Listed) -> Level:
        override = self._at(self._lists[listed.list], "lvlOverride", listed.level)
        own = None if override is None else override.find(w("lvl"))
        if own is None:
            definition = self._definitions[self.definition(listed.list)]
            own = self._at(definition, "lvl", listed.level)
        if own is None:
            return Level("", "none", 1, None, legal=False, suffix="tab", style="", indent=None)
        started = number(own.find(w("start")))
        return Level(
            text=value(own.find(w("lvlText"))) or "",
            format=_format(own),
            start=0 if started is None else started,
            restart=number(own.find(w("lvlRestart"))),
            legal=bool(is_on(own.find(w("isLgl")))),
            suffix=value(own.find(w("suff"))) or "tab",
            style=value(own.find(w("pStyle"))) or "",
            indent=own.find(f"{w('pPr')}/{w('ind')}"),
        )

    @staticmethod
    def _at(parent: Any, name: str, level: int) -> Any:
        found = parent.iterchildren(w(name))
        return next((one for one in found if number(one, "ilvl") == level), None)


def _format(level: Any) -> str:
    """How a level's numbers are written. Newer formats stand in a choice; the fallback is taken."""
    found = level.find(w("numFmt"))
    if found is None:
        found = next(level.iter(w("numFmt")), None)
    return value(found) or "decimal"


class Counters:
    """Counts the lists of a file, paragraph by paragraph, in reading order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._values: dict[str, dict[int, int]] = {}
        self._begun: set[Listed] = set()

    def label(self, listed: Listed | None) -> str:
        """The number of the next paragraph, "" for none. A bullet's is the sign the file names."""
        if listed is None:
            return ""
        level = self._numbering.level(listed)
        values = self._values.setdefault(self._numbering.definition(listed.list), {})
        self._advance(listed, level, values)
        if level.format == BULLET:
            return level.text
        return _PLACE.sub(lambda place: self._number(listed, int(place[1]) - 1, values), level.text)

    def value(self, listed: Listed) -> int:
        """The count a level stands at."""
        values = self._values.get(self._numbering.definition(listed.list), {})
        return values.get(listed.level, self._numbering.level(listed).start)

    def _advance(self, listed: Listed, level: Level, values: dict[int, int]) -> None:
        override = self._numbering.start_override(listed)
        if override is not None and listed not in self._begun:
            values[listed.level] = override
        elif listed.level in values:
            values[listed.level] += 1
        else:
            values[listed.level] = level.start
        self._begun.add(listed)
        for deeper in range(listed.level + 1, _LEVELS):
            restart = self._numbering.level(Listed(listed.list, deeper)).restart
            if restart is None or (restart and listed.level < restart):
                values.pop(deeper, None)

    def _number(self, listed: Listed, at: int, values: dict[int, int]) -> str:
        level = self._numbering.level(Listed(listed.list, at))
        legal = self._numbering.level(listed).legal
        count = values.get(at, level.start)
        return written(count, "decimal" if legal else level.format)
