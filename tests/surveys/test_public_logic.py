"""Public pages follow a questionnaire's logic: conditions, former answers, items, doubts."""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.errors import Conflict
from surveys.definition import Group, Question, QuestionKind, Section
from surveys.public_models import PublicForm, PublicResponseState
from tests.pages import forms_of
from tests.surveys.tiny import OF_EVERY_KIND, asking, only_if, question, said, section, tiny
from tests.surveys.visiting import Stranger, a_public_form, responses

STAFF = question(
    "staff",
    QuestionKind.INTEGER,
    warning={"op": "<", "args": [{"ref": "."}, {"value": 100}]},
    warning_texts=said("Over a hundred"),
)
TWICE = question(
    "twice",
    QuestionKind.CALCULATED,
    calculation={"op": "*", "args": [{"ref": "staff"}, {"value": 2}]},
)
REPEAT = OF_EVERY_KIND[QuestionKind.REPEAT]


def at(app: Flask, session: Session, *sections: Section) -> Stranger:
    """Somebody who has started a questionnaire of these sections."""
    a_public_form(session, tiny(*sections))
    stranger = Stranger(app)
    stranger.start()
    return stranger


def test_a_section_that_is_not_asked_is_passed_over(app: Flask, session: Session) -> None:
    more = section("two", question("b")).model_copy(update={"relevant": only_if("a", "more")})
    last = section("three", question("c"))
    stranger = at(app, session, section("one", question("a")), more, last)

    over = stranger.save("one", q_a="enough")
    shut = stranger.get("/sections/two")
    back = stranger.get("/sections/three").text
    into = stranger.save("one", q_a="more")

    assert over.location == "/p/voices/sections/three"
    assert shut.location == "/p/voices/check"
    assert "/p/voices/sections/one" in back
    assert "/p/voices/sections/two" not in back
    assert into.location == "/p/voices/sections/two"


def test_former_answers_and_figures_stand_in_the_texts(app: Flask, session: Session) -> None:
    asked = question("why").model_copy(update={"texts": {"en": "Why ${staff}, so ${twice}?"}})
    stranger = at(app, session, section("one", STAFF, TWICE), section("two", asked))
    stranger.save("one", q_staff="21")

    page, check = stranger.get("/sections/two").text, stranger.get("/check").text

    for text in (page, check):
        assert "Why \u206821\u2069, so \u206842\u2069?" in text


def test_a_figure_is_worked_out_on_its_page(app: Flask, session: Session) -> None:
    stranger = at(app, session, section("only", STAFF, TWICE))
    stranger.save(q_staff="21")

    page = stranger.get("/sections/only").text

    assert ">42</output>" in page
    assert 'id="logic"' in page
    assert "js/section.js" in page


def test_groups_stand_under_their_headings(app: Flask, session: Session) -> None:
    grouped = question("a").model_copy(update={"group": "work"})
    one = section("only", grouped).model_copy(
        update={"groups": (Group(code="work", texts=said("Your work")),)}
    )

    page = at(app, session, one).get("/sections/only").text

    assert ">Your work (en)</h2>" in page


def test_a_response_begins_with_the_defaults(app: Flask, session: Session) -> None:
    at(app, session, section("only", question("place", default={"value": "Camp"}), question("b")))

    assert responses(session)[0].answers == {"place": "Camp"}


def test_an_unusual_answer_waits_until_somebody_says_it_is_right(
    app: Flask, session: Session
) -> None:
    stranger = at(app, session, section("only", STAFF))

    saved = stranger.save(q_staff="120")
    page = stranger.get("/sections/only?check=1").text
    refused = stranger.submit()
    state = responses(session)[0].state
    (form,) = [one for one in forms_of(stranger.get("/check").text) if "offered" in one.fields]
    offered = form.fields["offered"][0]
    sent = stranger.send("/submit", {"offered": offered, "right": "staff"})

    assert saved.location == "/p/voices/sections/only?check=1"
    assert "Over a hundred (en)" in page
    assert refused.status_code == 422
    assert state is PublicResponseState.IN_PROGRESS
    assert sent.location.startswith("/p/voices/thanks")
    assert responses(session)[0].confirmed == {"staff": 120}


def test_what_is_said_to_be_right_on_its_page_is_asked_no_more(
    app: Flask, session: Session
) -> None:
    stranger = at(app, session, section("only", STAFF))

    saved = stranger.save(q_staff="120", offered="staff", right="staff")

    assert saved.location == "/p/voices/check"
    assert stranger.submit().status_code == 303


def test_items_are_added_and_removed_without_javascript(app: Flask, session: Session) -> None:
    flat = REPEAT.model_copy(update={"questions": REPEAT.questions[:2]})
    stranger = at(app, session, section("only", flat))
    one, two = "0a1b2c3d", "ffffffff"

    first = stranger.get("/sections/only").text
    added = stranger.save(**{"q_partners": one, f"q_partners/{one}/partner": "Clinic",
                             "then": "add/partners"})  # fmt: skip
    page = stranger.client.get(added.location).text
    both: dict[str, Any] = {"q_partners": [one, two], f"q_partners/{one}/partner": "Clinic",
            f"q_partners/{two}/partner": "School"}  # fmt: skip
    stranger.save(**both)
    held = responses(session)[0].answers["partners"]
    removed = stranger.save(**both, then=f"remove/partners/{one}")

    assert first.count("data-item=") == 2  # one to begin with, and the pattern
    assert added.location == "/p/voices/sections/only?add=partners#q_partners-last"
    assert page.count("data-item=") == 3
    assert [item["answers"]["partner"] for item in held] == ["Clinic", "School"]
    assert removed.location == "/p/voices/sections/only#q_partners"
    assert [item["id"] for item in responses(session)[0].answers["partners"]] == [two]


def test_what_is_wrong_in_an_item_is_named_beside_its_question(
    app: Flask, session: Session
) -> None:
    stranger = at(app, session, section("only", REPEAT))
    item: dict[str, Any] = {"q_partners": "0a1b2c3d", "q_partners/0a1b2c3d/since": "long ago"}

    saved = stranger.save(**item)
    page = stranger.client.get(saved.location).text
    check = stranger.get("/check").text
    stranger.save(**item | {"q_partners/0a1b2c3d/since": "2015",
                            "q_partners/0a1b2c3d/partner": "Clinic"})  # fmt: skip

    assert 'value="long ago"' in page
    assert 'href="#q_partners.0a1b2c3d.since"' in page
    assert "#q_partners.0a1b2c3d.since" in check
    assert stranger.submit().status_code == 303


@pytest.mark.parametrize("kind", [k for k in OF_EVERY_KIND if k is not QuestionKind.FILE])
def test_every_other_kind_has_its_page(app: Flask, session: Session, kind: QuestionKind) -> None:
    asked = OF_EVERY_KIND[kind]
    stranger = at(app, session, section("only", asked))

    page = stranger.get("/sections/only")
    saved = stranger.save()

    assert page.status_code == 200
    assert f'data-kind="{kind}"' in page.text
    assert saved.location == "/p/voices/check"
    assert stranger.get("/check").status_code == 200


FILE = OF_EVERY_KIND[QuestionKind.FILE]


@pytest.mark.parametrize("asked", [FILE, REPEAT.model_copy(update={"questions": (FILE,)})])
def test_a_questionnaire_that_asks_for_files_is_never_opened(
    session: Session, asked: Question
) -> None:
    with pytest.raises(Conflict, match="evidence asks for a file"):
        a_public_form(session, asking(asked))

    session.rollback()
    assert session.exec(select(PublicForm)).all() == []
