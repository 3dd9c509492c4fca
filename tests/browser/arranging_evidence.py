"""A finding cited to a paragraph, and the parts of the demonstration's meeting."""

from uuid import UUID

from playwright.sync_api import Browser

from tests.browser.every_page import SECRETARIAT
from tests.browser.site import Site
from tests.browser.visitor import Visitor

CITING = "/results/migration-2020/cite/priorities_importance.all?text=migration-strategy/1"


def evidence(chromium: Browser, site: Site, lineage: str) -> dict[str, str]:
    """`finding`: one cited to this paragraph; `meeting_session`, `statement`: of the meeting."""
    visitor = Visitor(chromium, site, person=SECRETARIAT, script=False)
    visitor.go(CITING)
    visitor.page.locator("#paragraph").select_option(lineage)
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").last.click()
    visitor.leave()
    return {
        "finding": _one(site, "citation"),
        "meeting_session": _one(site, "meeting_session"),
        "statement": _one(site, "meeting_statement"),
    }


def _one(site: Site, table: str) -> str:
    ((identity,), *_rest) = site.sql(f"SELECT id FROM {table} ORDER BY id")
    return str(UUID(identity))
