"""A running site brought into every state its pages show."""

import json
import re
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser

from tests.browser import changing
from tests.browser.arranging_after import after
from tests.browser.arranging_consultation import consultation
from tests.browser.arranging_evidence import evidence
from tests.browser.arranging_voices import voices
from tests.browser.arranging_writing import being_written
from tests.browser.drafting import start_draft
from tests.browser.every_page import FOCAL_POINT, SECRETARIAT, WAVE
from tests.browser.site import Site
from tests.browser.visitor import Visitor

PARTLY = {
    "migration_work": True,
    "migration_activities": ["family_links", {"choice": "other", "text": "Legal advice"}],
    "branches_total": 47,
    "branches_migration": 60,
    "invest_points": {"movement_strategy": 40, "training": 15},
    "open_comments": "Thank you for asking all of us.",
}
"""A response in progress, with a contradiction, a wrong sum and gaps."""


def arrange(chromium: Browser, site: Site, language: str, folder: Path) -> dict[str, str]:
    """Bring about the states the pages show; what fills the places in braces.

    Kenya's response is in progress, a second wave is over without an answer, and three exports are
    waiting, ready and failed. Everybody of the demonstration reads `language`.
    """
    entry = _prepare(site, language, folder)
    ((progress,),) = site.sql("SELECT id FROM response WHERE state = 'in_progress'")
    done, answered = site.sql(
        "SELECT response.id, code FROM response JOIN organisation ON organisation.id ="
        " organisation_id WHERE response.state = 'submitted' ORDER BY code"
    )[0]
    ((mail,),) = site.sql("SELECT id FROM mail WHERE to_address = ? LIMIT 1", FOCAL_POINT)
    ((group,),) = site.sql("SELECT code FROM network_or_group ORDER BY code LIMIT 1")
    waiting, ready, failed = _exports(chromium, site)
    speaking = voices(chromium, site)
    return {
        "progress": str(UUID(progress)),
        "done": str(UUID(done)),
        "answered": f"focal-point.{answered.lower()}@demo.invalid",
        "mail": str(UUID(mail)),
        "group": group,
        "party": _party(site),
        "chart": _chart(chromium, site),
        "waiting": waiting,
        "ready": ready,
        "failed": failed,
        "entry": entry,
        "spoken": language,
        **speaking,
        **evidence(chromium, site, speaking["lineage"]),
        **consultation(site),
        "reworded": being_written(site),
        **_drafted(chromium, site),
        **after(site),
    }


def _party(site: Site) -> str:
    """The id of the demonstration's State, which is named in a pledge."""
    ((party,),) = site.sql("SELECT id FROM outside_party WHERE kind = 'state'")
    return str(UUID(party))


def _prepare(site: Site, language: str, folder: Path) -> str:
    """The waves, the public questionnaires, the drafts; the id of an entry of the bank."""
    site.sql("UPDATE person SET language = ?", language)
    answers = folder / "answers.json"
    answers.write_text(json.dumps(PARTLY))
    site.command_here(
        *("surveys", "respond", WAVE, "--organisation", "KEN", "--answers", str(answers)),
        *("--by", "Desk officer", "--reason", "Given by telephone."),
    )
    closing = ("--closes", "2099-12-31", "--frame-date", "2020-02-01")
    site.command_here("surveys", "open", "migration", "--wave", "over", *closing)
    site.sql("UPDATE call SET state = 'closed', closed_at = opened_at WHERE code = 'over'")
    _public(site, folder)
    entry = start_draft(site, "migration", "preparedness")
    changing.everything(site)
    return entry


def _public(site: Site, folder: Path) -> None:
    """One questionnaire open to the public, with a batch of answers, and one that is closed."""
    for code in ("voices", "closed"):
        site.command_here("public", "open", "migration", "--code", code, "--closes", "2099-12-31")
    site.sql("UPDATE public_form SET state = 'closed' WHERE code = 'closed'")
    rows = [f"{['yes', 'no'][n % 2]},Words of person {n}" for n in range(14)]
    batch = folder / "batch.csv"
    batch.write_text("\n".join(["migration_work,open_comments", *rows]))
    site.command_here("public", "import", "voices", str(batch))


def _drafted(chromium: Browser, site: Site) -> dict[str, str]:
    """A new survey's draft, copied from a published version, with a group added.

    The uid of a question of each kind, and the group's code as `block`.
    """
    visitor = Visitor(chromium, site, person=SECRETARIAT, script=False)
    visitor.go("/surveys/new")
    visitor.page.locator("#title").fill("Copied")
    visitor.page.locator("#copy_of").select_option(index=1)
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").last.click()
    visitor.go("/surveys/copied/draft/sections/society/groups")
    visitor.page.locator("#title").fill("About the work")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").last.click()
    block = visitor.path().rpartition("/")[2]
    visitor.leave()
    ((definition,),) = site.sql(
        "SELECT definition FROM questionnaire_draft JOIN survey ON survey.id = survey_id"
        " WHERE survey.code = 'copied'"
    )
    questions = [q for s in json.loads(definition)["sections"] for q in s["questions"]]
    return {"block": block} | {question["kind"]: question["uid"] for question in questions}


def _exports(chromium: Browser, site: Site) -> list[str]:
    """Three exports: waiting, ready, failed. Asked for one by one: the same twice is one."""
    visitor = Visitor(chromium, site, person=SECRETARIAT)
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


def _chart(chromium: Browser, site: Site) -> str:
    visitor = Visitor(chromium, site, person=SECRETARIAT)
    visitor.go("/results/migration-2020/sections/priorities")
    link = visitor.page.locator('a[href*="/explore/"]').first.get_attribute("href") or ""
    visitor.leave()
    found = re.search(r"/explore/([^?]+)", link)
    assert found
    return found[1]
