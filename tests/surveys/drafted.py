"""A draft of a small survey, an author at it, and what its pages would send."""

from typing import Any

from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from movement.models import Role
from surveys.definition import QuestionKind, Questionnaire
from surveys.models import QuestionnaireDraft, QuestionnaireVersion, Survey
from surveys.services import drafts
from tests.factories import Browser, a_survey, browser_of, somebody
from tests.pages import form_with
from tests.surveys.tiny import LIST, only_if, question, section, tiny

COLOUR = question("colour", QuestionKind.CHOOSE_ONE, choices=LIST)
STAFF = question("staff", QuestionKind.INTEGER)
WHY = question("why", relevant=only_if("colour", "red"))
FORM = tiny(section("one", COLOUR, STAFF), section("two", WHY))
DRAFT = "/surveys/tiny/draft"


def seated(app: Flask, session: Session, form: Questionnaire = FORM) -> Browser:
    """A member of the secretariat, and a draft of this survey."""
    officer = somebody(session, Role.SECRETARIAT)
    browser = browser_of(app, session, officer)
    survey = a_survey(session, form)
    version = session.exec(select(QuestionnaireVersion)).one()
    session.delete(version)  # a first version: nothing is frozen yet
    draft = QuestionnaireDraft(
        survey_id=survey.id, definition=form.as_json(), changed_at=now(), changed_by="An author"
    )
    session.add(draft)
    session.commit()
    return browser


def document(session: Session, code: str = "tiny") -> Questionnaire:
    """The draft as the database has it now; holds no lock."""
    session.rollback()
    with Session(session.get_bind()) as own:
        survey = own.exec(select(Survey).where(Survey.code == code)).one()
        return drafts.document_of(drafts.get_draft(own, survey))


def page_of(asked: Any) -> str:
    return f"{DRAFT}/questions/{asked.uid}"


def filled(author: Browser, path: str, **changed: Any) -> dict[str, Any]:
    """What the page's form would send, with these fields changed."""
    fields = form_with(author.get(path).text, "seen").fields
    given = {name.replace("_row_", "-"): value for name, value in changed.items()}
    return {**fields, **given}


def new_survey(author: Browser) -> dict[str, Any]:
    """What the page of a new survey would send."""
    return {**form_with(author.get("/surveys/new").text, "title").fields, "language": "en"}


def act(author: Browser, do: str) -> int:
    return author.send(f"{DRAFT}/act", {"do": do}).status_code
