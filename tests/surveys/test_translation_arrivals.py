"""Translations that come back: only what was changed comes in, and nothing is undone."""

from io import BytesIO

from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definition import Questionnaire
from surveys.languages import State, kept, recorded, states, texts_of
from surveys.translation import (
    Arriving,
    Decision,
    Reason,
    decide,
    mark,
    rows,
    to_po,
    to_xlsx,
)
from tests.surveys.translating import questionnaires, reworded, small
from tests.surveys.translation_files import (
    FAVOURITE,
    NOW,
    decided,
    edited,
    either,
    read,
    reasons,
    sheet_edited,
    written,
)


@either
@settings(max_examples=40)
@given(document=questionnaires(), language=st.sampled_from(["fr", "ar"]))
def test_a_file_that_comes_back_unchanged_changes_nothing(
    form: str, document: Questionnaire, language: str
) -> None:
    document = recorded(document)

    reading = read(written(document, form, language), form)
    decision = decide(document, language, reading.rows.get(language, []))

    assert reading.faults == ()
    assert decision == Decision()
    wanted = {text.key for text in texts_of(document) if text.texts.get("en")}
    assert {row.key for row in reading.rows.get(language, [])} == wanted


@either
@settings(max_examples=40)
@given(document=questionnaires(), data=st.data())
def test_exactly_the_changed_rows_come_in(
    form: str, document: Questionnaire, data: st.DataObject
) -> None:
    document = recorded(document)
    before = {row.key: row for row in rows(document, "fr")}
    keys = data.draw(st.sets(st.sampled_from(sorted(before)))) if before else set()
    given_back = {key: f"N\u00e9o {n}" for n, key in enumerate(sorted(keys))}

    arriving = [
        Arriving(row.key, given_back.get(row.key, row.text), row.source_mark, row.translation_mark)
        for row in read(written(document, form), form).rows.get("fr", [])
    ]
    decision = decide(document, "fr", arriving)

    assert decision.accepted == given_back
    after = kept(document, decision.applied(document, "fr"))
    said = {row.key: row.translation for row in rows(after, "fr")}
    assert said == {key: given_back.get(key, row.translation) for key, row in before.items()}
    assert all(states(after, "fr")[key] is State.CURRENT for key in keys)


@either
def test_a_changed_translation_comes_in_and_the_rest_is_left(form: str) -> None:
    document = recorded(small())

    back = edited(written(document, form), form, {"introduction.1": "Pourquoi"})
    decision = decided(document, back, form)

    assert decision.accepted == {"introduction.1": "Pourquoi"}
    assert decision.refusals == []


@either
def test_a_row_whose_source_was_reworded_is_told_and_left(form: str) -> None:
    document = recorded(small())
    back = edited(written(document, form), form, {"title": "Minuscule", "introduction.1": "P."})

    later = kept(document, reworded(document, "title", "Tiny indeed"))
    decision = decided(later, back, form)

    assert reasons(decision) == {"title": Reason.SOURCE_CHANGED}
    assert decision.refusals[0].conflict
    assert decision.accepted == {"introduction.1": "P."}


@either
def test_a_reworded_source_is_no_conflict_where_the_translator_changed_nothing(form: str) -> None:
    document = recorded(small())
    back = written(document, form)

    later = kept(document, reworded(document, "title", "Tiny indeed"))

    assert decided(later, back, form) == Decision()


@either
def test_a_row_that_somebody_else_translated_meanwhile_is_told_and_left(form: str) -> None:
    document = recorded(small())
    back = edited(written(document, form), form, {"title": "Minuscule", "introduction.1": "Même"})

    later = reworded(reworded(document, "title", "Menu", "fr"), "introduction.1", "Même", "fr")
    decision = decided(kept(document, later), back, form)

    assert reasons(decision) == {"title": Reason.TRANSLATION_CHANGED}
    assert decision.refusals[0].translation == "Menu"
    assert decision.accepted == {}


@either
def test_inserted_answers_must_survive(form: str) -> None:
    document = recorded(small())
    wrong = {FAVOURITE: "Votre couleur ?", "introduction.1": "Pourquoi, ${nobody} ?"}

    decision = decided(document, edited(written(document, form), form, wrong), form)

    assert reasons(decision) == dict.fromkeys(wrong, Reason.MENTIONS)
    named = {refusal.row.key: refusal.message.values["codes"] for refusal in decision.refusals}
    assert named == {FAVOURITE: "${name}", "introduction.1": "${nobody}"}


@either
def test_an_emptied_row_takes_nothing_away(form: str) -> None:
    document = recorded(small())

    decision = decided(document, edited(written(document, form), form, {"title": ""}), form)

    assert reasons(decision) == {"title": Reason.EMPTIED}
    assert decision.accepted == {}


@either
def test_keys_there_are_none_of_are_named(form: str) -> None:
    document = recorded(small())
    smaller = document.model_copy(update={"introduction": ()})
    back = edited(written(document, form), form, {"introduction.1": "Pourquoi"})

    decision = decided(smaller, back, form)

    assert reasons(decision) == {"introduction.1": Reason.UNKNOWN}
    assert isinstance(decision.refusals[0].row.where, int)


def test_a_page_can_take_a_translation_away() -> None:
    document = recorded(small())
    emptied = Arriving("title", "", mark("Tiny"), mark("Petit"))

    decision = decide(document, "fr", [emptied], emptying=True)

    assert states(decision.applied(document, "fr"), "fr")["title"] is State.MISSING


def test_a_stale_row_of_a_sheet_is_confirmed_by_its_state() -> None:
    before = recorded(small())
    stale = kept(before, reworded(before, "title", "Very small"))
    back = to_xlsx(stale, ["fr"])

    untouched = decided(stale, back, "xlsx")
    decision = decided(stale, sheet_edited(back, {"title": "current"}, 5), "xlsx")

    assert untouched == Decision()
    assert decision == Decision(confirmed={"title"})
    assert states(decision.applied(stale, "fr"), "fr")["title"] is State.CURRENT


def test_a_stale_message_is_fuzzy_with_its_former_source_until_it_is_confirmed() -> None:
    before = recorded(small())
    stale = kept(before, reworded(before, "title", "Very small"))
    data = to_po(stale, "fr", now=NOW)

    message = read_po(BytesIO(data)).get("Very small", "title")
    decision = decided(stale, data.replace(b"#, fuzzy\n", b""), "po")

    assert message is not None
    assert message.fuzzy
    assert b'#| msgid "Tiny"\n' in data
    assert decided(stale, data, "po") == Decision()
    assert decision == Decision(confirmed={"title"})


def test_a_message_still_unsure_is_told_and_left() -> None:
    before = recorded(small())
    stale = kept(before, reworded(before, "title", "Very small"))
    back = edited(to_po(stale, "fr", now=NOW), "po", {"title": "Très petit"})

    assert reasons(decided(stale, back, "po")) == {"title": Reason.UNSURE}
