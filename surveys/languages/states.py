"""What each translation is: missing, current, or stale because its source changed since.

A translation remembers the digest of the text it translates (`Questionnaire.translated_from`);
it is stale once the source's digest is another. The source is the first of the languages.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.definition import Questionnaire
from surveys.languages.walk import Text, texts_of


class State(StrEnum):
    """What a translation is."""

    MISSING = "missing"
    CURRENT = "current"
    STALE = "stale"


@dataclass(frozen=True)
class Counts:
    """How many translations into a language are missing or stale, of how many texts in all."""

    missing: int
    stale: int
    total: int

    @property
    def current(self) -> int:
        """How many say what the source says."""
        return self.total - self.missing - self.stale

    @property
    def whole(self) -> bool:
        """Nothing is missing, and nothing stale."""
        return not self.missing and not self.stale


def digest_of(text: str) -> str:
    """The first twelve hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def source_of(questionnaire: Questionnaire) -> str:
    """The language the others translate."""
    return questionnaire.languages[0]


def state_of(questionnaire: Questionnaire, text: Text, language: str) -> State:
    """One text's state. A translation that remembers no source counts as current."""
    if not text.texts.get(language):
        return State.MISSING
    source = source_of(questionnaire)
    made_from = questionnaire.translated_from.get(language, {}).get(text.key)
    if language == source or made_from is None:
        return State.CURRENT
    same = made_from == digest_of(text.texts.get(source, ""))
    return State.CURRENT if same else State.STALE


def states(questionnaire: Questionnaire, language: str) -> dict[str, State]:
    """The state of every text in a language, by key, in the order the texts are read."""
    return {text.key: state_of(questionnaire, text, language) for text in texts_of(questionnaire)}


def counted(found: Iterable[State]) -> Counts:
    """How many of these states are missing and stale, of how many."""
    listed = list(found)
    return Counts(listed.count(State.MISSING), listed.count(State.STALE), len(listed))


def progress(questionnaire: Questionnaire) -> dict[str, Counts]:
    """How far each language is, the source first."""
    texts = list(texts_of(questionnaire))
    return {
        language: counted(state_of(questionnaire, text, language) for text in texts)
        for language in questionnaire.languages
    }


def gaps(questionnaire: Questionnaire) -> dict[str, Counts]:
    """The languages in which texts are missing or stale: each needs a decision to be published.

    The source is among them where texts stand in other languages only.
    """
    return {
        language: counts for language, counts in progress(questionnaire).items() if not counts.whole
    }


def recorded(questionnaire: Questionnaire) -> Questionnaire:
    """With a remembered source for every translation that has none: it translates what is there."""
    source = source_of(questionnaire)
    texts = list(texts_of(questionnaire))
    made_from: dict[str, dict[str, str]] = {}
    for language in questionnaire.languages[1:]:
        known: Mapping[str, str] = questionnaire.translated_from.get(language, {})
        made_from[language] = {
            text.key: known.get(text.key) or digest_of(text.texts.get(source, ""))
            for text in texts
            if text.texts.get(language)
        }
    filled = {language: records for language, records in made_from.items() if records}
    return questionnaire.model_copy(update={"translated_from": filled})
