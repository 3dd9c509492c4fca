"""Authoring as a newcomer does it: from nothing to a four-language draft, by keyboard alone."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.every_page import SECRETARIAT
from tests.browser.inspection import complaints
from tests.browser.site import Site
from tests.browser.visitor import Visitor

MOST_STOPS = 400
LANGUAGES = ("en", "fr", "es", "ar")
QUESTIONS = (
    ("Does your National Society work on migration?", "yes_no", ""),
    ("Whom do you reach?", "choose_many", "People in transit\nReturnees\nOther\nNone of these"),
    ("How many staff work on it?", "integer", ""),
    ("Which of these matters most?", "choose_one", "Health\nShelter\nProtection"),
    ("How urgent is it?", "rating", ""),
    ("Since when?", "month", ""),
    ("Rank your needs", "ranking", "Money\nPeople\nTraining"),
    ("What share of your budget is it?", "percent", ""),
    ("Tell us about it", "long_text", ""),
    ("Thank you for answering.", "note", ""),
)


class Author(Visitor):
    """Somebody without a mouse."""

    def reach(self, selector: str) -> None:
        """Go on with the tab key until this has the focus."""
        for _stop in range(MOST_STOPS):
            if self.page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        message = f"{selector} can't be reached by keyboard on {self.path()}"
        raise AssertionError(message)

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(text)

    def push(self, selector: str) -> None:
        """Press a button that leads to another page."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def mark(self, selector: str) -> None:
        """Mark a radio button or box; of radio buttons the arrows reach all but one."""
        self.page.locator(selector).focus()
        self.page.keyboard.press("Space")

    def add(self, text: str, kind: str, lines: str) -> None:
        """Add a question on the page that asks for one, with its choices."""
        self.write("#text", text)
        self.mark(f"input[name=kind][value={kind}]")
        self.push("main form .actions button")
        if lines:
            self.write("#choices-lines", lines)

    def show_if(self, question: str) -> None:
        """Build the condition of one row: the question begins so, and its first choice is given."""
        self.reach("button[value='relevant:row']")
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#relevant-0-question:focus")
        self.page.keyboard.type(question)
        self.page.keyboard.press("Tab")
        self.page.wait_for_selector("#relevant-0-value")
        self.reach("#relevant-0-value")
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Tab")
        self.page.wait_for_function("() => document.getElementById('relevant-text').value !== ''")


@pytest.fixture
def author_of(chromium: Any, site: Site) -> Any:
    """Seats an author; at the end no page may have had any trouble."""
    seated: list[Author] = []

    def seat(**options: Any) -> Author:
        seated.append(Author(chromium, site, person=SECRETARIAT, **options))
        return seated[-1]

    yield seat
    assert [trouble for author in seated for trouble in author.leave()] == []


def draft_of(site: Site, code: str) -> dict[str, Any]:
    ((definition,),) = site.sql(
        "SELECT definition FROM questionnaire_draft JOIN survey ON survey.id = survey_id"
        " WHERE survey.code = ?",
        code,
    )
    found: dict[str, Any] = json.loads(definition)
    return found


def begin(author: Author, title: str) -> None:
    author.go("/surveys/new")
    author.write("#title", title)
    for code in LANGUAGES:
        author.mark(f"input[name=others][value={code}]")
    author.push("main form .actions button")
    author.write("#title", "Your work")
    author.push(".new-section button")


@pytest.mark.timeout(400)
def test_ten_questions_in_four_languages_with_two_conditions_by_keyboard(
    author_of: Callable[..., Author], site: Site
) -> None:
    author = author_of()
    begin(author, "Needs and hopes")
    author.push(".add a")

    for place, (text, kind, lines) in enumerate(QUESTIONS):
        author.add(text, kind, lines)
        if place in (1, 2):
            author.show_if("Does your")
        last = place == len(QUESTIONS) - 1
        author.push(".actions.sticky button" + (":not([name])" if last else "[value=next]"))

    draft = draft_of(site, "needs-hopes")
    (section,) = draft["sections"]
    asked = section["questions"]
    assert [question["kind"] for question in asked] == [kind for _text, kind, _lines in QUESTIONS]
    assert [q["texts"]["en"] for q in asked] == [text for text, _kind, _lines in QUESTIONS]
    assert draft["languages"] == list(LANGUAGES)
    for question in asked[1:3]:
        assert question["relevant"] == {
            "op": "=", "args": [{"ref": asked[0]["code"]}, {"value": "yes"}],
        }  # fmt: skip
    assert [c["code"] for c in asked[1]["choices"]] == [
        "people_transit", "returnees", "other", "none",
    ]  # fmt: skip

    author.go("/surveys/needs-hopes/draft")
    author.reach(f"#down-{asked[0]['uid']}")
    author.page.keyboard.press("Enter")
    author.page.wait_for_function(
        "(id) => document.querySelector('[data-uid]').dataset.uid !== id", arg=asked[0]["uid"]
    )
    assert author.page.evaluate("document.activeElement.id") == f"down-{asked[0]['uid']}"
    author.page.evaluate("scrollTo(0, 0)")
    author.page.locator(".skip").focus()
    author.push("#undo")
    assert draft_of(site, "needs-hopes")["sections"] == draft["sections"]


def test_what_is_tried_says_why_at_phone_width_in_arabic(
    author_of: Callable[..., Author], site: Site
) -> None:
    site.sql("UPDATE person SET language = 'ar' WHERE email = ?", SECRETARIAT)
    author = author_of(width=360, language="ar")
    begin(author, "Arabic needs")
    author.push(".add a")
    author.add("Do you work on it?", "yes_no", "")
    author.push(".actions.sticky [value=next]")
    author.add("Why?", "long_text", "")
    author.show_if("Do you")
    found = complaints(author.page, "ar")
    author.push(".actions.sticky button:not([name])")

    author.go("/surveys/arabic-needs/draft/try?language=ar")
    found += complaints(author.page, "ar")
    author.mark("input[type=radio] >> nth=1")
    author.push(".actions.sticky button")
    found += complaints(author.page, "ar")

    assert author.page.locator(".tried-question.away").count() == 1
    assert found == []
    site.sql("UPDATE person SET language = 'en' WHERE email = ?", SECRETARIAT)


def test_an_expression_and_its_rows_follow_each_other(
    author_of: Callable[..., Author], site: Site
) -> None:
    author = author_of()
    begin(author, "Step by step")
    author.push(".add a")
    author.add("Do you work on it?", "yes_no", "")
    author.push(".actions.sticky [value=next]")
    author.add("Why?", "long_text", "")
    code = draft_of(site, "step-by-step")["sections"][0]["questions"][0]["code"]

    page = author.page
    page.locator("#at-relevant summary").click()
    page.locator("#relevant-text").fill(f"${{{code}}} = 'no'")
    page.keyboard.press("Tab")
    page.wait_for_selector("#relevant-0-value")
    assert page.locator("#relevant-0-value").input_value() == "no"

    page.locator("#relevant-0-value").select_option("yes")
    page.wait_for_function("() => document.getElementById('relevant-text').value.includes('yes')")
    page.locator("#relevant-text").fill("1 +")
    page.keyboard.press("Tab")
    page.wait_for_selector("#relevant-wrong")
    assert page.locator("#relevant-text").input_value() == "1 +"
