"""The desk's queue by keyboard alone: the script adds keys, and takes nothing away."""

from collections.abc import Callable

from tests.browser.every_page import SECRETARIAT
from tests.browser.pages_of_drafts import DESK
from tests.browser.visitor import Visitor

LANGUAGE = "en"
QUEUE = f"{DESK}/rounds/migration-strategy-2/queue?stage=undecided"


def test_a_queue_is_worked_through_by_keyboard(
    arranged: dict[str, str], visitor_of: Callable[[str], Visitor]
) -> None:
    visitor = visitor_of(SECRETARIAT)
    page = visitor.page
    visitor.go(QUEUE)
    numbers = [one.get_attribute("data-number") for one in page.locator(".entry").all()]

    page.locator(".entry").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.keyboard.press("r")
    page.keyboard.type("Noted: a word on j and x is only text here.")

    assert page.locator("input[name=chosen]:checked").count() == 2
    assert page.locator("input[name=outcome]:checked").get_attribute("value") == "noted"
    with page.expect_navigation():
        page.locator("button[value=propose]").click()
    left = [one.get_attribute("data-number") for one in page.locator(".entry").all()]
    assert left == [numbers[0], *numbers[3:]]
    assert visitor.troubles == []


def test_keys_do_nothing_outside_the_list(
    arranged: dict[str, str], visitor_of: Callable[[str], Visitor]
) -> None:
    visitor = visitor_of(SECRETARIAT)
    visitor.go(QUEUE)

    visitor.page.keyboard.press("x")
    visitor.page.keyboard.press("a")

    assert visitor.page.locator("main input:checked").count() == 0
