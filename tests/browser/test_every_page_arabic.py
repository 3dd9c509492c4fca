"""Every page in Arabic: nothing for axe to object to, no trouble, nothing too wide."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.every_page import SIGHTS, Sight, arrange, look
from tests.browser.site import Site
from tests.browser.visitor import Visitor

LANGUAGE = "ar"


@pytest.fixture(scope="module")
def arranged(
    browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    return arrange(browser, site, LANGUAGE, tmp_path_factory.mktemp("answers"))


@pytest.fixture(scope="module")
def visitor_of(browser: Browser, site: Site) -> Iterator[Callable[[str], Visitor]]:
    """Everybody's browser, kept for their next page."""
    seated: dict[str, Visitor] = {}

    def seat(who: str) -> Visitor:
        if who not in seated:
            seated[who] = Visitor(browser, site, language=LANGUAGE, person=who)
        return seated[who]

    yield seat
    for visitor in seated.values():
        visitor.leave()


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_a_page_leaves_nothing_to_complain_about(
    sight: Sight, arranged: dict[str, str], visitor_of: Callable[[str], Visitor]
) -> None:
    visitor = visitor_of(sight.who.format(**arranged))

    found = look(sight, visitor, arranged)

    assert found == [], "\n".join(found)
