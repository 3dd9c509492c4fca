"""A questionnaire is changed while a response is under way: seen by staff and by a focal point."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import answering
from tests.browser.changing import SURVEY, draft_begun
from tests.browser.every_page import SECRETARIAT, WAVE
from tests.browser.inspection import complaints
from tests.browser.site import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.timeout(300)  # a whole site on a busy machine


def versions_of_submitted(site: Site) -> list[tuple[object, ...]]:
    return site.sql("SELECT id, version_id FROM response WHERE state = 'submitted' ORDER BY id")


def begin(visitor: Visitor, organisation: str) -> str:
    """Start the response and answer its first section; the response's path."""
    visitor.go(f"/answer/{WAVE}/{organisation}")
    with visitor.page.expect_navigation():
        visitor.page.locator("main .actions button").first.click()
    path = visitor.path().split("/sections/")[0]
    answering.society(visitor.page)
    answering.save(visitor.page)
    return path


def publish(visitor: Visitor) -> None:
    """As staff do: look at what changes, and press the one button."""
    visitor.go(f"/surveys/{SURVEY}/publish")
    assert complaints(visitor.page, visitor.language) == []
    expect(visitor.page.locator("main table tbody tr")).to_have_count(2)
    for reason in visitor.page.locator('input[name^="why_"]').all():
        reason.fill("The new words are being translated.")
    with visitor.page.expect_navigation():
        visitor.page.locator(f'form[action$="/{SURVEY}/publish"] button').click()
    assert visitor.path() == f"/surveys/{SURVEY}"


@pytest.mark.parametrize(
    ("organisation", "language", "width"),
    [
        pytest.param("KEN", "en", 1280, id="English, wide"),
        pytest.param("JOR", "ar", 360, id="Arabic, phone"),
    ],
)
def test_who_answers_meanwhile_is_told_and_loses_nothing(
    chromium: Browser, site: Site, organisation: str, language: str, width: int
) -> None:
    site.sql("UPDATE person SET language = ?", language)
    focal = f"focal-point.{organisation.lower()}@demo.invalid"
    respondent = Visitor(chromium, site, language=language, width=width, person=focal)
    staff = Visitor(chromium, site, language=language, width=width, person=SECRETARIAT)
    path = begin(respondent, organisation)
    added, before = draft_begun(site), versions_of_submitted(site)

    publish(staff)
    respondent.go(path)

    notice = respondent.page.locator("main .notice.warning")
    expect(notice.locator("li")).to_have_count(2)
    assert complaints(respondent.page, language) == []
    with respondent.page.expect_navigation():
        notice.locator(f'a[href$="#q_{added}"]').click()
    expect(respondent.page.locator('[name="q_branches_total"]')).not_to_have_value("")
    expect(respondent.page.locator(f'[name="q_{added}"]')).to_be_visible()
    respondent.go(path)
    with respondent.page.expect_navigation():
        respondent.page.locator("main .notice.warning button").click()
    expect(respondent.page.locator("main .notice.warning")).to_have_count(0)
    assert versions_of_submitted(site) == before
    assert respondent.leave() + staff.leave() == []
