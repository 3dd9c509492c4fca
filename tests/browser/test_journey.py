"""The main job, end to end, as people do it: on a wide screen, on a phone, and without script.

They go one after the other on one site, as Societies do.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.every_page import CO_CHAIR
from tests.browser.journey import Journey
from tests.browser.site import Site
from tests.browser.visitor import Visitor, letter_to

pytestmark = pytest.mark.timeout(300)  # a whole site and some sixty pages, on a busy machine


def counted_by_co_chairs(chromium: Browser, site: Site) -> int:
    """How many of the 192 have answered, in the dashboard's headline."""
    visitor = Visitor(chromium, site, person=CO_CHAIR)
    visitor.go("/results/migration-2020/")
    headline = visitor.page.locator("main .headline").inner_text()
    assert visitor.leave() == []
    said = re.match(r"(\d+) of 192 ", headline)
    assert said, headline
    return int(said[1])


def test_before_anybody_comes_co_chairs_see_51_of_192(chromium: Browser, whole_site: Site) -> None:
    assert counted_by_co_chairs(chromium, whole_site) == 51


@pytest.mark.parametrize(
    ("organisation", "options"),
    [
        pytest.param("KEN", {"language": "en", "width": 1280}, id="English, wide"),
        pytest.param("JOR", {"language": "ar", "width": 360}, id="Arabic, phone"),
        pytest.param("LBN", {"language": "en", "width": 1280, "script": False}, id="no script"),
    ],
)
def test_a_society_answers_from_its_invitation_to_its_second_receipt(
    chromium: Browser,
    whole_site: Site,
    tmp_path: Path,
    organisation: str,
    options: dict[str, Any],
) -> None:
    before = counted_by_co_chairs(chromium, whole_site)
    journey = Journey(chromium, whole_site, organisation, **options)

    journey.come_by_invitation()
    journey.start()
    journey.answer_all()
    first = journey.submit()
    journey.visitor.picture_as("receipt")
    copy = journey.download_copy(tmp_path)
    journey.reopen_and_change("comments", "open_comments", "=One more thing")
    second = journey.submit()

    assert "Agreements with local health posts." in copy
    assert first != second
    assert "=One more thing" in journey.download_copy(tmp_path)
    assert second in letter_to(journey.mailbox, journey.email, second)
    assert journey.leave() == []
    assert counted_by_co_chairs(chromium, whole_site) == before + 1
