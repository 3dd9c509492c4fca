"""What the side-by-side page shows: parts of the questionnaire, the rows chosen, where to go on.

Pure but for the words it is handed; it refuses to know requests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from core.texts import Lazy
from surveys.definition import Questionnaire
from surveys.languages import Counts, State, counted, source_of, texts_of
from surveys.languages.redline import Piece, redline
from surveys.languages.words import KINDS, STATES
from surveys.translation import Arriving, Refusal, Row, rows

PER_PAGE = 40
ALL = "all"
SHOWN = (ALL, State.MISSING.value, State.STALE.value)
LETTERS_A_LINE, MOST_LINES = 46, 14


@dataclass(frozen=True)
class Part:
    """A section, or what stands before all sections (code ""), with its counts."""

    code: str
    title: str
    counts: Counts

    def has(self, shown: str) -> int:
        """How many of its texts a filter shows."""
        if shown == ALL:
            return self.counts.total
        return self.counts.missing if shown == State.MISSING else self.counts.stale


@dataclass(frozen=True)
class Line:
    """A row on the page. `sent`, `refusal`: of a saving that was just refused."""

    number: int
    row: Row
    code: str
    sent: Arriving | None = None
    refusal: Refusal | None = None

    @property
    def text(self) -> str:
        """What its box holds."""
        return self.sent.text if self.refusal and self.sent else self.row.translation

    @property
    def kind(self) -> Lazy:
        """What the text is to its readers."""
        return KINDS[self.row.kind]

    @property
    def state(self) -> Lazy:
        """Its state in words."""
        return STATES[self.row.state]

    @property
    def tone(self) -> str:
        """Its state as `components/tag` draws it."""
        tones = {State.MISSING: "idle", State.STALE: "warning", State.CURRENT: "done"}
        return tones[self.row.state]

    @property
    def pieces(self) -> list[Piece]:
        """How the source changed since it was translated; empty where that isn't known."""
        return redline(self.row.former, self.row.source) if self.row.former else []

    @property
    def height(self) -> int:
        """Lines the box is high."""
        longest = max(self.row.source, self.text, key=len)
        lines = sum(1 + len(line) // LETTERS_A_LINE for line in longest.split("\n"))
        return min(MOST_LINES, lines)


class Desk:
    """One language of a draft on the translator's desk. `shown`: one of `SHOWN`."""

    def __init__(self, document: Questionnaire, language: str, shown: str) -> None:
        self.document = document
        self.language = language
        self.source = source_of(document)
        self.shown = shown if shown in SHOWN else ALL
        places = {text.key: text.place for text in texts_of(document)}
        self._sections = {key: place.section for key, place in places.items()}
        self._codes = {key: place.question or place.of for key, place in places.items()}
        self._rows = list(rows(document, language))

    @cached_property
    def counts(self) -> Counts:
        """How far the language is."""
        return counted(row.state for row in self._rows)

    @cached_property
    def parts(self) -> list[Part]:
        """The parts that have texts, in the order they are read."""
        by_part: dict[str, list[State]] = {}
        for row in self._rows:
            by_part.setdefault(self._sections[row.key], []).append(row.state)
        order = ("", *(section.code for section in self.document.sections))
        return [
            Part(code, self._title(code), counted(by_part[code]))
            for code in order
            if code in by_part
        ]

    def _title(self, code: str) -> str:
        section = self.document.section(code)
        return section.texts.get(self.source, code) if section else ""

    def part(self, code: str | None) -> Part | None:
        """The part with this code; else the first in which something is to be shown."""
        named = next((part for part in self.parts if part.code == code), None)
        showing = (part for part in self.parts if part.has(self.shown))
        return named or next(showing, None) or next(iter(self.parts), None)

    def lines(self, part: str, after: str = "") -> list[Line]:
        """The rows of a part that the filter shows, from behind the row with the key `after`."""
        mine = [row for row in self._rows if self._sections[row.key] == part]
        keys = [row.key for row in mine]
        start = keys.index(after) + 1 if after in keys else 0
        chosen = [row for row in mine[start:] if self.shown in (ALL, row.state.value)]
        return [Line(n, row, self._codes[row.key]) for n, row in enumerate(chosen)]

    def refused(self, sent: Mapping[str, Arriving], refusals: list[Refusal]) -> list[Line]:
        """The rows that were just sent, with what was typed where it wasn't taken."""
        found = {refusal.row.key: refusal for refusal in refusals}
        mine = [row for row in self._rows if row.key in sent]
        return [
            Line(n, row, self._codes[row.key], sent[row.key], found.get(row.key))
            for n, row in enumerate(mine)
        ]

    def following(self, part: str, after: str) -> dict[str, str] | None:
        """Where to go on behind a row: the rest of its part, else the next; None at the end."""
        if self.lines(part, after):
            return {"part": part, "after": after}
        codes = [one.code for one in self.parts]
        later = self.parts[codes.index(part) + 1 :] if part in codes else []
        found = next((one for one in later if one.has(self.shown)), None)
        return {"part": found.code} if found else None
