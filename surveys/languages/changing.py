"""A questionnaire's languages: added, removed, put in order, and which one is the source.

Each function gives a new document. It refuses to know drafts and pages.
"""

from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from surveys.definition import Questionnaire, Texts
from surveys.languages.states import State, digest_of, recorded, source_of, state_of
from surveys.languages.walk import Text, rewritten, texts_of

MOST_LANGUAGES = 60


def with_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """With one more language, the last. Raises Conflict where it has it, DomainError past 60."""
    if language in questionnaire.languages:
        raise Conflict(_l("The questionnaire has this language already."))
    if len(questionnaire.languages) >= MOST_LANGUAGES:
        raise DomainError(
            _l("A questionnaire can have %(most)s languages at most.", most=MOST_LANGUAGES)
        )
    return _in_languages(questionnaire, (*questionnaire.languages, language))


def without_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Without a language and its texts. The source can't be taken away: DomainError."""
    _known(questionnaire, language)
    if language == source_of(questionnaire):
        raise DomainError(
            _l("The source can't be removed. Make another language the source first.")
        )

    def change(text: Text) -> Texts:
        return {one: words for one, words in text.texts.items() if one != language}

    rest = tuple(one for one in questionnaire.languages if one != language)
    changed = _in_languages(rewritten(questionnaire, change), rest)
    records = {one: of for one, of in questionnaire.translated_from.items() if one != language}
    names = {one: name for one, name in questionnaire.language_names.items() if one != language}
    return changed.model_copy(update={"translated_from": records, "language_names": names})


def moved(questionnaire: Questionnaire, language: str, by: int) -> Questionnaire:
    """With a translation's language `by` places later (negative: earlier); the source stays."""
    _known(questionnaire, language)
    source, *others = questionnaire.languages
    if language == source:
        return questionnaire
    at = others.index(language)
    others.insert(max(0, min(len(others), at + by)), others.pop(at))
    return _in_languages(questionnaire, (source, *others))


def with_source(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """With another language as the source: the first, which the others translate.

    What was current stays so. Where the new source was missing or stale, what the others translate
    is the former source's text, and they are stale until somebody has looked.
    """
    _known(questionnaire, language)
    old = source_of(questionnaire)
    if language == old:
        return questionnaire
    questionnaire = recorded(questionnaire)
    records: dict[str, dict[str, str]] = {}
    former = dict(questionnaire.formerly)
    for text in texts_of(questionnaire):
        now, said = digest_of(text.texts.get(language, "")), text.texts.get(old, "")
        sound = state_of(questionnaire, text, language) is State.CURRENT
        former[digest_of(said)] = said
        for other in questionnaire.languages:
            if other == language or not text.texts.get(other):
                continue
            current = state_of(questionnaire, text, other) is State.CURRENT
            before = questionnaire.translated_from.get(other, {}).get(text.key, digest_of(said))
            records.setdefault(other, {})[text.key] = now if sound and current else before
    rest = (one for one in questionnaire.languages if one != language)
    changed = _in_languages(questionnaire, (language, *rest))
    used = {made_from for of in records.values() for made_from in of.values()}
    kept = {digest: words for digest, words in former.items() if digest in used and words}
    return changed.model_copy(update={"translated_from": records, "formerly": kept})


def _known(questionnaire: Questionnaire, language: str) -> None:
    if language not in questionnaire.languages:
        raise Conflict(_l("The questionnaire doesn't have this language any more."))


def _in_languages(questionnaire: Questionnaire, languages: tuple[str, ...]) -> Questionnaire:
    return questionnaire.model_copy(update={"languages": languages})
