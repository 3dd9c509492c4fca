"""Comparing questionnaires: nothing is missed, nothing is invented; what is frozen stays so."""

from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from surveys.changes import What, adopted, diff, gone_from, kept, refusals, still_offered, union
from surveys.changes.diff import UNCOMPARED
from surveys.changes.frozen import Broken
from surveys.changes.places import moves
from surveys.changes.questions import ELSEWHERE, FIELDS, TEXTS
from surveys.definition import Question, QuestionKind, Questionnaire, Section
from surveys.routes.change_words import in_words
from tests.surveys.edits import Edit, edits, put, questionnaires
from tests.surveys.tiny import ITEMS, LIST, SCALE, asking, choices, question, section, tiny


@given(questionnaires())
def test_a_questionnaire_differs_in_nothing_from_itself(form: Questionnaire) -> None:
    assert diff(form, Questionnaire.model_validate(form.as_json())) == ()


@given(edits())
def test_an_edit_is_found_as_what_it_is_and_nothing_else(
    edited: tuple[Questionnaire, Edit],
) -> None:
    before, edit = edited

    found = {(change.what, change.code, change.part) for change in diff(before, edit.after)}

    assert found == edit.found


@given(st.data())
def test_each_of_several_edits_is_found(data: st.DataObject) -> None:
    """Between two stages the comparison tells all that the steps between them tell of."""
    form, edit = data.draw(edits())
    stages = [form, edit.after]
    for question_ in list(form.questions())[:3]:
        now = stages[-1].anywhere.get(question_.code)
        if now is not None:
            stages.append(put(stages[-1], now.model_copy(update={"read_only": not now.read_only})))

    steps = {(c.what, c.code, c.part) for one, two in pairwise(stages) for c in diff(one, two)}
    at_once = {(c.what, c.code, c.part) for c in diff(stages[0], stages[-1])}

    assert {step for step in steps if step[0] is not What.SETTING} <= at_once
    assert at_once <= steps


@given(edits())
def test_what_was_new_one_way_is_deleted_the_other(edited: tuple[Questionnaire, Edit]) -> None:
    before, edit = edited

    there, back = diff(before, edit.after), diff(edit.after, before)

    assert {c.uid for c in there if c.what is What.NEW} == {
        c.uid for c in back if c.what is What.DELETED
    }
    assert bool(there) is bool(back)


def test_every_field_of_a_question_and_of_a_questionnaire_is_compared_or_exempt() -> None:
    compared = {*FIELDS, *TEXTS, *ELSEWHERE}

    assert compared == set(Question.model_fields)
    assert set(Questionnaire.model_fields) - UNCOMPARED.keys() == {
        "texts", "languages", "introduction", "sections",
    }  # fmt: skip


@given(st.permutations(range(7)))
def test_what_is_left_when_the_moved_are_taken_out_is_in_order(order: list[int]) -> None:
    moved = moves(range(7), order)

    rest = [one for one in order if one not in moved]
    assert rest == sorted(rest)
    assert bool(moved) is (order != sorted(order))


def test_one_question_moved_up_is_the_only_one_that_moved() -> None:
    one, two, three = (question(code) for code in ("one", "two", "three"))

    found = diff(asking(one, two, three), asking(three, one, two))

    assert [(c.what, c.code) for c in found] == [(What.MOVED, "three")]


def test_a_question_inside_a_repeat_is_compared_too() -> None:
    inner = question("name")
    visits = question("visits", QuestionKind.REPEAT, questions=(inner,))
    longer = visits.model_copy(update={"questions": (inner, question("day", QuestionKind.DATE))})

    found = diff(asking(visits), asking(longer))

    assert [(c.what, c.code) for c in found] == [(What.NEW, "day")]


def speaking(**texts: str) -> Questionnaire:
    one = Question(uid=UUID(int=1), code="name", kind=QuestionKind.SHORT_TEXT, texts=texts)
    only = Section(code="only", texts=texts, questions=(one,))
    return Questionnaire(code="t", texts=texts, languages=tuple(texts), sections=(only,))


def test_a_language_that_came_is_told_by_its_name(app: Flask) -> None:
    before, after = speaking(en="Name"), speaking(en="Name", prs="نام")
    (change,) = diff(before, after)

    with app.test_request_context():
        assert in_words(change, before, after, "en").sentence == "New language: Dari."


def test_texts_of_a_language_that_came_are_no_rewording() -> None:
    found = diff(speaking(en="Name"), speaking(en="Name", fr="Nom"))

    assert [(c.what, c.part) for c in found] == [(What.LANGUAGE_ADDED, "fr")]


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"kind": QuestionKind.INTEGER}, Broken.KIND),
        ({"code": "other"}, Broken.CODE),
        ({"uid": uuid4()}, Broken.REUSED),
    ],
)
def test_kind_code_and_question_are_frozen_once_published(
    changed: dict[str, object], broken: Broken
) -> None:
    one = question("name")
    gone = asking(question("else"))

    found = refusals(asking(one.model_copy(update=changed)), [asking(one), gone])

    assert [refusal.broken for refusal in found] == [broken]
    assert refusals(asking(one), [asking(one), gone]) == []


def test_a_form_from_a_file_keeps_the_uids_its_codes_have() -> None:
    inner = question("day", QuestionKind.DATE)
    known = asking(question("name"), question("visits", QuestionKind.REPEAT, questions=(inner,)))
    again = asking(
        *(q.model_copy(update={"uid": uuid4()}) for q in known.questions()), question("more")
    )
    alien = again.by_code["visits"].questions[0].model_copy(update={"uid": uuid4()})
    again = put(again, again.by_code["visits"].model_copy(update={"questions": (alien,)}))

    found = adopted(again, [known])

    assert {c: q.uid for c, q in found.anywhere.items() if c != "more"} == {
        c: q.uid for c, q in known.anywhere.items()
    }
    assert [c.what for c in diff(known, found) if c.uid] == [What.NEW]


COLOURS = question("colours", QuestionKind.CHOOSE_MANY, choices=LIST)
MATRIX = question("matrix", QuestionKind.MATRIX, choices=SCALE, items=ITEMS)
RANKING = question("ranking", QuestionKind.RANKING, choices=choices(*"abc"), ties=True)
POINTS = question("points", QuestionKind.POINTS, items=ITEMS, total=100)


@pytest.mark.parametrize(
    ("asked", "stored", "left"),
    [
        (COLOURS, ["red", "pink"], ["red"]),
        (COLOURS, ["pink"], None),
        (COLOURS, [{"choice": "other", "text": "Pink"}], [{"choice": "other", "text": "Pink"}]),
        (COLOURS, "pink", None),
        (MATRIX, {"water": 4, "roads": 5}, {"water": 4}),
        (MATRIX, {"water": 9}, None),
        (RANKING, ["a", ["b", "z"]], ["a", ["b"]]),
        (POINTS, {"water": 40, "roads": 60}, {"water": 40}),
        (question("staff", QuestionKind.INTEGER), 12, 12),
        (question("ok", QuestionKind.YES_NO, choices=choices("yes", "no")), True, True),
        (question("sum", QuestionKind.MONEY), {"amount": 1}, {"amount": 1}),
    ],
)
def test_of_an_answer_what_is_still_offered_is_told_from_what_is_gone(
    asked: Question, stored: object, left: object
) -> None:
    assert still_offered(asked, stored) == left
    assert gone_from(asked, stored) is (left != stored)


def test_a_page_sent_back_untouched_keeps_what_is_no_longer_offered() -> None:
    held = ["red", "pink"]

    assert kept(COLOURS, held, ["red"]) == held
    assert kept(COLOURS, held, ["red", "blue"]) == ["red", "blue"]
    assert kept(COLOURS, ["red"], ["blue"]) == ["blue"]
    assert kept(COLOURS, "pink", None) == "pink"


def test_an_item_of_a_repeat_keeps_what_its_page_could_not_show() -> None:
    visits = question("visits", QuestionKind.REPEAT, questions=(COLOURS, question("name")))
    held = [
        {"id": "aa", "answers": {"colours": ["red", "pink"], "gone": 7, "name": "Clinic"}},
        {"id": "bb", "answers": {"gone": 8}},
    ]
    sent = [{"id": "aa", "answers": {"colours": ["red"]}}, {"id": "cc", "answers": {"name": "x"}}]

    assert kept(visits, held, sent) == [
        {"id": "aa", "answers": {"colours": ["red", "pink"], "gone": 7}},
        {"id": "cc", "answers": {"name": "x"}},
    ]


def test_a_union_asks_all_and_says_which_version_asked_what() -> None:
    one, two, three = (question(code) for code in ("one", "two", "three"))
    colours = question("colours", QuestionKind.CHOOSE_ONE, choices=choices("red", "pink"))
    fewer = colours.model_copy(update={"choices": choices("red", "blue")})
    renamed = one.model_copy(update={"texts": {**one.texts, "fr": "Autre"}})
    first = tiny(section("a", one, two), section("b", colours))
    second = tiny(section("a", three, renamed), section("b", fewer))

    both = union({1: first, 4: second})

    assert both.codes == ("one", "two", "colours", "three")
    assert [q.code for q in both.document.questions()] == ["three", "one", "two", "colours"]
    assert [c.code for c in both.document.by_code["colours"].choices] == ["red", "blue", "pink"]
    assert both.stood["two"] == (1,)
    assert both.stood["one"] == (1, 4)
    assert both.reworded == {"one": (4,)}
    assert both.document.by_code["one"].texts["fr"] == "Autre"


def test_a_section_that_was_deleted_stays_in_the_union() -> None:
    first = tiny(section("a", question("one")), section("b", question("two")))
    second = tiny(first.sections[0])

    both = union({1: first, 2: second})

    assert [s.code for s in both.document.sections] == ["a", "b"]


@given(edits())
def test_a_union_holds_every_question_choice_and_row_of_each(
    edited: tuple[Questionnaire, Edit],
) -> None:
    before, edit = edited

    both = union({1: before, 2: edit.after}).document

    for form in (before, edit.after):
        for code, asked in form.anywhere.items():
            now = both.anywhere[code]
            assert {c.code for c in asked.choices} <= {c.code for c in now.choices}
            assert {c.code for c in asked.items} <= {c.code for c in now.items}


@given(questionnaires())
def test_the_union_of_one_version_is_that_version(form: Questionnaire) -> None:
    assert union({3: form}).document is form
