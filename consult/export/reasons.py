"""Why something was changed, in a sentence for one reader: who asked for it, and what was decided.

Nobody is named unless the round they spoke in shows names, and no decision is told before its round
is closed; those who draft read all of it.
"""

from dataclasses import dataclass
from uuid import UUID

from consult.export.wording import outcome_in_words
from consult.queries.compiled import Said
from core.texts import lazy as _l


@dataclass(frozen=True)
class Reader:
    """For whom something is written: everything, or as it may be shared.

    `named`, `decided`: the calls whose contributors, and whose decisions, they may know.
    """

    everything: bool
    named: frozenset[UUID]
    decided: frozenset[UUID]


def reason(one: Said, language: str, reader: Reader) -> str:
    """What a contribution has to do with a change."""
    known = one.call_id in reader.named
    who = f"{one.number}. {one.contributor}" if known else str(_l("A contribution"))
    decided = one.decided if one.call_id in reader.decided else None
    if decided is None or not decided.approved:
        return who
    parts = (who, outcome_in_words(decided.outcome), decided.reason(language, one.language))
    return " – ".join(part for part in parts if part)
