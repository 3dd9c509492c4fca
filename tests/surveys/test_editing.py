"""Edits of questionnaires: codes stay unique and followed, uids stay, and nothing needed goes."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.conditions import references
from surveys.definition import Question, QuestionKind, Questionnaire
from surveys.editing import questions, sections
from surveys.editing.choices import choices_from
from surveys.editing.codes import code_from
from surveys.editing.copying import for_new_survey
from surveys.editing.parts import find_question, taken_codes
from surveys.editing.refusals import StillUsed, UnusableCode
from surveys.editing.uses import uses_of
from tests.surveys.tiny import LIST, only_if, question, section, tiny

K = QuestionKind
COLOUR = question("colour", K.CHOOSE_ONE, choices=LIST)
WHY = question("why", relevant=only_if("colour", "red"))
STORY = question("story", K.LONG_TEXT).model_copy(update={"texts": {"en": "Why ${colour}?"}})
VISIT = question("visit", K.DATE)
NOTED = question("noted", relevant=only_if("visit", "2020-01-01"))
VISITS = question("visits", K.REPEAT, questions=(VISIT, NOTED))
FORM = tiny(section("one", COLOUR, WHY), section("two", STORY, VISITS))


def codes_of(document: Questionnaire) -> list[str]:
    return [s.code for s in document.sections] + list(document.anywhere)


def in_order(document: Questionnaire, code: str) -> list[str]:
    found = document.section(code)
    assert found is not None
    return [q.code for q in found.questions]


def renamed(document: Questionnaire, uid: UUID, code: str) -> Questionnaire:
    asked = find_question(document, uid)
    assert asked is not None
    return questions.save_question(document, asked.model_copy(update={"code": code}))


def test_a_changed_code_is_followed_by_conditions_and_texts() -> None:
    changed = renamed(FORM, COLOUR.uid, "shade")

    assert references(changed.anywhere["why"].relevant) == {"shade"}
    assert changed.anywhere["story"].texts == {"en": "Why ${shade}?"}
    assert uses_of(changed, frozenset({"colour"})) == []


def test_a_changed_code_is_followed_inside_repeats() -> None:
    changed = renamed(FORM, VISIT.uid, "seen_on")

    assert references(changed.anywhere["noted"].relevant) == {"seen_on"}


@pytest.mark.parametrize("code", ["why", "one", "no spaces", "1st", ""])
def test_a_code_that_is_taken_or_no_name_is_refused(code: str) -> None:
    with pytest.raises(UnusableCode):
        renamed(FORM, COLOUR.uid, code)


def test_a_choice_with_another_code_is_followed_by_comparisons_with_it() -> None:
    scarlet = LIST[0].model_copy(update={"code": "scarlet"})
    changed = questions.save_question(
        FORM,
        COLOUR.model_copy(update={"choices": (scarlet, *LIST[1:])}),
        choices={"red": "scarlet"},
    )

    assert changed.anywhere["why"].relevant == only_if("colour", "scarlet")


def test_a_list_two_questions_share_changes_for_both() -> None:
    both = (
        question("first", K.CHOOSE_ONE, list="colours"),
        question("second", K.CHOOSE_MANY, list="colours"),
    )
    form = Questionnaire.model_validate(
        tiny(section("one", *both)).as_json() | {"lists": {"colours": [LIST[0].model_dump()]}}
    )

    changed = questions.save_question(
        form, form.anywhere["first"].model_copy(update={"choices": LIST})
    )

    assert changed.anywhere["second"].choices == LIST


@pytest.mark.parametrize("uid", [COLOUR.uid, VISIT.uid])
def test_a_question_others_speak_of_is_not_deleted(uid: UUID) -> None:
    with pytest.raises(StillUsed) as refused:
        questions.delete_question(FORM, uid)

    assert refused.value.uses


def test_a_refusal_to_delete_names_each_place() -> None:
    with pytest.raises(StillUsed) as refused:
        questions.delete_question(FORM, COLOUR.uid)

    assert [(use.code, use.field) for use in refused.value.uses] == [
        ("why", "relevant"), ("story", "texts"),
    ]  # fmt: skip


def test_what_speaks_only_of_itself_can_be_deleted_whole() -> None:
    changed = questions.delete_question(FORM, VISITS.uid)

    assert "visit" not in changed.anywhere


def test_a_section_another_speaks_of_is_not_deleted() -> None:
    with pytest.raises(StillUsed):
        sections.delete_section(FORM, "one")
    assert [s.code for s in sections.delete_section(FORM, "two").sections] == ["one"]


def test_moving_down_goes_on_into_the_next_section_and_back() -> None:
    moved = questions.move_question(FORM, WHY.uid, up=False)

    assert in_order(moved, "two") == ["why", "story", "visits"]
    assert questions.move_question(moved, WHY.uid, up=True) == FORM


def test_the_ends_of_a_questionnaire_and_of_a_repeat_hold_their_questions() -> None:
    assert questions.move_question(FORM, COLOUR.uid, up=True) == FORM
    assert questions.move_question(FORM, VISITS.uid, up=False) == FORM
    assert questions.move_question(FORM, NOTED.uid, up=False) == FORM


def test_a_copied_repeat_speaks_of_its_own_questions() -> None:
    changed, copied = questions.double_question(FORM, VISITS.uid)

    noted = next(q for q in copied.everything() if q.texts == NOTED.texts)
    assert references(noted.relevant) == {"visit_2"}
    assert changed.repeats_of["visit_2"] == ("visits_2",)


def test_a_copied_section_keeps_what_it_says_of_others() -> None:
    changed, copied = sections.double_section(FORM, "two")

    assert [s.code for s in changed.sections] == ["one", "two", "two_2"]
    assert copied.questions[0].texts == {"en": "Why ${colour}?"}


def test_a_copy_for_another_survey_has_the_same_codes_and_questions_of_its_own() -> None:
    copied = for_new_survey(FORM, "other")

    assert codes_of(copied) == codes_of(FORM)
    assert not {q.uid for q in copied.anywhere.values()} & {q.uid for q in FORM.anywhere.values()}


def test_lines_become_choices_with_the_usual_codes() -> None:
    found = choices_from(
        ["• Water", "", "Water", "Clean  water", "Other", "None of these"], "en", (), numbered=False
    )

    assert [c.code for c in found] == ["water", "clean_water", "other", "none"]
    assert found[3].exclusive
    assert found[2].specify


def test_steps_of_a_scale_are_numbered_on() -> None:
    found = choices_from(["Low", "High", "Don’t know"], "en", (), numbered=True)

    assert [c.code for c in found] == ["1", "2", "dont_know"]


@given(st.text(max_size=80), st.sets(st.sampled_from(["question_1", "a", "staff"])))
def test_a_code_made_from_any_text_is_new_and_usable(text: str, taken: set[str]) -> None:
    code = code_from(text, taken, fallback="question")

    assert code not in taken
    assert code.isascii()
    assert code[0].isalpha()
    assert " " not in code


EDITS = ("add", "up", "down", "double", "delete", "rename", "into", "before", "double_section",
         "delete_section", "move_section")  # fmt: skip


def edited(document: Questionnaire, edit: str, draw: Any) -> Questionnaire:
    """One edit somewhere; the document itself where it is refused."""
    asked = list(document.anywhere.values())
    places = [s.code for s in document.sections]
    try:
        if edit == "add" and places:
            kind = draw(st.sampled_from(list(K)))
            texts = {"en": draw(st.sampled_from(["Staff", "colour", "عدد"]))}
            return questions.add_question(document, draw(st.sampled_from(places)), kind, texts)[0]
        if edit.endswith("section") and places:
            return _section_edited(document, edit, draw(st.sampled_from(places)), draw)
        if asked and places:
            return _question_edited(document, edit, draw(st.sampled_from(asked)), draw)
    except (StillUsed, UnusableCode):
        pass
    return document


def _section_edited(document: Questionnaire, edit: str, code: str, draw: Any) -> Questionnaire:
    if edit == "double_section":
        return sections.double_section(document, code)[0]
    if edit == "delete_section":
        return sections.delete_section(document, code)
    return sections.move_section(document, code, draw(st.integers(-2, 2)))


def _question_edited(
    document: Questionnaire, edit: str, asked: Question, draw: Any
) -> Questionnaire:
    match edit:
        case "double":
            return questions.double_question(document, asked.uid)[0]
        case "delete":
            return questions.delete_question(document, asked.uid)
        case "rename":
            return renamed(document, asked.uid, draw(st.sampled_from(["shade", "why", "x1"])))
        case "into":
            codes = [s.code for s in document.sections]
            return questions.move_to_section(document, asked.uid, draw(st.sampled_from(codes)))
        case "before":
            other = draw(st.sampled_from(list(document.anywhere.values())))
            return questions.place_question(document, asked.uid, other.uid)
    return questions.move_question(document, asked.uid, up=edit == "up")


@settings(max_examples=60)
@given(st.data(), st.lists(st.sampled_from(EDITS), max_size=8))
def test_any_edits_keep_codes_and_uids_unique_and_every_reference_known(
    data: st.DataObject, edits: list[str]
) -> None:
    document = FORM
    for edit in edits:
        document = edited(document, edit, data.draw)

    codes, uids = codes_of(document), [q.uid for q in document.anywhere.values()]
    everything = [q for asked in document.questions() for q in asked.everything()]
    assert len(codes) == len(set(codes)) == len(taken_codes(document))
    assert len(everything) == len(uids) == len(set(uids))
    assert all(references(q.relevant) <= document.anywhere.keys() for q in everything)
    assert Questionnaire.model_validate(document.as_json()) == document


@settings(max_examples=30)
@given(st.data(), st.sampled_from(["up", "down", "into", "before"]))
def test_moving_loses_no_question(data: st.DataObject, edit: str) -> None:
    document = edited(FORM, edit, data.draw)

    assert sorted(codes_of(document)) == sorted(codes_of(FORM))
