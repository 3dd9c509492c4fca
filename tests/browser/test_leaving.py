"""Words that were typed and not sent are not left by mistake."""

import json

from playwright.sync_api import Dialog, Page

from tests.browser.conftest import Enter
from tests.browser.every_page import FOCAL_POINT
from tests.browser.site import Site

NEW = "/rounds/migration-strategy-2/KEN/new"


def asked_on(page: Page) -> list[str]:
    """What the browser asks from now on; each time one stays."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


def writing(site: Site, enter: Enter, words: str) -> tuple[Page, list[str]]:
    """A comment with these words in it, and what the browser asks."""
    page = enter(site, person=FOCAL_POINT).context.new_page()
    asked = asked_on(page)
    page.goto(f"{NEW}?kind=comment")
    page.locator("#text").click()
    page.keyboard.type(words)
    return page, asked


def test_leaving_with_words_that_were_not_sent_asks_first(site: Site, enter: Enter) -> None:
    page, asked = writing(site, enter, "Which of them?")

    page.get_by_role("link", name="Cancel").click()

    assert asked == ["beforeunload"]
    assert page.locator("#text").input_value() == "Which of them?"
    with page.expect_navigation():
        page.locator("main form button").first.click()
    with page.expect_navigation():
        page.get_by_role("link", name="Home").click()
    assert asked == ["beforeunload"]


def test_leaving_with_words_that_were_refused_asks_too(site: Site, enter: Enter) -> None:
    ((document,),) = site.sql(
        "SELECT document FROM consultation_draft WHERE number = 1 AND state = 'published'"
    )
    place = next(one["lineage"] for one in json.loads(document)["blocks"] if one["number"])
    page = enter(site, person=FOCAL_POINT).context.new_page()
    asked = asked_on(page)
    page.goto(f"{NEW}?kind=position&paragraph={place}")
    page.locator("label", has_text="Object").first.click()
    with page.expect_navigation():
        page.locator("main form button").first.click()

    page.get_by_role("link", name="Cancel").click()

    assert asked == ["beforeunload"]
    assert page.locator("[value=object]").is_checked()


def test_a_page_left_as_it_was_asks_nothing(site: Site, enter: Enter) -> None:
    page, asked = writing(site, enter, "x")

    page.keyboard.press("Backspace")
    with page.expect_navigation():
        page.get_by_role("link", name="Cancel").click()

    assert asked == []
