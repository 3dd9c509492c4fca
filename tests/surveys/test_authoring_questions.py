"""Authoring without JavaScript: the page of one question, and its conditions."""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from surveys.definition import QuestionKind as K
from surveys.models import QuestionnaireVersion, Survey
from tests.factories import Browser
from tests.pages import form_with
from tests.surveys.drafted import (
    COLOUR,
    FORM,
    STAFF,
    WHY,
    document,
    filled,
    page_of,
    seated,
)
from tests.surveys.tiny import only_if


@pytest.fixture
def author(app: Flask, session: Session) -> Browser:
    return seated(app, session)


def test_a_page_saved_as_it_is_changes_nothing(author: Browser, session: Session) -> None:
    for asked in FORM.questions():
        author.send(page_of(asked), filled(author, page_of(asked)))

    assert document(session) == FORM


def test_a_condition_is_built_row_by_row_and_kept_as_an_expression(
    author: Browser, session: Session
) -> None:
    path = page_of(STAFF)
    sent = filled(author, path)
    for change in (
        {"do": "relevant:row"},
        {"do": "relevant:look", "relevant-question": "colour"},
        {"do": "relevant:look", "relevant-comparison": "!=", "relevant-value": "blue"},
    ):
        page = author.send(path, {**sent, **change}).text
        sent = {**form_with(page, "seen").fields}
    author.send(path, sent)

    assert sent["relevant-text"] == ["${colour} != 'blue'"]
    assert document(session).anywhere["staff"].relevant == {
        "op": "!=", "args": [{"ref": "colour"}, {"value": "blue"}],
    }  # fmt: skip


def test_a_typed_expression_is_shown_as_rows(author: Browser) -> None:
    path = page_of(STAFF)
    sent = filled(author, path) | {
        "relevant-text": "${colour} = 'red' or ${colour} = 'blue'", "do": "relevant:use-text",
    }  # fmt: skip
    fields = form_with(author.send(path, sent).text, "seen").fields

    assert fields["relevant-join"] == ["any"]
    assert fields["relevant-value"] == ["red", "blue"]


def test_an_expression_rows_cannot_say_stays_one(author: Browser, session: Session) -> None:
    path = page_of(STAFF)
    expression = "string-length(${colour}) > 3"
    author.send(path, filled(author, path) | {"relevant-text": expression})

    page = author.get(path).text
    assert "stays an expression" in page
    assert form_with(page, "seen").fields["relevant-text"] == [expression]
    author.send(path, filled(author, path))
    assert document(session).anywhere["staff"].relevant is not None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"relevant-text": "${colour} = "}, "ends too early"),
        ({"relevant-text": "nonsense(1)"}, "Character 1"),
        ({"code": "why"}, "has this code"),
        ({"code": "1st"}, "beginning with a letter"),
        ({"required": "if"}, "Say when"),
        ({"relevant-question": ["colour"], "relevant-comparison": ["="], "relevant-value": [""],
          "relevant-group": ["0"]}, "complete"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_question_is_said_and_nothing_is_lost(
    author: Browser, session: Session, changed: dict[str, Any], told: str
) -> None:
    path = page_of(STAFF)
    answer = author.send(path, filled(author, path) | {"texts__en": "Typed here", **changed})

    assert answer.status_code == 400
    assert told in answer.text
    assert form_with(answer.text, "seen").fields["texts__en"] == ["Typed here"]
    assert document(session) == FORM


def test_rows_and_expression_both_changed_are_asked_about(author: Browser) -> None:
    path = page_of(WHY)
    sent = filled(author, path) | {"relevant-value": "blue", "relevant-text": "${staff} > 1"}
    answer = author.send(path, sent)

    assert answer.status_code == 400
    assert "both changed" in answer.text
    assert form_with(answer.text, "seen").fields["relevant-text"] == ["${staff} > 1"]


def test_pasted_lines_become_choices(author: Browser, session: Session) -> None:
    path = page_of(COLOUR)
    author.send(path, filled(author, path) | {"choices-lines": "Violet\nPale pink\n"})

    codes = [choice.code for choice in document(session).anywhere["colour"].choices]
    assert codes == ["red", "green", "blue", "other", "none", "violet", "pale_pink"]


def test_a_choice_with_a_new_code_is_followed_by_conditions(
    author: Browser, session: Session
) -> None:
    path = page_of(COLOUR)
    sent = filled(author, path)
    author.send(path, sent | {"choices-code": ["scarlet", *sent["choices-code"][1:]]})

    assert document(session).anywhere["why"].relevant == only_if("colour", "scarlet")


def test_another_kind_shows_what_it_needs_and_saves_with_it(
    author: Browser, session: Session
) -> None:
    path = page_of(STAFF)
    page = author.send(path, filled(author, path) | {"kind": "rating", "do": "kind"}).text
    author.send(path, form_with(page, "seen").fields)

    changed = document(session).anywhere["staff"]
    assert changed.kind is K.RATING
    assert [choice.code for choice in changed.choices] == ["1", "2", "3", "4", "5"]


def test_what_was_published_keeps_its_code_and_kind(author: Browser, session: Session) -> None:
    survey = session.exec(select(Survey)).one()
    session.add(
        QuestionnaireVersion(
            survey_id=survey.id, number=1, definition=FORM.as_json(), digest="0" * 64,
            published_at=now(),
        )
    )  # fmt: skip
    session.commit()
    path = page_of(COLOUR)
    sent = filled(author, path)
    codes = ["scarlet", *sent["choices-code"][1:]]
    author.send(path, sent | {"code": "shade", "kind": "rating", "choices-code": codes})

    kept = document(session).anywhere["colour"]
    assert kept.kind is K.CHOOSE_ONE
    assert kept.choices[0].code == "red"


def test_a_code_no_question_has_is_named_beside_the_expression(author: Browser) -> None:
    path = page_of(WHY)
    sent = filled(author, path) | {"relevant-text": "${color} = 'red'", "do": "relevant:use-text"}

    told = author.send(path, sent).text

    place = told[told.index('id="at-relevant"') : told.index('id="relevant-text"')]
    assert "There is no question “color”." in place
    assert "more than rows" not in place
    assert "always shown" not in place


def test_only_a_question_without_condition_is_said_to_be_always_shown(author: Browser) -> None:
    pages = [author.get(page_of(asked)).text for asked in (STAFF, WHY)]

    assert ["it is always shown" in page for page in pages] == [True, False]
