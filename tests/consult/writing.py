"""A draft being written: the zero draft with an open round on it, and a browser of staff."""

from flask import Flask
from sqlmodel import Session

from consult.changes.operations import Operation
from consult.models import Draft
from consult.queries.consultations import document_of
from consult.services.drafts import begin_next, read_set
from movement.models import Person, Role
from tests.consult.arranged import a_draft, a_round, a_text, act, lineage
from tests.consult.spoken import Place
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

DRAFTS = "/consultations/strategy-text/desk/drafts"
P1 = a_text().blocks[1].texts["en"]
ALWAYS, PEOPLE = P1.replace("alone", "alone, always"), P1.replace("needs alone", "needs of people")


class Writing:
    """A zero draft with an open round on it, the next one in work, and a browser of staff."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.session = session
        kenya = a_society(session)
        self.staff: Person = somebody(session, Role.SECRETARIAT)
        zero = a_draft(session)
        self.place = Place(session, *a_round(session, zero), kenya)
        self.draft: Draft = begin_next(session, zero, act())
        session.commit()
        self.browser: Browser = browser_of(app, session, self.staff)

    @property
    def edit(self) -> str:
        return f"{DRAFTS}/1/edit"

    def now(self) -> Draft:
        self.session.rollback()
        self.session.expire_all()
        return self.session.get_one(Draft, self.draft.id)

    def texts(self) -> list[str]:
        found = [block.texts["en"] for block in document_of(self.now()).blocks]
        self.session.rollback()
        return found

    def operations(self) -> list[Operation]:
        """The change set; no lock is held afterwards, so that pages can write."""
        found = read_set(self.session, self.now())
        self.session.rollback()
        return found

    def send(self, name: str, do: str = "save", **fields: str) -> tuple[int, str]:
        """Open a paragraph's page and send its form with these fields."""
        page = f"{self.edit}/{lineage(name)}"
        known = form_with(self.browser.get(page).text, "seen").fields
        changed = {key.replace("_", "-"): value for key, value in fields.items()}
        answer = self.browser.send(page, {**known, **changed, "do": do})
        return answer.status_code, answer.text

    def publish(self) -> int:
        """Publish the draft as it stands; the answer's status."""
        edition = str(self.now().edition)
        self.session.rollback()
        return self.browser.send(f"{DRAFTS}/1/publish/now", {"edition": edition}).status_code

    def steps(self) -> list[type]:
        return [type(one) for one in self.operations()]
