"""A translator at the keyboard: side by side, saved without the mouse, and without script too."""

from collections.abc import Callable

import pytest

from tests.browser.drafting import AUTHOR, start_draft
from tests.browser.site import Site
from tests.browser.visitor import Visitor

WHERE = "/surveys/migration/draft/translate"
Enter = Callable[..., Visitor]


@pytest.fixture(scope="module")
def drafted(site: Site) -> Site:
    start_draft(site, "migration", "preparedness")
    return site


def test_a_missing_text_is_typed_and_saved_with_the_keyboard_alone(
    drafted: Site, enter: Enter
) -> None:
    visitor = enter(drafted, person=AUTHOR)
    visitor.go(f"{WHERE}/fr?show=missing")
    page = visitor.page

    page.locator("textarea").first.focus()
    page.keyboard.insert_text("Pourquoi nous vous interrogeons")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    visitor.go(f"{WHERE}/fr?part=")

    boxes = page.locator("textarea").all()
    assert "Pourquoi nous vous interrogeons" in [box.input_value() for box in boxes]


def test_on_a_phone_without_script_dari_is_typed_from_right_to_left(
    drafted: Site, enter: Enter
) -> None:
    visitor = enter(drafted, person=AUTHOR, width=360, language="ar", script=False)
    visitor.go(f"{WHERE}/prs?part=priorities")
    box = visitor.page.locator("textarea").first

    box.fill("اولویت‌ها")
    visitor.page.locator("main form.pairs .actions button").first.click()
    visitor.page.wait_for_load_state("load")
    visitor.go(f"{WHERE}/prs?part=priorities")

    box = visitor.page.locator("textarea").first
    assert box.input_value() == "اولویت‌ها"
    assert box.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert box.evaluate("one => one.getBoundingClientRect().width") > 300
