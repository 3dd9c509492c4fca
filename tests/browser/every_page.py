"""Every page one can open by an address, and who opens it. States that need steps: `test_states`.

Places in braces are filled from `arranged`, which brings a site into the states they need.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser

from tests.browser.inspection import complaints
from tests.browser.site import Site
from tests.browser.visitor import Visitor

WAVE = "migration-2020"
SECRETARIAT = "secretariat@demo.invalid"
CO_CHAIR = "co-chair@demo.invalid"
CONSULTANT = "consultant@demo.invalid"
ADMINISTRATOR = "administrator@demo.invalid"
FOCAL_POINT = "focal-point.ken@demo.invalid"
RESPONDENT = "respondent.ken@demo.invalid"
APPROVER = "approver.ken@demo.invalid"
NOBODY = ""


@dataclass(frozen=True)
class Sight:
    """A page as somebody sees it. `status`: of the answer."""

    path: str
    who: str = NOBODY
    status: int = 200

    def __str__(self) -> str:
        """Its name among the tests."""
        return f"{self.path} for {self.who.partition('@')[0] or 'nobody'}"


OPEN_TO_ALL = (
    "/",
    "/sign-in",
    "/mail",
    "/mail?to=nobody@example.org",
    "/mail/{mail}",
    "/demo/co_chair",
)
OF_A_SOCIETY = (
    "/",
    "/answer/migration-2020/KEN",
    "/answer/migration-2020/KEN?again=1",
    "/responses/{progress}",
    *(
        f"/responses/{{progress}}/sections/{code}"
        for code in (
            "society", "priorities", "challenges", "investments", "taking_part", "comments"
        )
    ),
    "/responses/{progress}/sections/society?check=1",
    "/responses/{progress}/sections/investments?check=1",
    "/responses/{progress}/check",
    "/responses/{progress}/history",
    "/surveys/waves/migration-2020/blank",
    "/organisations/KEN/people",
    "/kept",
)  # fmt: skip
OF_ONE_THAT_HAS_ANSWERED = (
    "/",
    "/responses/{done}",
    "/responses/{done}/check",
    "/responses/{done}/receipt",
    "/responses/{done}/history",
)
OF_THE_SECRETARIAT = (
    "/",
    "/answer/migration-2020/JOR/on-behalf",
    "/calls",
    "/calls/migration-2020",
    "/calls/migration-2020?region=mena&state=submitted",
    "/calls/migration-2020?region=mena&state=declined",
    "/calls/migration-2020/extend",
    "/calls/migration-2020/close",
    "/calls/migration-2020/release",
    "/calls/migration-2020/mails",
    "/calls/migration-2020/mails?only=failed",
    "/calls/migration-2020/messages/invitation",
    "/calls/migration-2020/messages/reminder",
    "/calls/migration-2020/messages/invitation/preview?organisation=JOR",
    "/calls/migration-2020/messages/reminder/preview?organisation=KEN",
    "/calls/migration-2020/invite",
    "/calls/migration-2020/invite?whom=mena",
    "/calls/migration-2020/reminders",
    "/calls/over",
    "/calls/over/reopen",
    "/calls/over/invite",
    "/calls/over/reminders",
    "/directory",
    "/directory/organisations/KEN",
    "/directory/organisations/KEN/correct",
    "/directory/groups",
    "/directory/groups/{group}",
    "/organisations/FRA/people",
    "/surveys",
    "/surveys/migration",
    "/surveys/migration/blank",
    "/surveys/migration/open",
    "/surveys/import",
    "/results",
    "/results/migration-2020/",
    "/results/migration-2020/sections/priorities",
    "/results/migration-2020/sections/priorities?weighted=1&region=africa",
    "/results/migration-2020/comments",
    "/results/migration-2020/explore/{chart}",
    "/results/over/",
    "/results/over/sections/priorities",
    "/results/over/comments",
    "/exports",
    "/exports/{waiting}",
    "/exports/{ready}",
    "/exports/{failed}",
)
OF_CO_CHAIRS = (
    "/",
    "/results",
    "/results/migration-2020/",
    *(
        f"/results/migration-2020/sections/{code}"
        for code in ("society", "priorities", "challenges", "investments", "taking_part")
    ),
    "/results/migration-2020/sections/priorities?weighted=1",
    "/results/migration-2020/sections/priorities?region=mena",
    "/results/migration-2020/comments",
)
OF_ADMINISTRATORS = ("/", "/people", "/people?email=nobody@example.org", "/people/add")
REFUSED = (
    Sight("/no-such-page", status=404),
    Sight("/sign-in/no-such-link", status=410),
    Sight("/calls", FOCAL_POINT, 403),
    Sight("/responses/{done}", FOCAL_POINT, 404),
    Sight("/results/migration-2020/", ADMINISTRATOR, 403),
)
SIGHTS = (
    *(Sight(path) for path in OPEN_TO_ALL),
    *(Sight(path, FOCAL_POINT) for path in OF_A_SOCIETY),
    Sight("/responses/{progress}/check", RESPONDENT),
    Sight("/organisations/KEN/people", APPROVER),
    Sight("/results", FOCAL_POINT),
    *(Sight(path, "{answered}") for path in OF_ONE_THAT_HAS_ANSWERED),
    *(Sight(path, SECRETARIAT) for path in OF_THE_SECRETARIAT),
    *(Sight(path, CO_CHAIR) for path in OF_CO_CHAIRS),
    Sight("/results/migration-2020/comments", CONSULTANT),
    Sight("/exports", CONSULTANT),
    *(Sight(path, ADMINISTRATOR) for path in OF_ADMINISTRATORS),
    *REFUSED,
)
PARTLY = {
    "migration_work": True,
    "migration_activities": ["family_links", {"choice": "other", "text": "Legal advice"}],
    "branches_total": 47,
    "branches_migration": 60,
    "invest_points": {"movement_strategy": 40, "training": 15},
    "open_comments": "Thank you for asking all of us.",
}
"""A response in progress, with a contradiction, a wrong sum and gaps."""


def look(sight: Sight, visitor: Visitor, arranged: dict[str, str]) -> list[str]:
    """Open the page; what is wrong with it, and with what happened on it."""
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    status = visitor.go(sight.path.format(**arranged))
    found = [] if status == sight.status else [f"answered {status}"]
    found += complaints(visitor.page, visitor.language) + visitor.troubles
    visitor.troubles.clear()
    return found


def arrange(browser: Browser, site: Site, language: str, folder: Path) -> dict[str, str]:
    """Bring about the states the pages show; what fills the places in braces.

    Kenya's response is in progress, a second wave is over without an answer, and three exports are
    waiting, ready and failed. Everybody of the demonstration reads `language`.
    """
    site.sql("UPDATE person SET language = ?", language)
    answers = folder / "answers.json"
    answers.write_text(json.dumps(PARTLY))
    site.command(
        *("surveys", "respond", WAVE, "--organisation", "KEN", "--answers", str(answers)),
        *("--by", "Desk officer", "--reason", "Given by telephone."),
    )
    closing = ("--closes", "2099-12-31", "--frame-date", "2020-02-01")
    site.command("surveys", "open", "migration", "--wave", "over", *closing)
    site.sql("UPDATE call SET state = 'closed', closed_at = opened_at WHERE code = 'over'")
    ((progress,),) = site.sql("SELECT id FROM response WHERE state = 'in_progress'")
    done, answered = site.sql(
        "SELECT response.id, code FROM response JOIN organisation ON organisation.id ="
        " organisation_id WHERE response.state = 'submitted' ORDER BY code"
    )[0]
    ((mail,),) = site.sql("SELECT id FROM mail WHERE to_address = ? LIMIT 1", FOCAL_POINT)
    ((group,),) = site.sql("SELECT code FROM network_or_group ORDER BY code LIMIT 1")
    waiting, ready, failed = _exports(browser, site)
    return {
        "progress": str(UUID(progress)),
        "done": str(UUID(done)),
        "answered": f"focal-point.{answered.lower()}@demo.invalid",
        "mail": str(UUID(mail)),
        "group": group,
        "chart": _chart(browser, site),
        "waiting": waiting,
        "ready": ready,
        "failed": failed,
    }


def _exports(browser: Browser, site: Site) -> list[str]:
    """Three exports: waiting, ready, failed. Asked for one by one: the same twice is one."""
    visitor = Visitor(browser, site, person=SECRETARIAT)
    ids: list[str] = []
    for state, error in (("failed", "Disk full."), ("ready", ""), ("queued", "")):
        visitor.go("/exports")
        with visitor.page.expect_navigation():
            visitor.page.locator("main .actions button").click()
        ids.append(visitor.path().rpartition("/")[2])
        of_this = UUID(ids[-1]).hex
        site.sql("UPDATE export SET state = ?, error = ? WHERE id = ?", state, error, of_this)
    visitor.leave()
    return ids[::-1]


def _chart(browser: Browser, site: Site) -> str:
    visitor = Visitor(browser, site, person=SECRETARIAT)
    visitor.go("/results/migration-2020/sections/priorities")
    link = visitor.page.locator('a[href*="/explore/"]').first.get_attribute("href") or ""
    visitor.leave()
    found = re.search(r"/explore/([^?]+)", link)
    assert found
    return found[1]
