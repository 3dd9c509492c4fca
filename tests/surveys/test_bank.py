"""The questions bank: entries in four languages, used without clashing, saved from drafts."""

from uuid import uuid4, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Conflict, DomainError
from surveys.bank import Entry, EntryKind, Target, insert, library, matches
from surveys.bank.inserting import TAKES_SCALES
from surveys.bank.saving import question_entry, scale_entry, section_entry
from surveys.bank.shelf import NAMESPACE
from surveys.definition import Choice, Question, QuestionKind, Questionnaire
from surveys.languages import gaps, texts_of
from tests.surveys.tiny import OF_EVERY_KIND, asking, only_if, question, section, tiny

BY_ID = {entry.id: entry for entry in library()}
anything = st.sampled_from(library())
every_entry = pytest.mark.parametrize("entry", library(), ids=lambda entry: entry.id)


class Author:
    label = "author@example.org"


def everything(document: Questionnaire) -> list[Question]:
    return [inner for one in document.questions() for inner in one.everything()]


@every_entry
def test_every_entry_speaks_four_languages_without_a_gap(entry: Entry) -> None:
    target = Target(section="" if entry.kind is EntryKind.SECTION else "only", ends=("dont_know",))

    document = insert(asking(question("first")), entry, target, uuid4).document

    assert gaps(document) == {}
    assert all(len(set(text.texts.values())) > 1 for text in texts_of(document)
               if text.texts["en"] not in ("No", "Important"))  # fmt: skip


def test_ids_of_the_bank_are_unique_and_their_questions_stay_the_same() -> None:
    assert len(BY_ID) == len(library())
    assert BY_ID.keys() >= {
        "scale.importance", "scale.agreement", "scale.frequency", "scale.capacity",
        "scale.yes_no", "society.work", "society.branches", "society.volunteers",
        "contact.function", "closing.consent_quote", "section.society",
    }  # fmt: skip
    uid = BY_ID["society.branches"].questions[0].uid
    assert uid == uuid5(NAMESPACE, "society.branches")


@settings(max_examples=40)
@given(st.lists(anything, max_size=5))
def test_whatever_is_used_clashes_with_nothing(chosen: list[Entry]) -> None:
    document = asking(*OF_EVERY_KIND.values())
    for entry in chosen:
        place = "" if entry.kind is EntryKind.SECTION else "only"
        inserted = insert(document, entry, Target(section=place), uuid4)
        for code in inserted.codes:
            assert code in inserted.document.anywhere
        document = inserted.document

    codes = [one.code for one in everything(document)]
    uids = [one.uid for one in everything(document)]
    sections = [one.code for one in document.sections]
    assert len(set(codes)) == len(codes)
    assert len(set(uids)) == len(uids)
    assert len(set(sections)) == len(sections)
    assert Questionnaire.model_validate(document.as_json()) == document
    used = [one.bank for one in everything(document) if one.bank]
    assert sorted(used) == sorted(q.bank for entry in chosen for q in entry.questions)


def test_a_section_goes_behind_the_one_chosen() -> None:
    document = tiny(section("a", question("x")), section("b", question("y")))

    after = insert(document, BY_ID["section.contact"], Target(section="a"), uuid4).document

    assert [one.code for one in after.sections] == ["a", "contact", "b"]


def test_texts_come_in_the_languages_of_the_draft() -> None:
    document = asking(question("x")).model_copy(update={"languages": ("fr-CA", "ar", "de")})

    after = insert(document, BY_ID["society.branches"], Target(section="only"), uuid4).document

    assert set(after.by_code["branches_total"].texts) == {"fr-CA", "ar"}


def test_in_a_foreign_source_a_text_stands_in_the_entrys_first_language() -> None:
    document = asking(question("x")).model_copy(update={"languages": ("de",)})

    after = insert(document, BY_ID["society.branches"], Target(section="only"), uuid4).document

    assert after.by_code["branches_total"].texts == {
        "de": "How many branches does your National Society have?"
    }


def test_a_scale_brings_the_ends_chosen_and_no_others() -> None:
    target = Target(section="only", ends=("prefer_not_to_say",))

    after = insert(asking(question("x")), BY_ID["scale.importance"], target, uuid4).document

    codes = [choice.code for choice in after.by_code["importance"].choices]
    assert codes == ["1", "2", "3", "4", "5", "prefer_not_to_say"]


def test_a_scale_can_be_given_to_a_question_that_is_there() -> None:
    document = asking(OF_EVERY_KIND[QuestionKind.RATING], question("text"))
    rating = document.by_code["urgency"]

    after = insert(document, BY_ID["scale.capacity"], Target(question="urgency"), uuid4).document

    given_to = after.by_code["urgency"]
    assert (given_to.uid, given_to.texts, given_to.bank) == (rating.uid, rating.texts,
                                                             "scale.capacity")  # fmt: skip
    assert given_to.choices[0].texts["en"] == "No capacity"
    with pytest.raises(DomainError):
        insert(document, BY_ID["scale.capacity"], Target(question="text"), uuid4)


@pytest.mark.parametrize("target", [Target(section="gone"), Target(question="gone")])
def test_a_place_that_was_deleted_meanwhile_is_refused(target: Target) -> None:
    with pytest.raises(Conflict):
        insert(asking(question("x")), BY_ID["scale.capacity"], target, uuid4)


@settings(max_examples=40)
@given(st.sampled_from(list(OF_EVERY_KIND.values())))
def test_what_is_saved_from_a_draft_comes_back_as_it_was(one: Question) -> None:
    document = asking(one)

    entry = question_entry(document, one.code, "own.1", {"en": "Mine"})
    again = Entry.model_validate(entry.model_dump(mode="json", exclude_defaults=True))
    after = insert(asking(question("other")), again, Target(section="only"), uuid4).document

    brought = after.by_code[one.code]
    assert like(brought, one) == one
    assert brought.bank == "own.1"


def like(brought: Question, one: Question) -> Question:
    """The question with the identities of the one it was made from."""
    pairs = zip(brought.questions, one.questions, strict=True)
    same = {"uid": one.uid, "bank": "", "questions": tuple(like(a, b) for a, b in pairs)}
    return brought.model_copy(update=same)


def test_conditions_on_questions_that_stay_behind_stay_behind_too() -> None:
    one, two = question("one"), question("two", relevant=only_if("one", "x"))
    three = question("three", relevant=only_if("elsewhere", "x"))
    document = tiny(section("a", question("elsewhere")), section("b", one, two, three))

    whole = section_entry(document, "b", "own.1", {"en": "B"})
    alone = question_entry(document, "two", "own.2", {"en": "Two"})

    assert [q.relevant for q in whole.questions] == [None, only_if("one", "x"), None]
    assert [q.bank for q in whole.questions] == ["own.1.one", "own.1.two", "own.1.three"]
    assert alone.questions[0].relevant is None


def test_conditions_and_inserted_answers_follow_a_code_that_had_to_change() -> None:
    two = question("two", relevant=only_if("one", "x")).model_copy(
        update={"texts": {"en": "You said ${one}."}}
    )
    document = tiny(section("a", question("one"), two))
    entry = section_entry(document, "a", "own.1", {"en": "A"})

    after = insert(document, entry, Target(), uuid4).document

    assert after.by_code["two_2"].relevant == only_if("one_2", "x")
    assert after.by_code["two_2"].texts["en"] == "You said ${one_2}."


def test_a_shared_list_is_saved_with_its_question() -> None:
    choices = (Choice(code="1", texts={"en": "One"}),)
    rating = question("r", QuestionKind.RATING, list="shared", choices=choices)
    document = asking(rating).model_copy(update={"lists": {"shared": choices}})

    entry = scale_entry(document, "r", "own.1", {"en": "Ones"})
    again = Entry.model_validate(entry.model_dump(mode="json", exclude_defaults=True))

    assert again.choices == choices
    assert again.questions[0].list == ""
    assert rating.kind in TAKES_SCALES


@pytest.mark.parametrize(
    ("words", "found"),
    [("benevoles", True), ("VOLUNTEERS active", True), ("متطوعين", True), ("horses", False)],
)
def test_entries_are_found_by_words_of_any_language(words: str, *, found: bool) -> None:
    assert matches(BY_ID["society.volunteers"], words) is found
