"""Drafts: changed step by step, taken back, never overwritten."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlmodel import Session

from core.errors import Conflict, NotFound
from movement.actors import Actor
from surveys.definition import Questionnaire
from surveys.languages import recorded
from surveys.models import DraftState, Survey
from surveys.services import drafts
from tests.factories import a_survey
from tests.surveys.tiny import asking, question

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BY = Actor(uuid4(), "An author", "author@example.org", None, uuid4())
FORM = asking(question("name"))


@pytest.fixture
def survey(session: Session) -> Survey:
    return a_survey(session, FORM)


def titled(title: str) -> drafts.Change:
    return lambda document: document.model_copy(update={"texts": document.texts | {"en": title}})


def retitle(session: Session, survey: Survey, title: str) -> None:
    drafts.change(session, survey, titled(title), action="retitle", now=NOW, by=BY)


def title_of(session: Session, survey: Survey) -> str:
    return drafts.document_of(drafts.get_draft(session, survey)).texts["en"]


def test_a_draft_holds_what_it_was_started_with(session: Session, survey: Survey) -> None:
    draft = drafts.start(session, survey, FORM, now=NOW, by=BY)

    assert drafts.document_of(draft) == recorded(FORM)
    assert draft.based_on_id is not None


def test_a_survey_has_one_draft_at_a_time(session: Session, survey: Survey) -> None:
    drafts.start(session, survey, FORM, now=NOW, by=BY)

    with pytest.raises(Conflict):
        drafts.start(session, survey, FORM, now=NOW, by=BY)


def test_changes_are_taken_back_one_by_one_from_the_latest(
    session: Session, survey: Survey
) -> None:
    drafts.start(session, survey, FORM, now=NOW, by=BY)
    for title in ("One", "Two"):
        retitle(session, survey, title)

    taken = [drafts.undo(session, survey, edition=e, now=NOW, by=BY).edition for e in (2, 3)]

    assert taken == [1, 0]
    assert title_of(session, survey) == FORM.texts["en"]
    with pytest.raises(Conflict):
        drafts.undo(session, survey, edition=4, now=NOW, by=BY)


def test_nothing_is_taken_back_from_a_page_that_is_stale(session: Session, survey: Survey) -> None:
    drafts.start(session, survey, FORM, now=NOW, by=BY)
    retitle(session, survey, "One")
    retitle(session, survey, "Two")

    with pytest.raises(Conflict):
        drafts.undo(session, survey, edition=1, now=NOW, by=BY)

    assert title_of(session, survey) == "Two"


def test_a_change_that_changes_nothing_is_no_step(session: Session, survey: Survey) -> None:
    drafts.start(session, survey, FORM, now=NOW, by=BY)

    drafts.change(session, survey, lambda d: d.model_copy(), action="retitle", now=NOW, by=BY)

    assert drafts.last_step(session, survey) is None
    assert drafts.get_draft(session, survey).edition == 0


def test_a_refused_change_leaves_the_draft_as_it_was(session: Session, survey: Survey) -> None:
    drafts.start(session, survey, FORM, now=NOW, by=BY)

    def refused(_document: Questionnaire) -> Questionnaire:
        raise drafts.ChangedElsewhere(None)

    with pytest.raises(drafts.ChangedElsewhere):
        drafts.change(session, survey, refused, action="refuse", now=NOW, by=BY)
    assert drafts.get_draft(session, survey).edition == 0


def test_a_change_sends_a_reviewed_draft_back_to_editing(session: Session, survey: Survey) -> None:
    draft = drafts.start(session, survey, FORM, now=NOW, by=BY)
    draft.state = DraftState.APPROVED

    retitle(session, survey, "Changed after approval")

    assert drafts.get_draft(session, survey).state is DraftState.EDITING


def test_a_draft_given_up_is_gone(session: Session, survey: Survey) -> None:
    drafts.start(session, survey, FORM, now=NOW, by=BY)
    retitle(session, survey, "One")

    drafts.give_up(session, survey)

    with pytest.raises(NotFound):
        drafts.get_draft(session, survey)


def test_two_parts_differ_in_what_pages_remember_of_them() -> None:
    one, other = question("name"), question("name", required=True)

    assert drafts.part_digest(one) != drafts.part_digest(other)
    assert drafts.part_digest(one) == drafts.part_digest(one.model_copy())


def test_a_changed_copy_of_a_document_finds_what_it_holds() -> None:
    assert FORM.by_code.keys() == {"name"}  # worked out before the copy is made

    copied = FORM.model_copy(update={"sections": asking(question("other")).sections})

    assert copied.by_code.keys() == {"other"}
