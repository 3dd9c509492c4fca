"""Groups of questions: made, filled, conditioned and taken away, in the editor and as edits."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from surveys.checks import findings
from surveys.definition import Group, QuestionKind, Questionnaire
from surveys.editing.groups import add_group, delete_group, get_group, save_group
from tests.factories import Browser
from tests.surveys.drafted import DRAFT, document, filled, seated
from tests.surveys.questionnaire_strategies import questionnaires
from tests.surveys.tiny import only_if, question, section, tiny

A, B, C, D = (question(code) for code in "abcd")
INSIDE = question("r", QuestionKind.REPEAT, questions=(question("x"), question("y")))
FORM = tiny(section("one", A, B, C, D, INSIDE))
PAGE = f"{DRAFT}/groups/work"


@pytest.fixture
def author(app: Flask, session: Session) -> Browser:
    browser = seated(app, session, FORM)
    browser.send(f"{DRAFT}/sections/one/groups", {"title": "Your work"})
    return browser


def save(author: Browser, **typed: Any) -> int:
    return author.send(PAGE, filled(author, PAGE, **typed)).status_code


def standing(form: Questionnaire) -> list[tuple[str, str]]:
    return [(q.code, q.group) for q in form.sections[0].questions]


def test_a_group_is_added_filled_and_conditioned(author: Browser, session: Session) -> None:
    chosen = [str(B.uid), str(D.uid)]

    status = save(
        author, texts__en="Our work", members=chosen,
        relevant_row_question="a", relevant_row_comparison="=", relevant_row_value="x",
        relevant_row_group="0",
    )  # fmt: skip

    now = document(session)
    assert status == 303
    assert standing(now)[:4] == [("a", ""), ("b", "work"), ("d", "work"), ("c", "")]
    (group,) = now.sections[0].groups
    assert (group.texts, group.relevant) == ({"en": "Our work"}, only_if("a", "x"))
    assert findings(now) == []


def test_a_question_taken_out_stands_alone_again(author: Browser, session: Session) -> None:
    save(author, members=[str(A.uid), str(B.uid)])
    save(author, members=[str(B.uid)])

    assert standing(document(session))[:2] == [("a", ""), ("b", "work")]


def test_deleting_a_group_leaves_its_questions(author: Browser, session: Session) -> None:
    save(author, members=[str(A.uid), str(B.uid)])

    answer = author.send(f"{PAGE}/delete", {})

    now = document(session)
    assert answer.status_code == 303
    assert now.sections[0].groups == ()
    assert standing(now)[:2] == [("a", ""), ("b", "")]


def test_what_is_asked_each_time_has_groups_of_its_own(author: Browser, session: Session) -> None:
    answer = author.send(f"{DRAFT}/sections/one/groups", {"title": "Each", "repeat": "r"})
    page = author.get(answer.location).text

    assert [group.code for group in document(session).anywhere["r"].groups] == ["each"]
    assert str(INSIDE.questions[0].uid) in page
    assert str(A.uid) not in page


def test_two_authors_at_one_group_never_overwrite_each_other(
    author: Browser, session: Session
) -> None:
    mine = filled(author, PAGE, members=[str(A.uid)], texts__en="Mine")
    save(author, members=[str(B.uid)])

    answer = author.send(PAGE, mine)

    assert answer.status_code == 409
    assert "Somebody else changed this meanwhile" in answer.text
    assert 'value="Mine"' in answer.text
    assert standing(document(session))[:2] == [("a", ""), ("b", "work")]


def test_a_group_somebody_deleted_is_told_and_what_was_typed_kept(
    author: Browser, session: Session
) -> None:
    mine = filled(author, PAGE, texts__en="Mine")
    author.send(f"{PAGE}/delete", {})

    answer = author.send(PAGE, mine)

    assert answer.status_code == 404
    assert document(session).sections[0].groups == ()


def test_a_heading_is_asked_for(author: Browser, session: Session) -> None:
    answer = author.send(f"{DRAFT}/sections/one/groups", {"title": " "})

    assert answer.status_code == 400
    assert "Write a heading." in answer.text
    assert len(document(session).sections[0].groups) == 1


def test_what_a_group_condition_has_wrong_leads_to_its_page(author: Browser) -> None:
    save(author, members=[str(A.uid)], relevant_row_text="${gone} = 1")

    assert f'href="{PAGE}#at-relevant"' in author.get(DRAFT).text
    assert 'id="at-relevant"' in author.get(PAGE).text


def test_a_group_may_look_at_what_is_asked_before_it_in_its_section() -> None:
    held = B.model_copy(update={"group": "g"})
    after, before = (
        Group(code="g", texts={"en": "G"}, relevant=only_if(code, "x")) for code in "ca"
    )

    def form(group: Group) -> Questionnaire:
        one = section("one", A, held, C).model_copy(update={"groups": (group,)})
        return tiny(one)

    assert findings(form(before)) == []
    assert [(f.code, f.field) for f in findings(form(after))] == [("g", "relevant")]


def test_a_group_inside_one_that_is_deleted_stands_where_that_stood() -> None:
    groups = (
        Group(code="g", texts={"en": "G"}),
        Group(code="h", texts={"en": "H"}, group="g"),
    )
    one = section("one", A, B.model_copy(update={"group": "h"})).model_copy(
        update={"groups": groups}
    )

    left = delete_group(tiny(one), "g")

    assert [(g.code, g.group) for g in left.sections[0].groups] == [("h", "")]
    assert standing(left) == [("a", ""), ("b", "h")]


@given(questionnaires(), st.data())
def test_questions_of_a_group_always_stand_together(form: Questionnaire, data: Any) -> None:

    chosen = data.draw(st.sampled_from(form.sections))
    made, group = add_group(form, chosen.code, {form.languages[0]: "New"})
    asked = made.section(chosen.code).questions  # type: ignore[union-attr]  # it is there
    members = data.draw(st.sets(st.sampled_from([q.uid for q in asked]), min_size=1))

    saved = save_group(made, group, members)

    assert {q.uid for q in get_group(saved, group.code).members} == members
    assert {q.uid for q in saved.questions()} == {q.uid for q in form.questions()}
    runs = [q.group for q in saved.section(chosen.code).questions]  # type: ignore[union-attr]  # as above
    places = [n for n, code in enumerate(runs) if code == group.code]
    assert places == list(range(places[0], places[0] + len(places)))


def test_trying_shows_a_group_once_before_its_first_question(author: Browser) -> None:
    author.send(PAGE, filled(author, PAGE, texts__en="Our work"))
    empty = author.get(f"{DRAFT}/try").text

    fields = filled(author, PAGE, texts__en="Our work")
    author.send(PAGE, {**fields, "members": [str(B.uid), str(C.uid)]})
    page = author.get(f"{DRAFT}/try").text

    assert "<h3><bdi>Our work</bdi></h3>" not in empty
    assert page.count("<h3><bdi>Our work</bdi></h3>") == 1
    assert page.index(">a</bdi>") < page.index("Our work</bdi></h3>") < page.index(">b</bdi>")
