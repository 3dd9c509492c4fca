"""Changes of translations, and what every other change of a questionnaire does to them.

`kept` stands behind each change of a draft: whoever rewords a source needn't think of the
translations, which become stale by it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from surveys.definition import Questionnaire, Texts
from surveys.languages.states import digest_of, recorded, source_of
from surveys.languages.walk import Text, rewritten, texts_of

Records = dict[str, dict[str, str]]


def with_translations(
    questionnaire: Questionnaire,
    language: str,
    translations: Mapping[str, str],
    confirmed: Collection[str] = (),
) -> Questionnaire:
    """The questionnaire with these translations, by key, made from the source as it is now.

    An empty one is taken away. `confirmed`: keys whose translation stays, and is right for the
    source as it is now. Keys there are none of are passed over.
    """
    source = source_of(questionnaire)
    records = {one: dict(of) for one, of in questionnaire.translated_from.items()}
    own = records.setdefault(language, {})

    def change(text: Text) -> Texts:
        if text.key not in translations and text.key not in confirmed:
            return text.texts
        said = translations.get(text.key, text.texts.get(language, ""))
        rest = {one: words for one, words in text.texts.items() if one != language}
        own.pop(text.key, None)
        if said and language != source:
            own[text.key] = digest_of(text.texts.get(source, ""))
        return rest | {language: said} if said else rest

    changed = rewritten(questionnaire, change)
    return _with_records(changed, records, questionnaire.formerly)


def kept(before: Questionnaire, after: Questionnaire) -> Questionnaire:
    """`after` with its translations' memory kept right, whatever made it of `before`.

    A translation that was written anew translates the source as it is now; one that was left alone
    what it translated before; where `after` remembers something of its own, that stands.
    """
    before = recorded(before)
    old = {text.key: text for text in texts_of(before)}
    old_source, source = source_of(before), source_of(after)
    records: Records = {}
    former = before.formerly | after.formerly
    for text in texts_of(after):
        was = old.get(text.key)
        if was is not None:
            said = was.texts.get(old_source, "")
            former[digest_of(said)] = said
        now = digest_of(text.texts.get(source, ""))
        for language in after.languages:
            if language == source or not text.texts.get(language):
                continue
            remembered = after.translated_from.get(language, {}).get(text.key)
            earlier = before.translated_from.get(language, {}).get(text.key)
            untouched = was is not None and was.texts.get(language) == text.texts[language]
            if remembered is not None and remembered != earlier:
                made_from = remembered
            else:
                made_from = earlier if untouched and earlier else now
            records.setdefault(language, {})[text.key] = made_from
    return _with_records(after, records, former)


def _with_records(
    questionnaire: Questionnaire, records: Records, former: Mapping[str, str]
) -> Questionnaire:
    """With these records, and of the former texts those that a stale translation translates."""
    source = source_of(questionnaire)
    now = {t.key: digest_of(t.texts.get(source, "")) for t in texts_of(questionnaire)}
    stale = {
        made_from
        for of in records.values()
        for key, made_from in of.items()
        if made_from != now.get(key)
    }
    update: dict[str, Any] = {
        "translated_from": {language: of for language, of in records.items() if of},
        "formerly": {digest: text for digest, text in former.items() if digest in stale and text},
    }
    return questionnaire.model_copy(update=update)
