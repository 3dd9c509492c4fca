"""Texts have keys that stay; translations remember what they translate, and become stale."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definition import Questionnaire
from surveys.languages import (
    Counts,
    State,
    code_of,
    digest_of,
    gaps,
    is_right_to_left,
    kept,
    name_in,
    own_name,
    recorded,
    states,
    texts_of,
    with_translations,
)
from surveys.languages.changing import moved, with_language, with_source, without_language
from surveys.languages.redline import redline
from tests.surveys.translating import LANGUAGES, WORDS, questionnaires, reworded, small

FAVOURITE = "question.00000000-0000-0000-0000-000000000001.text"


def test_every_text_has_a_key_and_a_shared_list_is_told_once() -> None:
    keys = [text.key for text in texts_of(small())]

    assert keys == [
        "title", "introduction.1", "section.colours.title", "group.inner.title", FAVOURITE,
        "list.colours.red", "list.colours.blue",
        "question.00000000-0000-0000-0000-000000000002.text",
    ]  # fmt: skip


@settings(max_examples=60)
@given(questionnaires())
def test_no_two_texts_share_a_key(document: Questionnaire) -> None:
    keys = [text.key for text in texts_of(document)]

    assert len(set(keys)) == len(keys)


@settings(max_examples=60)
@given(questionnaires())
def test_keys_stay_when_questions_move_and_when_they_are_reworded(document: Questionnaire) -> None:
    sections = tuple(
        section.model_copy(update={"questions": section.questions[::-1]})
        for section in document.sections[::-1]
    )

    turned = document.model_copy(update={"sections": sections})

    by_key = {text.key: text.texts for text in texts_of(document)}
    assert {text.key: text.texts for text in texts_of(turned)} == by_key


def test_a_translation_is_missing_current_or_stale() -> None:
    document = reworded(recorded(small()), FAVOURITE, "Which colour, ${name}?")

    found = states(document, "fr")

    assert found[FAVOURITE] is State.STALE
    assert found["title"] is State.CURRENT
    assert found["introduction.1"] is State.MISSING
    assert set(states(document, "ar").values()) == {State.MISSING}
    assert gaps(document) == {"fr": Counts(4, 1, 8), "ar": Counts(8, 0, 8)}


def test_a_text_that_stands_in_a_translation_only_is_a_gap_of_the_source() -> None:
    document = small(introduction=({"fr": "Pourquoi"},))

    assert gaps(document)["en"] == Counts(1, 0, 8)


@settings(max_examples=60)
@given(questionnaires())
def test_recording_makes_no_translation_stale_and_is_done_once(document: Questionnaire) -> None:
    once = recorded(document)

    assert all(counts.stale == 0 for counts in gaps(once).values())
    assert recorded(once) == once


@settings(max_examples=60)
@given(questionnaires(), st.data())
def test_exactly_the_translations_of_reworded_sources_become_stale(
    document: Questionnaire, data: st.DataObject
) -> None:
    before = recorded(document)
    texts = [text for text in texts_of(before) if text.texts.get("en")]
    chosen = data.draw(st.sets(st.sampled_from(texts).map(lambda text: text.key)) if texts
                       else st.just(set()))  # fmt: skip
    after = before
    for key in chosen:
        after = reworded(after, key, "Anew: " + data.draw(WORDS))

    after = kept(before, after)

    for language in LANGUAGES[1:]:
        stale = {key for key, state in states(after, language).items() if state is State.STALE}
        assert stale == {t.key for t in texts if t.key in chosen and language in t.texts}
    said = {text.key: text.texts["en"] for text in texts}
    made_from = after.translated_from
    assert all(
        after.formerly[made_from[language][key]] == said[key]
        for language in LANGUAGES[1:]
        for key in chosen & made_from.get(language, {}).keys()
    )


@settings(max_examples=60)
@given(questionnaires(), st.sampled_from(LANGUAGES[1:]), WORDS.filter(bool))
def test_translating_a_stale_text_makes_it_current(
    document: Questionnaire, language: str, words: str
) -> None:
    before = recorded(document)
    keys = [text.key for text in texts_of(before)]
    stale = before
    for text in list(texts_of(before)):
        stale = reworded(stale, text.key, "Anew")
    stale = kept(before, stale)

    done = kept(stale, with_translations(stale, language, dict.fromkeys(keys, words)))

    assert set(states(done, language).values()) <= {State.CURRENT}
    assert states(done, "fr" if language == "ar" else "ar") == states(
        stale, "fr" if language == "ar" else "ar"
    )


def test_a_stale_translation_that_is_still_right_can_be_confirmed() -> None:
    before = recorded(small())
    stale = kept(before, reworded(before, FAVOURITE, "Which colour, ${name}?"))

    done = kept(stale, with_translations(stale, "fr", {}, confirmed={FAVOURITE}))

    assert states(done, "fr")[FAVOURITE] is State.CURRENT
    assert done.formerly == {}


def test_rewording_twice_leaves_the_text_the_translation_was_made_from() -> None:
    document = recorded(small())
    for words in ("Once, ${name}?", "Twice, ${name}?"):
        document = kept(document, reworded(document, FAVOURITE, words))

    assert document.formerly == {digest_of("Your colour, ${name}?"): "Your colour, ${name}?"}


def test_going_back_to_the_former_source_makes_its_translation_current_again() -> None:
    before = recorded(small())
    away = kept(before, reworded(before, FAVOURITE, "Else"))

    back = kept(away, reworded(away, FAVOURITE, "Your colour, ${name}?"))

    assert back == before


@settings(max_examples=60)
@given(questionnaires())
def test_keeping_what_nobody_changed_changes_nothing(document: Questionnaire) -> None:
    before = recorded(document)

    assert kept(before, before) == before


def test_a_text_written_by_an_author_beside_its_source_is_current() -> None:
    before = recorded(small())
    both = reworded(reworded(before, FAVOURITE, "Colour?"), FAVOURITE, "Couleur ?", "fr")

    assert states(kept(before, both), "fr")[FAVOURITE] is State.CURRENT


def test_languages_are_added_moved_and_removed_with_their_texts() -> None:
    document = with_language(recorded(small()), "prs")

    document = moved(document, "prs", -1)
    assert document.languages == ("en", "fr", "prs", "ar")
    document = without_language(document, "fr")

    assert document.languages == ("en", "prs", "ar")
    assert all("fr" not in text.texts for text in texts_of(document))
    assert document.translated_from == {}


def test_another_source_leaves_current_translations_current() -> None:
    document = reworded(recorded(small()), "title", "صغير", "ar")

    turned = with_source(recorded(document), "fr")

    assert turned.languages == ("fr", "en", "ar")
    assert states(turned, "en")["title"] is State.CURRENT
    assert states(turned, "ar")["title"] is State.CURRENT


def test_under_a_source_that_was_stale_the_others_need_a_look() -> None:
    before = recorded(small())
    stale = kept(before, reworded(before, "title", "Very small"))

    turned = with_source(stale, "fr")

    assert states(turned, "en")["title"] is State.STALE
    assert with_source(turned, "fr") == turned


@settings(max_examples=60)
@given(questionnaires(), st.sampled_from(LANGUAGES))
def test_choosing_a_source_changes_no_text(document: Questionnaire, language: str) -> None:
    turned = with_source(document, language)

    assert list(texts_of(turned)) == list(texts_of(document))
    assert turned.languages[0] == language


@pytest.mark.parametrize("code", ["ar", "prs", "ps", "ckb", "ur", "he", "dv", "ff-Adlm", "uz-AF"])
def test_languages_of_right_to_left_scripts_run_from_right_to_left(code: str) -> None:
    assert is_right_to_left(code)


@pytest.mark.parametrize("code", ["en", "so", "ti", "zh-Hant", "pt-BR", "uz", "az", "x-ours"])
def test_all_others_run_from_left_to_right(code: str) -> None:
    assert not is_right_to_left(code)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("FR", "fr"), ("pt_br", "pt-BR"), ("ZH-hant", "zh-Hant"), ("Français", "fr"),
        ("arabic", "ar"), ("Dari", "prs"), ("Soomaali", "so"), ("tigrinya", "ti"),
        ("haz", "haz"), ("x-Ours", "x-ours"), ("", None), ("no language", None), ("xx", None),
        ("<b>", None), ("a" * 200, None),
    ],
)  # fmt: skip
def test_a_language_is_understood_by_its_code_or_its_name(typed: str, code: str | None) -> None:
    assert code_of(typed) == code


def test_languages_are_called_as_their_speakers_call_them() -> None:
    assert [own_name(code) for code in ("fr", "prs", "zh-Hant", "x-ours")] == [
        "français", "دری", "繁體中文", "x-ours",
    ]  # fmt: skip
    assert name_in("prs", "en") == "Dari"


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_a_redline_holds_both_wordings(before: str, after: str) -> None:
    pieces = redline(before, after)

    assert "".join(p.text for p in pieces if p.kind != "new") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after


def test_a_redline_names_the_changed_word() -> None:
    pieces = redline("Your first colour?", "Your last colour?")

    assert [(p.kind, p.text) for p in pieces] == [
        ("same", "Your "), ("gone", "first"), ("new", "last"), ("same", " colour?"),
    ]  # fmt: skip
