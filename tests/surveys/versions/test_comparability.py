"""What authors say of questions between versions; and what the command prints of versions."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.errors import DomainError
from movement.models import Role
from surveys.changes.comparing import Comparable, proposals
from surveys.definition import QuestionKind
from surveys.publishing_models import Comparability
from surveys.queries.publishing import documents_of
from surveys.services.importing import draft_from
from surveys.services.questionnaires import publish
from tests.factories import Browser, a_society, an_open_wave, browser_of, somebody
from tests.surveys.tiny import asking, choices, question
from tests.surveys.versions.publishing import FIRST, MOMENT, Publisher, publisher, second


@pytest.fixture
def publishing(session: Session) -> Publisher:
    """A survey with two versions."""
    a_society(session)
    an_open_wave(session, FIRST)
    made = publisher(session)
    made.publish(second())
    return made


@pytest.fixture
def staff(app: Flask, session: Session, publishing: Publisher) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def run(app: Flask, *words: str) -> tuple[int, Any, str]:
    result = app.test_cli_runner().invoke(args=["surveys", "diff", *words])
    return result.exit_code, json.loads(result.stdout or "null"), result.stderr


def test_other_words_are_proposed_as_reworded_other_choices_as_not_comparable() -> None:
    colour = question("colour", QuestionKind.CHOOSE_ONE, choices=choices("red"))
    name, same = question("name"), question("same")
    more = colour.model_copy(update={"choices": choices("red", "blue")})
    renamed = name.model_copy(update={"hints": {"en": "Briefly"}})
    strict = same.model_copy(update={"required": True, "constraint_texts": {"en": "No"}})

    found = proposals(asking(colour, name, same), asking(strict, more, renamed))

    assert found == {
        same.uid: Comparable.SAME,
        colour.uid: Comparable.NOT_COMPARABLE,
        name.uid: Comparable.REWORDED,
    }


def test_what_an_author_says_is_stored_for_the_two_versions(
    session: Session, staff: Browser
) -> None:
    uid = FIRST.by_code["name"].uid
    address = "/surveys/tiny/compare/1/2"

    page = staff.get(address).text
    staff.send(address, {f"said_{uid}": "not_comparable", "said_nonsense": "same"})
    staff.send(address, {f"said_{uid}": "same"})

    assert page.count("Proposed") == 2
    session.rollback()
    row = session.exec(select(Comparability)).one()
    assert (row.uid, row.before, row.after, row.said) == (uid, 1, 2, Comparable.SAME)
    assert row.by == "secretariat@example.org"


@pytest.mark.parametrize("pair", ["1/9", "2/1", "1/1"])
def test_versions_that_cannot_be_compared_are_refused(staff: Browser, pair: str) -> None:
    assert staff.get(f"/surveys/tiny/compare/{pair}").status_code in (404, 409)


def test_the_command_tells_each_change_with_its_effect(
    app: Flask, session: Session, publishing: Publisher
) -> None:
    status, said, _ = run(app, "tiny", "1", "2")

    assert status == 0
    assert (said["survey"], said["before"], said["after"]) == ("tiny", 1, 2)
    found = {(c["change"], c["code"], c["part"]) for c in said["changes"]}
    assert found == {
        ("new", "new", ""), ("deleted", "old", ""), ("reworded", "name", "texts"),
        ("choice_added", "colour", "blue"), ("choice_removed", "colour", "pink"),
    }  # fmt: skip
    gone = next(c for c in said["changes"] if c["change"] == "deleted")
    assert gone["effect"] == {"answers": "stored", "in_progress": 0, "submitted": 0}
    assert said["refused"] == []


def test_the_command_compares_with_the_draft_and_names_what_is_refused(
    app: Flask, session: Session, publishing: Publisher
) -> None:
    (document,) = [d for n, d in documents_of(session, publishing.survey).items() if n == 2]
    one, two = document.sections
    number = one.questions[0].model_copy(update={"kind": QuestionKind.INTEGER})
    changed = document.model_copy(
        update={"sections": (one.model_copy(update={"questions": (number,)}), two)}
    )
    publishing.draft(type(document).model_validate(changed.as_json()))
    session.commit()

    status, said, _ = run(app, "tiny", "2", "draft")

    assert status == 0
    assert [c["change"] for c in said["changes"]] == ["kind_changed"]
    assert [refused["code"] for refused in said["refused"]] == ["name"]


def test_the_command_tells_comparability(app: Flask, publishing: Publisher) -> None:
    _, said, _ = run(app, "tiny", "1", "2", "--comparability")

    assert [(q["code"], q["proposed"], q["said"]) for q in said["questions"]] == [
        ("name", "reworded", None), ("colour", "not_comparable", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tiny", "1", "7"], "no version 7"),
        (["tiny", "x", "2"], "is no version"),
        (["tiny", "1", "draft"], "Nobody is writing a draft"),
        (["other", "1", "2"], "no survey with the code"),
    ],
)
def test_the_command_refuses_with_a_sentence(
    app: Flask, publishing: Publisher, words: list[str], sentence: str
) -> None:
    status, _, message = run(app, *words)

    assert status == 1
    assert sentence in message


def test_an_imported_form_becomes_the_draft_with_the_uids_its_codes_have(
    session: Session, publishing: Publisher
) -> None:
    form = asking(question("name", required=True), question("more"))

    made = draft_from(session, form, source="form.xlsx", now=MOMENT, label="command line")
    again = draft_from(session, second(), source="form.xlsx", now=MOMENT, label="command line")

    assert (made.replaced, again.replaced) == (False, True)
    assert made.survey == publishing.survey
    session.flush()
    step = again.draft.edition
    assert step == 1
    uids = {q["code"]: q["uid"] for s in again.draft.definition["sections"] for q in s["questions"]}
    assert uids["name"] == str(FIRST.by_code["name"].uid)


def test_a_form_with_a_new_code_makes_its_survey_with_a_draft_and_no_version(
    session: Session,
) -> None:
    made = draft_from(session, FIRST, source="form.xlsx", now=MOMENT, label="command line")

    assert made.survey.code == "tiny"
    assert made.draft.based_on_id is None


def test_a_form_that_gives_a_code_another_kind_is_not_published(
    session: Session, publishing: Publisher
) -> None:
    form = asking(question("name", QuestionKind.INTEGER))

    with pytest.raises(DomainError, match="name: It was published as another kind"):
        publish(session, form, source="form.xlsx", now=MOMENT, label="command line")
