"""The way of a text through six people's hands, from a comment on a phone to the reply to it.

Nothing is found by its words where somebody reads Arabic. The demonstration's open round is used.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.site import Site
from tests.browser.visitor import Visitor

CODE, ROUND, FIRST = "migration-strategy", "migration-strategy-2", "migration-strategy-1"
DESK = f"/consultations/{CODE}/desk"
NETWORK, CHAIR = "SAHEL_PLUS", "network-chair@demo.invalid"
PEOPLE = ("focal-point.jor", "respondent.jor", "approver.jor")
TWENTY = 20
COMMENT = "نقترح أن تُذكر الفروع المحلية هنا."
WORDS = "تعمل الجمعيات الوطنية مع المهاجرين في كل مرحلة من الطريق."


@dataclass
class Table:
    """Whoever sits down, and what the text's paragraphs are called."""

    site: Site
    enter: Enter

    def seat(self, person: str, **options: object) -> Visitor:
        """Somebody of the demonstration, signed in."""
        return self.enter(self.site, person=f"{person}@demo.invalid", **options)


@pytest.fixture
def table(site: Site, enter: Enter) -> Table:
    """The demonstration with a network's chair, and all it takes for Jordan."""
    for person, role in zip(PEOPLE, ("focal_point", "respondent", "approver"), strict=True):
        site.command_here("movement", "person", "add", f"{person}@demo.invalid", "--role", role,
                     "--organisation", "JOR")  # fmt: skip
    site.command_here(
        "movement", "person", "add", CHAIR, "--role", "focal_point", "--organisation", NETWORK
    )
    return Table(site, enter)


def send(page: Page, button: str) -> None:
    """Press a button, by its value or its form, and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator(f"main {button}").first.click()


def test_a_text_goes_through_six_hands(table: Table, tmp_path: Path) -> None:
    comment = _comments_and_amends_in_arabic_on_a_phone(table)
    _a_colleague_endorses(table, comment)
    _submits(table)
    _the_chair_of_a_network_joins(table)
    _an_officer_disposes_of_twenty(table)
    _the_consultant_writes_the_next_draft_in_word(table, tmp_path)
    _the_secretary_general_reads_the_reply(table)


def _comments_and_amends_in_arabic_on_a_phone(table: Table) -> str:
    focal_point = table.seat("focal-point.jor", width=360, language="ar")
    page = focal_point.page
    focal_point.go(f"/consultations/{CODE}/drafts/1")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    paragraphs = page.locator(".line.paragraph[id]")
    ids = [str(paragraphs.nth(at).get_attribute("id")) for at in (2, 4)]
    focal_point.picture_as("walk-reading", f"#{ids[0]}")
    page.locator(f"#{ids[0]} a.say").click()
    page.locator("a[href*='kind=comment']").first.click()
    page.locator("#text").fill(COMMENT)
    send(page, "form button")
    expect(page.get_by_text(COMMENT)).to_be_visible()
    comment = focal_point.path()
    focal_point.go(f"/consultations/{CODE}/drafts/1")
    page.locator(f"#{ids[1]} a.say").click()
    page.locator("a[href*='kind=amendment']").first.click()
    before = page.locator("#proposal").input_value()
    page.locator("#proposal").fill(f"{before} {WORDS}")
    send(page, "button[value=preview]")
    expect(page.locator("#changes ins")).to_contain_text(WORDS)
    send(page, "form button")
    page.locator("#who").select_option(NETWORK)
    send(page, "button[value=invite]")
    focal_point.picture_as("walk-amendment")
    return comment


def _a_colleague_endorses(table: Table, comment: str) -> None:
    colleague = table.seat("respondent.jor", width=360, language="ar")
    colleague.go(comment)
    colleague.page.locator("#note").fill("أوافق.")
    send(colleague.page, "button[value=endorse]")
    expect(colleague.page.get_by_text("أوافق.").first).to_be_visible()
    colleague.go(f"/rounds/{ROUND}/JOR/check")
    assert colleague.page.locator("form[action$='/submit'] button").count() == 0


def _submits(table: Table) -> None:
    focal_point = table.seat("focal-point.jor", width=360, language="ar")
    focal_point.go(f"/rounds/{ROUND}/JOR/check")
    focal_point.picture_as("walk-check")
    send(focal_point.page, "form[action$='/submit'] button")
    assert "/receipts/" in focal_point.path()
    focal_point.picture_as("walk-receipt")


def _the_chair_of_a_network_joins(table: Table) -> None:
    chair = table.seat("network-chair")
    chair.go(f"/rounds/{ROUND}/{NETWORK}/joint")
    expect(chair.page.get_by_text(WORDS).first).to_be_visible()
    send(chair.page, "button[value=confirmed]")
    expect(chair.page.locator("button[value=left]").first).to_be_visible()
    chair.picture_as("walk-joint")


def _an_officer_disposes_of_twenty(table: Table) -> None:
    officer = table.seat("secretariat")
    page = officer.page
    officer.go(f"{DESK}/rounds/{ROUND}/admission")
    for pick in page.locator("input[name=chosen]").all():
        pick.check()
    send(page, "button[value=admit]")
    officer.go(f"{DESK}/rounds/{ROUND}/queue?stage=undecided")
    for pick in page.locator("input[name=chosen]").all()[:TWENTY]:
        pick.check()
    numbers = [
        one.get_attribute("value") for one in page.locator("input[name=chosen]:checked").all()
    ]
    assert len(numbers) == TWENTY
    page.locator("input[name=outcome][value=noted]").check()
    page.locator("textarea[name^=reason]").first.fill("Noted for the next draft.")
    officer.picture_as("walk-queue", "#batch")
    send(page, "button[value=decide]")
    left = {one.get_attribute("value") for one in page.locator("input[name=chosen]").all()}
    assert left.isdisjoint(numbers)


def _the_consultant_writes_the_next_draft_in_word(table: Table, folder: Path) -> None:
    consultant = table.seat("consultant")
    page = consultant.page
    consultant.go(f"{DESK}/drafts")
    with page.expect_download() as taking:
        page.locator("a[href*='/1/text.docx']").first.click()
    file = folder / "draft.docx"
    taking.value.save_as(file)
    document = Document(str(file))
    changed = next(one for one in document.paragraphs if len(one.text) > 80)
    changed.runs[-1].text += " Every word of it is discussed."
    document.save(str(file))
    consultant.go(f"{DESK}/drafts")
    page.locator("#file").evaluate("(one) => { one.closest('details').open = true; }")
    page.locator("#file").set_input_files(file)
    send(page, "form[action$='/import'] button")
    consultant.go(f"{DESK}/drafts/2/changes")
    expect(page.locator("ins")).to_have_count(1)
    expect(page.locator("ins")).to_contain_text("Every word of it is discussed.")
    consultant.picture_as("walk-changes")


def _the_secretary_general_reads_the_reply(table: Table) -> None:
    general = table.seat("approver.jor", width=360, language="ar")
    general.go("/")
    general.picture_as("walk-home")
    general.go(f"/rounds/{FIRST}/JOR/response")
    expect(general.page.locator("main article, main section, main li").first).to_be_visible()
    general.picture_as("walk-response")
