"""Authoring without JavaScript: beginning, the outline, conflicts, trying."""

from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, select

from movement.models import Role
from surveys.models import QuestionnaireDraft, QuestionnaireVersion
from tests.factories import Browser, a_survey, browser_of, somebody
from tests.pages import form_with
from tests.surveys.drafted import (
    COLOUR,
    DRAFT,
    FORM,
    STAFF,
    WHY,
    act,
    document,
    filled,
    new_survey,
    page_of,
    seated,
)
from tests.surveys.tiny import asking


@pytest.fixture
def author(app: Flask, session: Session) -> Browser:
    return seated(app, session)


def test_a_survey_is_begun_in_any_languages(author: Browser, session: Session) -> None:
    answer = author.send(
        "/surveys/new",
        {
            "title": "Climate and hope",
            "language": "en",
            "others": ["fr", "ar"],
            "more": "pt-br, sw",
        },
    )

    assert answer.location == "/surveys/climate-hope/draft"
    begun = document(session, "climate-hope")
    assert begun.languages == ("en", "fr", "ar", "pt-BR", "sw")
    assert begun.texts == {"en": "Climate and hope"}


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"more": "xx-nowhere-at-all-1"}, {"code": "no spaces"}, {"code": "tiny"},
     {"code": "new"}],
)  # fmt: skip
def test_what_is_wrong_with_a_new_survey_is_said_and_kept(
    author: Browser, wrong: dict[str, str]
) -> None:
    sent = {**new_survey(author), "title": "Hope", "more": "sw", **wrong}
    answer = author.send("/surveys/new", sent)

    assert answer.status_code == 400
    assert "summary-of-errors" in answer.text
    assert form_with(answer.text, "title").fields["more"] == [sent["more"]]


def test_a_section_and_a_question_are_added(author: Browser, session: Session) -> None:
    author.send(f"{DRAFT}/sections", {"title": "Your branches"})
    answer = author.send(
        f"{DRAFT}/sections/branches/add", {"text": "How many staff?", "kind": "integer"}
    )

    made = document(session).section("branches")
    assert made is not None
    assert [(q.code, q.texts) for q in made.questions] == [
        ("many_staff", {"en": "How many staff?"})
    ]
    assert answer.location == page_of(made.questions[0])


def test_a_question_without_kind_is_asked_for_it_and_keeps_its_text(author: Browser) -> None:
    answer = author.send(f"{DRAFT}/sections/one/add", {"text": "How many staff?"})

    assert answer.status_code == 400
    assert form_with(answer.text, "text").fields["text"] == ["How many staff?"]


def test_two_authors_of_one_question_see_both_and_overwrite_nothing(
    author: Browser, session: Session
) -> None:
    path = page_of(STAFF)
    mine, theirs = filled(author, path), filled(author, path)
    author.send(path, theirs | {"texts__en": "Theirs"})

    answer = author.send(path, mine | {"texts__en": "Mine"})

    assert answer.status_code == 409
    assert "Theirs" in answer.text
    fields = form_with(answer.text, "seen").fields
    assert fields["texts__en"] == ["Mine"]
    assert document(session).anywhere["staff"].texts["en"] == "Theirs"
    author.send(path, fields)
    assert document(session).anywhere["staff"].texts["en"] == "Mine"


def test_two_authors_of_different_questions_never_meet(author: Browser, session: Session) -> None:
    one, other = filled(author, page_of(STAFF)), filled(author, page_of(WHY))
    author.send(page_of(STAFF), one | {"texts__en": "One"})
    author.send(page_of(WHY), other | {"texts__en": "Other"})

    after = document(session).anywhere
    assert (after["staff"].texts["en"], after["why"].texts["en"]) == ("One", "Other")


def test_two_authors_of_one_section_and_of_the_title_see_both(
    author: Browser, session: Session
) -> None:
    for path, name in ((f"{DRAFT}/sections/one", "texts__en"), (f"{DRAFT}/settings", "title__en")):
        mine, theirs = filled(author, path), filled(author, path)
        author.send(path, theirs | {name: "Theirs"})
        answer = author.send(path, mine | {name: "Mine"})

        assert answer.status_code == 409
        assert "Theirs" in answer.text
        assert form_with(answer.text, "seen").fields[name] == ["Mine"]
    assert document(session).texts["en"] == "Theirs"


def test_a_question_deleted_meanwhile_keeps_what_was_typed(author: Browser) -> None:
    path = page_of(STAFF)
    sent = filled(author, path)
    act(author, f"question:delete:{STAFF.uid}")

    answer = author.send(path, sent | {"texts__en": "Typed for long"})

    assert answer.status_code == 404
    assert "Typed for long" in answer.text


def test_deleting_what_is_needed_is_refused_with_the_places(
    author: Browser, session: Session
) -> None:
    answer = author.send(f"{DRAFT}/act", {"do": f"question:delete:{COLOUR.uid}"})

    assert answer.status_code == 409
    assert f"{page_of(WHY)}#at-relevant" in answer.text
    assert document(session) == FORM


@pytest.mark.parametrize(
    "do",
    [
        f"question:delete:{STAFF.uid}", f"question:up:{STAFF.uid}", f"question:down:{STAFF.uid}",
        f"question:double:{COLOUR.uid}", f"question:into:{STAFF.uid}:two",
        f"question:before:{STAFF.uid}:{COLOUR.uid}", "section:down:one", "section:up:two",
        "section:double:one", "section:delete:two",
    ],
    ids=lambda do: "-".join(do.split(":")[:2]),
)  # fmt: skip
def test_each_button_of_the_outline_changes_one_thing_and_undo_brings_it_back(
    author: Browser, session: Session, do: str
) -> None:
    assert act(author, do) == 303
    assert document(session) != FORM

    fields = form_with(author.get(DRAFT).text, "edition").fields
    author.send(f"{DRAFT}/undo", fields)

    assert document(session) == FORM


def test_undo_of_a_stale_page_is_refused(author: Browser, session: Session) -> None:
    act(author, f"question:delete:{STAFF.uid}")
    fields = form_with(author.get(DRAFT).text, "edition").fields
    act(author, "section:down:one")

    assert author.send(f"{DRAFT}/undo", fields).status_code == 409
    assert "staff" not in document(session).anywhere


@pytest.mark.parametrize(
    "do",
    [
        "",
        "x:y:z",
        "x:double:{staff}",
        "question:up",
        "question:up:none",
        "question:before:{staff}:none",
        "question:fly:{staff}",
        "section:fly:one",
    ],
)
def test_a_button_nobody_offered_changes_nothing(
    author: Browser, session: Session, do: str
) -> None:
    assert act(author, do.format(staff=STAFF.uid)) == 400
    assert document(session) == FORM


@pytest.mark.parametrize("do", [f"question:up:{UUID(int=0)}", "section:up:none"])
def test_a_button_of_what_is_gone_changes_nothing(
    author: Browser, session: Session, do: str
) -> None:
    assert act(author, do) == 404
    assert document(session) == FORM


def test_trying_says_what_is_asked_and_why(author: Browser) -> None:
    undecided = author.get(f"{DRAFT}/try").text
    asked = author.send(f"{DRAFT}/try", {"q_colour": "red"}).text
    hidden = author.send(f"{DRAFT}/try", {"q_colour": "blue"}).text

    assert "Not decided yet" in undecided
    assert "holds" in asked
    assert "Choice blue" in hidden
    assert "does not hold" in hidden


def test_a_trial_keeps_its_answers_from_page_to_page(author: Browser) -> None:
    page = author.send(f"{DRAFT}/try", {"q_colour": "red", "q_why": "Because"}).text

    fields = form_with(page, "q_why").fields
    assert (fields["q_colour"], fields["q_why"]) == (["red"], ["Because"])


def test_conditions_in_a_circle_are_named(author: Browser, session: Session) -> None:
    path = page_of(COLOUR)
    author.send(path, filled(author, path) | {"relevant-text": "${why} = 'x'"})

    answer = author.get(f"{DRAFT}/try")

    assert answer.status_code == 409
    assert "colour" in answer.text
    assert author.get(f"{DRAFT}/preview/one").status_code == 200


def test_a_preview_is_framed_by_our_pages_only_and_speaks_its_language(author: Browser) -> None:
    answer = author.get(f"{DRAFT}/preview/one?language=ar")

    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert "Question colour (ar)" in answer.text


def test_a_next_version_begins_with_a_published_one(app: Flask, session: Session) -> None:
    browser = browser_of(app, session, somebody(session, Role.SECRETARIAT))
    a_survey(session, asking(COLOUR))
    session.commit()

    fields = form_with(browser.get(f"{DRAFT}/begin").text, "version").fields
    answer = browser.send(f"{DRAFT}/begin", fields)

    assert answer.location == DRAFT
    assert document(session).anywhere["colour"].uid == COLOUR.uid


def test_a_new_survey_can_begin_as_a_copy(app: Flask, session: Session) -> None:
    browser = browser_of(app, session, somebody(session, Role.SECRETARIAT))
    a_survey(session, asking(COLOUR))
    session.commit()
    past = session.exec(select(QuestionnaireVersion.id)).one()
    session.rollback()

    sent = {**new_survey(browser), "title": "Again", "copy_of": str(past)}
    browser.send("/surveys/new", sent)

    copied = document(session, "again")
    assert copied.anywhere["colour"].choices == COLOUR.choices
    assert copied.anywhere["colour"].uid != COLOUR.uid


def test_a_draft_given_up_is_gone(author: Browser, session: Session) -> None:
    author.send(f"{DRAFT}/give-up")

    assert session.exec(select(QuestionnaireDraft)).all() == []
    assert author.get(DRAFT).status_code == 404


@pytest.mark.parametrize(
    ("path", "where"),
    [("/surveys", "page"), ("/surveys/tiny/draft", "true"), ("/directory", "")],
)
def test_the_menu_marks_the_part_of_the_site_a_page_stands_in(
    author: Browser, path: str, where: str
) -> None:
    page = author.get(path).text

    marked = f' aria-current="{where}"' if where else ""
    assert f'<a href="/surveys"{marked}>' in page
    assert '<a href="/" aria-current' not in page
