"""Every kind in a real browser: laid out, read by its script as the server reads it, added to."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page
from sqlmodel import Session
from werkzeug.serving import make_server

from core.clock import now
from core.settings import Settings
from movement.identify import cookie_name
from movement.models import Role
from movement.services.signin import start_session
from surveys.definition import QuestionKind
from tests.browser.inspection import complaints
from tests.factories import a_society, an_open_wave, begun, browser_of, held, somebody
from tests.surveys.everything import EVERYTHING

# A page that is left early leaves the files it was being sent open in the server beside the test.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
PDF = b"%PDF-1.7\n1 0 obj\n"
READ = """async () => {
  const address = document.querySelector("script[src*='js/section.js']").src;
  const { answersIn } = await import(address);
  return answersIn(document.querySelector("form[data-live]"));
}"""
SECTIONS = [section.code for section in EVERYTHING.sections]


class Visit:
    """One browser at the response; `open` a section, `page` to look at it."""

    def __init__(self, page: Page, path: str) -> None:
        self.page = page
        self.path = path
        self.troubles: list[str] = []
        page.on("console", lambda m: self.troubles.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())

    def open(self, section: str) -> None:
        self.page.goto(f"{self.path}/sections/{section}")

    def save(self) -> None:
        with self.page.expect_navigation():
            self.page.locator("form[data-live] > .actions .button").first.click()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def come(app: Flask, session: Session, chromium: Browser) -> Iterator[Any]:
    """Somebody sits down at the begun response, in a language, on a screen."""
    society = a_society(session)
    call = an_open_wave(session, EVERYTHING)
    person = somebody(session, Role.FOCAL_POINT, society)
    path = begun(browser_of(app, session, person), call, society)
    token = start_session(session, person.id, now=now())
    session.commit()
    settings: Settings = app.config["SETTINGS"]
    with served(app) as address:
        visits = []

        def sit_down(language: str = "en", *, script: bool = True, width: int = 1280) -> Visit:
            person.language = language
            session.add(person)
            session.commit()
            context = chromium.new_context(
                base_url=address, locale=language, java_script_enabled=script,
                viewport={"width": width, "height": 900},
            )  # fmt: skip
            cookie = {"name": cookie_name(settings), "value": token, "url": address}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a dict is what it takes
            visits.append(Visit(context.new_page(), path))
            return visits[-1]

        yield sit_down
        for one in visits:
            one.page.context.close()
        assert [trouble for one in visits for trouble in one.troubles] == []


def test_the_questionnaire_has_every_kind() -> None:
    kinds = {question.kind for question in EVERYTHING.anywhere.values()}

    assert kinds == set(QuestionKind)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_is_laid_out_well(come: Any, language: str) -> None:
    folder = os.environ.get("KINDS_PICTURES")
    visit = come(language)

    for section in SECTIONS:
        visit.open(section)
        if folder:
            picture(visit.page, Path(folder), f"{section}-{language}")
        assert complaints(visit.page, language) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_is_printed_well(come: Any, language: str) -> None:
    visit = come(language)
    visit.page.goto("/surveys/waves/spring/blank")

    assert complaints(visit.page, language) == []
    assert visit.page.locator("main [data-items] > [data-item]").count() == 6
    assert visit.page.locator("main template, main [type=file], main .calculated").count() == 0


def picture(page: Page, folder: Path, name: str) -> None:
    """Keep the page as a person sees it, on a wide screen and on a phone."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def fill(page: Page) -> None:
    """Answer the first section by its controls."""
    page.locator("[name=q_office]").fill("Coast")
    page.locator("[name=q_hours]").fill("7,5")
    page.locator("[name=q_covered]").fill("40 %")
    page.locator("[name=q_trust]").fill("7")
    page.locator("[name=q_budget]").fill("1 200,50")
    page.locator("[name=q_budget-currency]").select_option("KES")
    page.locator("[name=q_plan-month]").select_option("02")
    page.locator("[name=q_plan-year]").fill("2020")
    page.locator("[name=q_opens_at]").fill("08:30")
    page.locator("[name=q_meeting]").fill("2027-03-01")
    page.locator("[name=q_meeting-time]").fill("14:30")


FILLED = {
    "office": "Coast",
    "hours": 7.5,
    "covered": 40,
    "trust": 7,
    "budget": {"amount": 1200.5, "currency": "KES"},
    "plan": "2020-02",
    "opens_at": "08:30",
    "meeting": "2027-03-01T14:30",
}


def test_script_and_server_read_what_is_written_alike(come: Any, session: Session) -> None:
    visit = come("ar", width=360)
    visit.open("written")

    fill(visit.page)
    read = visit.page.evaluate(READ)
    visit.save()

    assert {code: value for code, value in read.items() if value is not None} == FILLED
    assert held(session).answers == FILLED


def test_script_and_server_read_what_is_chosen_alike(come: Any, session: Session) -> None:
    visit = come()
    visit.open("chosen")
    page = visit.page

    page.locator("[name=q_active][value=yes]").check()
    page.locator("[name=q_agreed]").check()
    page.locator("[name=q_main][value=other]").check()
    page.locator("[name=q_main-other]").fill("Kitchens")
    page.locator("[name=q_given][value=health]").check()
    page.locator("input.finding").first.fill("Country 7")
    page.locator("[name=q_passing][value=c03]").check()
    page.locator("[name=q_ready][value=dont_know]").check()
    page.locator("[name=q_by_place-city][value='3']").check()
    page.locator("[name=q_first_two-1]").select_option("road")
    page.locator("[name=q_in_order-city]").select_option("1")
    page.locator("[name=q_in_order-camp]").select_option("1")
    page.locator("[name=q_in_order-road]").select_option("2")
    page.locator("[name=q_shares-city]").fill("100")
    read = page.evaluate(READ)
    visit.save()

    expected = {
        "active": True, "agreed": True, "main": {"choice": "other", "text": "Kitchens"},
        "given": ["health"], "country": "c07", "passing": ["c03"], "ready": "dont_know",
        "by_place": {"city": 3}, "first_two": ["road"], "in_order": [["city", "camp"], "road"],
        "shares": {"city": 100},
    }  # fmt: skip
    assert {code: value for code, value in read.items() if value is not None} == expected
    assert held(session).answers == expected


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_items_are_added_and_removed(come: Any, session: Session, script: bool) -> None:  # noqa: FBT001
    visit = come(script=script)
    visit.open("added")
    page = visit.page

    page.locator("[name^='q_partners/'][name$='/partner']").first.fill("Clinic")
    press(page.locator("[data-add][value='add/partners']"), reloads=not script)
    page.locator("[name^='q_partners/'][name$='/partner']").nth(1).fill("School")
    page.locator("[name^='q_partners/'][name$='/since']").nth(1).fill("2015")
    page.locator("[name$='/agreement-new']").nth(1).set_input_files(
        {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    visit.save()
    visit.open("added")
    folded = page.locator("[data-item]").first.locator("> details")
    folded.locator("summary").click()
    press(folded.locator("[data-remove]"), reloads=not script)
    visit.save()

    (item,) = held(session).answers["partners"]
    assert {**item["answers"], "agreement": item["answers"]["agreement"]["name"]} == {
        "partner": "School",
        "since": 2015,
        "agreement": "signed.pdf",
    }


def press(button: Locator, *, reloads: bool) -> None:
    """Press a button; wait for the page it leads to, if it does."""
    if not reloads:
        button.click()
        return
    with button.page.expect_navigation():
        button.click()


def test_the_enter_key_saves_and_adds_nothing(come: Any, session: Session) -> None:
    visit = come()
    visit.open("added")

    visit.page.locator("[name$='/partner']").first.fill("Clinic")
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Enter")

    assert visit.page.url.endswith("/check")
    assert len(held(session).answers["partners"]) == 1


def test_a_file_too_large_is_named_before_it_is_sent(come: Any, session: Session) -> None:
    visit = come()
    visit.open("added")

    large = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF + b" " * 10_000_000}
    visit.page.locator("[name=q_evidence-new]").set_input_files([large])

    assert visit.page.locator(".too-large").inner_text().startswith("This file is too large")
    assert visit.page.locator("[name=q_evidence-new]").input_value() == ""
