"""The way of one National Society through its questionnaire, from the invitation to the receipt.

Each step presses what a person presses and says what they should then see. Nothing is found by its
words, so the same steps are taken in every language, with and without script.
"""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser import answering
from tests.browser.site import Site
from tests.browser.visitor import Visitor, letter_to, links_in

WAVE = "migration-2020"


class Journey:
    """One focal point's. `options`: of their browser, as `Visitor` takes them."""

    def __init__(self, chromium: Browser, site: Site, organisation: str, **options: Any) -> None:
        """Sit down at the first device."""
        assert site.smtp is not None
        self.chromium = chromium
        self.site = site
        self.mailbox = site.smtp
        self.organisation = organisation
        self.email = f"focal-point.{organisation.lower()}@demo.invalid"
        self.options = options
        self.troubles: list[str] = []
        self.visitor = Visitor(chromium, site, **options)
        self.response = ""

    @property
    def page(self) -> Page:
        """The page before them."""
        return self.visitor.page

    def leave(self) -> list[str]:
        """End it; the troubles of all its devices."""
        return self.troubles + self.visitor.leave()

    def state(self) -> str:
        """Of the Society's participation, as stored."""
        ((state,),) = self.site.sql(
            "SELECT participation.state FROM participation JOIN organisation"
            " ON organisation.id = organisation_id JOIN call ON call.id = call_id"
            " WHERE organisation.code = ? AND call.code = ?",
            self.organisation,
            WAVE,
        )
        return str(state)

    def come_by_invitation(self) -> None:
        """Follow the mailed invitation, sign in by the mailed link, arrive where it led."""
        path = f"/answer/{WAVE}/{self.organisation}"
        (link,) = links_in(letter_to(self.mailbox, self.email, path))
        self.page.goto(link)
        assert self.visitor.path() == "/sign-in"
        self.visitor.sign_in(self.email, self.mailbox)
        assert self.visitor.path() == path
        assert self.state() == "opened"

    def start(self) -> None:
        """Press the one button of the page before the first question."""
        with self.page.expect_navigation():
            self.page.locator("main .actions button").first.click()
        self.response = self.visitor.path().split("/sections/")[0]
        assert self.section() == "society"

    def section(self) -> str:
        """The code of the section before them, or ""."""
        return self.visitor.path().partition("/sections/")[2]

    def slip_in_society(self) -> None:
        """A number that is none, and more branches than there are: named, and then corrected."""
        answering.society(self.page)
        answering.write(self.page, "people_reached", "many")
        answering.write(self.page, "branches_migration", "60")
        answering.save(self.page)
        assert self.section() == "society"
        assert self.state() == "in_progress"
        expect(self.page.locator(".summary-of-errors li")).to_have_count(2)
        expect(self.page.locator('[name="q_people_reached"]')).to_have_value("many")
        self.page.locator('.summary-of-errors a[href="#q_people_reached"]').click()
        expect(self.page.locator("#q_people_reached")).to_be_in_viewport()
        answering.write(self.page, "people_reached", "12500")
        answering.write(self.page, "branches_migration", "19")
        answering.save(self.page)
        assert self.section() == "priorities"

    def be_interrupted(self) -> None:
        """Save half a section, lose the device, and go on from another after signing in anew."""
        some = dict(list(answering.PRIORITIES.items())[:4])
        answering.rate(self.page, "priorities_importance", some)
        with self.page.expect_navigation():
            self.page.locator('main button[name="then"]').click()
        assert self.visitor.path() == self.response
        self.troubles += self.visitor.leave()
        self.visitor = Visitor(self.chromium, self.site, **self.options)
        self.visitor.go("/")
        self.visitor.go("/sign-in")
        self.visitor.sign_in(self.email, self.mailbox)
        self.visitor.picture_as("tasks")
        with self.page.expect_navigation():
            self.page.locator("main .task .actions a:not(.second)").click()
        assert self.visitor.path() == self.response
        with self.page.expect_navigation():
            self.page.locator("main .actions a.button").click()
        assert self.section() == "priorities"
        for item, step in some.items():
            name = f"q_priorities_importance-{item}"
            expect(self.page.locator(f'[name="{name}"][value="{step}"]')).to_be_checked()
        self.visitor.picture_as("section", at="fieldset.row:has(:checked)")

    def slip_in_points(self) -> None:
        """Ninety points of a hundred: saved, named, and then corrected."""
        answering.investments(self.page)
        answering.write(self.page, "invest_points-training", "15")
        answering.save(self.page)
        assert self.section() == "investments"
        expect(self.page.locator(".summary-of-errors li")).to_have_count(1)
        expect(self.page.locator("[data-total]")).to_contain_text("10")
        answering.write(self.page, "invest_points-training", "25")
        answering.save(self.page)
        assert self.section() == "taking_part"

    def fill(self, section: str) -> None:
        """Answer a section rightly and go on."""
        assert self.section() == section
        answering.FILL[section](self.page)
        answering.save(self.page)

    def answer_all(self) -> None:
        """All six sections with their slips, up to the page that shows every answer."""
        self.slip_in_society()
        self.be_interrupted()
        self.fill("priorities")
        self.fill("challenges")
        self.slip_in_points()
        self.fill("taking_part")
        self.fill("comments")
        assert self.visitor.path() == f"{self.response}/check"

    def submit(self) -> str:
        """Submit from the page that shows every answer; the receipt's reference."""
        assert self.visitor.path() == f"{self.response}/check"
        with self.page.expect_navigation():
            self.page.locator('form[action$="/submit"] button').click()
        assert self.visitor.path() == f"{self.response}/receipt"
        assert self.state() == "submitted"
        activities = self.page.locator("dl.rows:not(.facts) dd").nth(1).inner_text()
        assert len(activities.splitlines()) == 3, activities
        return self.page.locator("dl.facts dd strong").inner_text()

    def download_copy(self, folder: Path) -> list[str]:
        """Download the Society's own copy; every text in its cells."""
        with self.page.expect_download() as waiting:
            self.page.locator('a[href$="/copy.xlsx"]').click()
        path = folder / "copy.xlsx"
        waiting.value.save_as(path)
        sheets = load_workbook(path).worksheets  # read whole, so that the file is closed
        return [
            str(cell)
            for sheet in sheets
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if cell is not None
        ]

    def reopen_and_change(self, section: str, question: str, text: str) -> None:
        """Reopen from the receipt, change one text, and come back to the check page."""
        with self.page.expect_navigation():
            self.page.locator('form[action$="/reopen"] button').click()
        assert self.state() == "in_progress"
        self.visitor.go(f"{self.response}/sections/{section}")
        answering.write(self.page, question, text)
        answering.save(self.page)
        self.visitor.go(f"{self.response}/check")
