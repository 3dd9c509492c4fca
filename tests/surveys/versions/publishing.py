"""A survey under way whose questionnaire gets a next version."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from movement.actors import Actor
from movement.models import Call, Organisation, Role
from surveys.definition import Question, QuestionKind, Questionnaire
from surveys.models import QuestionnaireVersion, Survey
from surveys.services import drafts
from surveys.services.publishing import pending, publish_draft
from tests.factories import Browser, begun, browser_of, save, somebody
from tests.surveys.tiny import choices, question, section, tiny

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAME = question("name", required=True)
COLOUR = question("colour", QuestionKind.CHOOSE_ONE, choices=choices("red", "pink"))
OLD = question("old")
FIRST = tiny(section("one", NAME, OLD), section("two", COLOUR))


def author(name: str = "author") -> Actor:
    """Somebody of the secretariat, for services."""
    return Actor(uuid4(), name, f"{name}@example.org", None, uuid4())


def with_questions(form: Questionnaire, *asked: tuple[str, tuple[Question, ...]]) -> Questionnaire:
    """The questionnaire with these sections, known ones by their code with their texts."""
    return tiny(*(section(code, *questions) for code, questions in asked))


def second() -> Questionnaire:
    """Deletes `old`, takes pink away, adds `new` to the second section, rewords `name`."""
    renamed = NAME.model_copy(update={"texts": {**NAME.texts, "en": "The name"}})
    fewer = COLOUR.model_copy(update={"choices": choices("red", "blue")})
    return with_questions(FIRST, ("one", (renamed,)), ("two", (fewer, question("new"))))


@dataclass
class Publisher:
    """Writes drafts of a survey and publishes them."""

    session: Session
    survey: Survey
    by: Actor

    def draft(self, document: Questionnaire) -> None:
        """Make this the draft."""
        if drafts.find_draft(self.session, self.survey) is None:
            drafts.start(self.session, self.survey, document, now=now(), by=self.by)
            return
        drafts.change(
            self.session, self.survey, lambda _old: document, action="test", now=now(), by=self.by
        )

    def shown(self) -> str:
        """What a page made now would send back."""
        return pending(self.session, self.survey, now=now()).shown

    def publish(self, document: Questionnaire, **more: Any) -> QuestionnaireVersion:
        """Write this draft and publish it at once. Commits."""
        self.draft(document)
        options: dict[str, Any] = {"shown": self.shown(), "decided": {}, "by": self.by, **more}
        version = publish_draft(self.session, self.survey, now=now(), **options)
        self.session.commit()
        return version


def publisher(session: Session) -> Publisher:
    """For the only survey there is."""
    return Publisher(session, session.exec(select(Survey)).one(), author())


def ghana(app: Flask, session: Session, call: Call) -> tuple[Browser, str]:
    """Ghana's browser, and its submitted response."""
    other = session.exec(select(Organisation).where(Organisation.code == "GHA")).one()
    browser = browser_of(app, session, somebody(session, Role.FOCAL_POINT, other))
    path = begun(browser, call, other)
    save(browser, path, "one", q_name="Kitchens", q_old="Twice")
    save(browser, path, "two", q_colour="pink")
    assert browser.send(f"{path}/submit", {"key": "k"}).status_code == 303
    return browser, path
