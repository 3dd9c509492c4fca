"""Why something was changed, in a sentence for one reader: who asked for it, and what was decided.

Nobody is named unless the round they spoke in shows names, and no decision is told before its round
is closed; those who draft read all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from consult.changes.operations import Operation
from consult.export.wording import outcome_in_words
from consult.queries.behind import Behind
from core.texts import lazy as _l


@dataclass(frozen=True)
class Reader:
    """For whom something is written: everything, or as it may be shared.

    `named`, `decided`: the calls whose contributors, and whose decisions, they may know.
    """

    everything: bool
    named: frozenset[UUID]
    decided: frozenset[UUID]


@dataclass(frozen=True)
class Reasons:
    """Why operations were made. `behind`: what is known of the contributions that they rest on."""

    reader: Reader
    language: str
    behind: Mapping[UUID, Behind]

    def of(self, *operations: Operation) -> list[str]:
        """Sentences for the reader, each once: who asked for it, and what the drafter notes."""
        found: list[str] = []
        for one in operations:
            known = (self.behind[source] for source in one.contributions if source in self.behind)
            found += map(self._said, known)
            found += [one.note] if one.note.strip() else []
        return list(dict.fromkeys(found))

    def _said(self, one: Behind) -> str:
        named = one.call_id in self.reader.named
        who = f"{one.number}. {one.contributor}" if named else str(_l("A contribution"))
        decided = one.decided if one.call_id in self.reader.decided else None
        if decided is None:
            return who
        parts = (
            who,
            outcome_in_words(decided.outcome),
            decided.reason(self.language, one.language),
        )
        return " – ".join(part for part in parts if part)
