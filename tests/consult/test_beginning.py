"""Beginning a consultation in the browser."""

from flask import Flask
from sqlmodel import Session

from consult.queries.consultations import document_of, drafts_of, get_consultation
from movement.models import Process, Role
from tests.factories import PROCESS, Browser, browser_of, somebody

TYPED = {
    "title_en": "A shared text", "title_fr": "Un texte commun", "code": "shared-text",
    "of_process": PROCESS, "source": "fr",
}  # fmt: skip


def desk(app: Flask, session: Session) -> Browser:
    session.add(Process(code=PROCESS, titles={"en": "Strategy"}))
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def test_the_first_draft_holds_the_title_in_its_language(app: Flask, session: Session) -> None:
    answer = desk(app, session).send("/new-consultation", TYPED)

    assert answer.location == "/consultations/shared-text/desk/drafts"
    (draft,) = drafts_of(session, get_consultation(session, "shared-text"))
    document = document_of(draft)
    assert document.source == "fr"
    assert [block.texts for block in document.blocks] == [{"fr": "Un texte commun"}]


def test_a_code_in_use_is_refused_and_what_was_typed_stays(app: Flask, session: Session) -> None:
    browser = desk(app, session)
    browser.send("/new-consultation", TYPED)

    again = browser.send("/new-consultation", TYPED | {"title_en": "Another text"})

    assert again.status_code == 400
    assert "Another text" in again.text
    assert "There is a consultation with the code shared-text already." in again.text


def test_without_a_process_the_page_says_what_comes_first(app: Flask, session: Session) -> None:
    browser = browser_of(app, session, somebody(session, Role.SECRETARIAT))

    page = browser.get("/new-consultation").text

    assert "Begin a process" in page
