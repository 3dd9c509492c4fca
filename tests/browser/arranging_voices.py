"""An organisation's contributions to the demonstration's open round, one of each state."""

import json
from uuid import UUID

from playwright.sync_api import Browser

from tests.browser.every_page import FOCAL_POINT
from tests.browser.site import Site
from tests.browser.visitor import Visitor

ROUND = "migration-strategy-2"


def voices(chromium: Browser, site: Site) -> dict[str, str]:
    """Kenya has an amendment in progress, a receipt and a returned position, and is asked to join.

    `lineage`: the paragraph it speaks of, of the draft that the round asks about.
    """
    ((document,),) = site.sql(
        "SELECT document FROM consultation_draft WHERE id = (SELECT draft_id FROM"
        " consultation_round WHERE call_id = (SELECT id FROM call WHERE code = ?))",
        ROUND,
    )
    blocks = json.loads(document)["blocks"]
    lineage = next(one["lineage"] for one in blocks if one["number"] == "{1}.")
    visitor = Visitor(chromium, site, person=FOCAL_POINT, script=False)
    for kind in ("position", "amendment"):
        _write(visitor, kind, lineage)
        if kind == "position":
            receipt = _submit(visitor)
    visitor.leave()
    _joint(site)
    return {
        "lineage": lineage,
        "receipt": receipt,
        "in_progress": _mine(site, "in_progress"),
        "returned": _returned(site),
    }


def _write(visitor: Visitor, kind: str, lineage: str) -> None:
    visitor.go(f"/rounds/{ROUND}/KEN/new?kind={kind}&paragraph={lineage}")
    page = visitor.page
    if kind == "position":
        page.locator("input[value=concern]").check()
    else:
        page.locator("#proposal").fill("Other words, for the tests of pages.")
    page.locator("#text").fill("It is clearer so.")
    with page.expect_navigation():
        page.locator("main form button").first.click()


def _submit(visitor: Visitor) -> str:
    visitor.go(f"/rounds/{ROUND}/KEN/check")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").last.click()
    return visitor.path().rpartition("/")[2]


def _mine(site: Site, state: str) -> str:
    ((identity,),) = site.sql(
        "SELECT id FROM contribution WHERE state = ? AND call_id = (SELECT id FROM call WHERE"
        " code = ?) AND organisation_id = (SELECT id FROM organisation WHERE code = 'KEN')"
        " AND number IS NULL",
        state, ROUND,
    )  # fmt: skip
    return str(UUID(identity))


def _returned(site: Site) -> str:
    ((identity,),) = site.sql("SELECT id FROM contribution ORDER BY number DESC LIMIT 1")
    site.sql(
        "UPDATE contribution SET state = 'returned', return_reason = ? WHERE id = ?",
        "Please say which of the costs you mean.", identity,
    )  # fmt: skip
    return str(UUID(identity))


def _joint(site: Site) -> None:
    """Ask Kenya to stand behind somebody else's contribution."""
    ((identity,),) = site.sql(
        "SELECT id FROM contribution WHERE state = 'submitted' AND kind = 'amendment' AND call_id ="
        " (SELECT id FROM call WHERE code = ?) LIMIT 1",
        ROUND,
    )
    site.sql(
        "INSERT INTO contribution_sponsor (contribution_id, organisation_id, state, invited_at,"
        " decided_by) SELECT ?, id, 'invited', (SELECT max(at) FROM contribution_event), '' FROM"
        " organisation WHERE code = 'KEN'",
        identity,
    )
