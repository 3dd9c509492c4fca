"""Exploring a figure: drawn by our own library under a strict policy, or the table stays."""

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Enter
from tests.browser.site import Site

PLACE = "/results/migration-2020"
CO_CHAIR = "co-chair@demo.invalid"


def drawn(page: Page) -> int:
    """How many marks of the figure stand on the page once it is drawn."""
    page.locator("#explore .main-svg").first.wait_for(state="visible")
    return page.locator("#explore .main-svg .trace, #explore .main-svg .hm").count()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "chart",
    ["priorities_importance.all", "priorities_importance.regions", "priorities_importance.scale",
     "preparedness.all", "tiles", "received"],
)  # fmt: skip
def test_a_figure_is_drawn_without_a_word_from_the_browser(
    site: Site, enter: Enter, chart: str, language: str
) -> None:
    visitor = enter(site, person=CO_CHAIR, language=language)

    assert visitor.go(f"{PLACE}/explore/{chart}") == 200

    assert drawn(visitor.page) > 0
    assert visitor.page.locator("table tbody tr").count() > 0
    buttons = visitor.page.locator("#explore .modebar-btn").evaluate_all(
        "buttons => buttons.map(button => button.dataset.title)"
    )
    assert not [title for title in buttons if "Chart Studio" in title or "cloud" in title]


def test_without_the_library_the_page_says_so_and_keeps_the_table(site: Site, enter: Enter) -> None:
    visitor = enter(site, person=CO_CHAIR)

    def empty(route: Route) -> None:
        route.fulfill(status=200, content_type="text/javascript", body="")

    visitor.page.route("**/plotly-*.js", empty)
    visitor.page.add_init_script("console.error = () => {}")
    visitor.go(f"{PLACE}/explore/priorities_top.all")

    visitor.page.get_by_text("could not be loaded").wait_for()
    assert visitor.page.locator("table tbody tr").count() == 10
