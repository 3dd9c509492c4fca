"""What becomes of translations that come back: only what was changed comes in, nothing is undone.

A row whose source was reworded since, or whose translation somebody else changed, is told and left
as it is. The same holds for a file and for a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from core.characters import REFUSED
from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Questionnaire
from surveys.languages import State, source_of, state_of, texts_of, with_translations
from surveys.languages.mentions import lost_and_added
from surveys.languages.walk import Text
from surveys.translation.rows import Arriving, mark, tidy

LONGEST = 20_000


class Reason(StrEnum):
    """Why a row doesn't come in."""

    UNKNOWN = "unknown"
    TWICE = "twice"
    SOURCE_CHANGED = "source_changed"
    TRANSLATION_CHANGED = "translation_changed"
    MENTIONS = "mentions"
    EMPTIED = "emptied"
    UNSURE = "unsure"
    CHARACTERS = "characters"
    TOO_LONG = "too_long"


CONFLICTS = frozenset({Reason.SOURCE_CHANGED, Reason.TRANSLATION_CHANGED})


@dataclass(frozen=True)
class Refusal:
    """A row that was left as it is, with the texts as they stand now."""

    row: Arriving
    reason: Reason
    message: Lazy
    source: str = ""
    translation: str = ""

    @property
    def conflict(self) -> bool:
        """Whether somebody else's work stood against it."""
        return self.reason in CONFLICTS


@dataclass
class Decision:
    """What comes in (texts by key, and keys confirmed as they are), and what doesn't."""

    accepted: dict[str, str] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)

    def applied(self, questionnaire: Questionnaire, language: str) -> Questionnaire:
        """The questionnaire with what comes in."""
        return with_translations(questionnaire, language, self.accepted, self.confirmed)


def decide(
    questionnaire: Questionnaire,
    language: str,
    arriving: Iterable[Arriving],
    *,
    emptying: bool = False,
) -> Decision:
    """Sort the rows by what becomes of them. `emptying`: an emptied text takes its text away."""
    texts = {text.key: text for text in texts_of(questionnaire)}
    decision, seen = Decision(), set()
    for row in arriving:
        text = texts.get(row.key)
        if text is None:
            message = _l("The questionnaire has no text with this key. It may have been deleted.")
            decision.refusals.append(Refusal(row, Reason.UNKNOWN, message))
        elif row.key in seen:
            message = _l("The file has this key twice. The first row was taken.")
            decision.refusals.append(Refusal(row, Reason.TWICE, message))
        else:
            _decide_one(decision, questionnaire, language, text, row, emptying=emptying)
        seen.add(row.key)
    return decision


def _decide_one(
    decision: Decision,
    questionnaire: Questionnaire,
    language: str,
    text: Text,
    row: Arriving,
    *,
    emptying: bool,
) -> None:
    source = text.texts.get(source_of(questionnaire), "")
    now = text.texts.get(language, "")
    changed = mark(row.text) != row.translation_mark
    state = state_of(questionnaire, text, language)
    confirms = row.confirmed and state is State.STALE and row.source_mark == mark(source)
    if not changed and not confirms:
        return
    if state is State.CURRENT and mark(row.text) == mark(now):
        return  # somebody wrote the same meanwhile
    found = _refusal(row, source, now, changed=changed, emptying=emptying)
    if found is not None:
        decision.refusals.append(Refusal(row, *found, source=source, translation=now))
    elif changed:
        decision.accepted[row.key] = tidy(row.text)
    else:
        decision.confirmed.add(row.key)


def _refusal(
    row: Arriving, source: str, now: str, *, changed: bool, emptying: bool
) -> tuple[Reason, Lazy] | None:
    if not tidy(row.text) and not emptying:
        return Reason.EMPTIED, _l("The cell was emptied. The translation was left as it is.")
    if row.unsure:
        return Reason.UNSURE, _l("It is still marked as unsure. It was left as it is.")
    if row.source_mark != mark(source):
        return Reason.SOURCE_CHANGED, _l("The source was reworded meanwhile.")
    if changed and row.translation_mark != mark(now) and mark(row.text) != mark(now):
        return Reason.TRANSLATION_CHANGED, _l("Somebody else changed this translation meanwhile.")
    return _unusable(row.text, source)


def _unusable(text: str, source: str) -> tuple[Reason, Lazy] | None:
    if REFUSED.search(text):
        return Reason.CHARACTERS, _l("It holds invisible control characters. Type it anew.")
    if len(text) > LONGEST:
        return Reason.TOO_LONG, _l("It is longer than %(most)s characters.", most=LONGEST)
    lost, added = lost_and_added(source, text)
    if not tidy(text) or not (lost or added):
        return None
    if lost:
        message = _l(
            "It must hold %(codes)s as the source does: an answer is inserted there.",
            codes=_written(lost),
        )
    else:
        message = _l(
            "Take out %(codes)s: the source inserts no such answer.", codes=_written(added)
        )
    return Reason.MENTIONS, message


def _written(codes: list[str]) -> str:
    return ", ".join(f"${{{code}}}" for code in codes)
