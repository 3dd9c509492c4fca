"""A wave as the secretariat runs it in the browser, its mail arriving for real; what others see."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from tests.browser.every_page import CO_CHAIR, SECRETARIAT
from tests.browser.site import Site
from tests.browser.visitor import Visitor, letter_to, links_in
from tests.servers.smtp import Mailbox

pytestmark = pytest.mark.timeout(300)  # as in test_journey
WAVE = "second"
SOCIETY = "JOR"
CONTACT = f"focal-point.{SOCIETY.lower()}@demo.invalid"


@pytest.fixture
def officer(chromium: Browser, whole_site: Site) -> Iterator[Visitor]:
    """The secretariat's, in English."""
    visitor = Visitor(chromium, whole_site, person=SECRETARIAT)
    yield visitor
    assert visitor.leave() == []


def open_wave(officer: Visitor) -> None:
    officer.go("/surveys/migration/open")
    officer.page.locator("#code").fill(WAVE)
    officer.page.locator("#closes_on").fill("2098-06-30")
    officer.page.locator("#frame_date").fill("2020-02-01")
    officer.page.locator("#title_en").fill("Migration: one year later")
    officer.page.locator("#title_ar").fill("الهجرة: بعد عام")
    officer.press("Open the wave")
    assert officer.path() == f"/calls/{WAVE}"
    expect(officer.page.locator("main .lead")).to_contain_text("0 of 192")


def write_invitation(officer: Visitor) -> None:
    officer.press("Text of the invitation")
    body = officer.page.locator("#body_ar")
    body.fill(body.input_value() + "\n{nobody}")
    officer.press("Save")
    expect(officer.page.locator(".summary-of-errors")).to_contain_text("nobody")
    body.fill("إلى {organisation}\n\n{title}\n\n{link}\n\n{deadline}")
    officer.press("Save")
    officer.go(f"/calls/{WAVE}/messages/invitation/preview?organisation={SOCIETY}")
    letter = officer.page.locator("main .q-note")
    expect(letter).to_have_attribute("dir", "rtl")
    expect(letter).to_contain_text(f"/answer/{WAVE}/{SOCIETY}")


def invite(officer: Visitor) -> None:
    officer.go(f"/calls/{WAVE}/invite")
    officer.page.locator("#whom").select_option("mena")
    officer.press("Show who that is")
    officer.press("Send 17 invitations")
    expect(officer.page.locator(".notice.success")).to_contain_text("17 invitations")


def remind(officer: Visitor) -> None:
    officer.press("Reminders")
    officer.page.locator("main summary").first.click()
    officer.page.locator(f'[value="{SOCIETY}"]').locator("xpath=ancestor::label").click()
    officer.press("Remind those chosen")
    expect(officer.page.locator(".notice.success")).to_contain_text("1 reminder is")


def extend(officer: Visitor) -> None:
    officer.press("Extend the wave")
    officer.page.locator("#closes_on").fill("2020-01-01")
    officer.press("Extend")
    expect(officer.page.locator(".summary-of-errors")).to_be_visible()
    officer.page.locator("#closes_on").fill("2098-07-31")
    officer.press("Extend")
    expect(officer.page.locator("main")).to_contain_text("31 July 2098")


def close(officer: Visitor) -> None:
    officer.press("Close the wave now")
    officer.press("Close the wave now")
    expect(officer.page.locator("main .lead")).to_contain_text("Closed")


def test_a_wave_is_opened_written_to_reminded_extended_and_closed(
    officer: Visitor, mailbox: Mailbox, chromium: Browser, whole_site: Site
) -> None:
    open_wave(officer)
    write_invitation(officer)
    invite(officer)
    (link,) = links_in(letter_to(mailbox, CONTACT, f"/answer/{WAVE}/{SOCIETY}"))
    before = len(mailbox.accepted)
    remind(officer)
    reminder = letter_to(mailbox, CONTACT, f"/answer/{WAVE}/{SOCIETY}", after=before)
    extend(officer)
    close(officer)

    assert link == f"{whole_site.url}/answer/{WAVE}/{SOCIETY}"
    assert link in links_in(reminder)
    contact = Visitor(chromium, whole_site, person=CONTACT)
    contact.go(f"/answer/{WAVE}/{SOCIETY}")
    expect(contact.page.locator("main .notice")).to_be_visible()
    expect(contact.page.locator("main .actions button")).to_have_count(0)
    assert contact.leave() == []


def test_the_board_shows_who_is_how_far(officer: Visitor) -> None:
    officer.go("/calls/migration-2020")

    officer.picture("board")
    expect(officer.page.locator("main .lead")).to_contain_text("51 of 192")
    officer.page.locator("#region").select_option("mena")
    officer.page.locator("#state").select_option("submitted")
    officer.press("Show")
    expect(officer.page.locator("main table").last.locator("tbody tr")).to_have_count(2)


def test_results_are_open_to_societies_once_released(
    officer: Visitor, chromium: Browser, whole_site: Site
) -> None:
    contact = Visitor(chromium, whole_site, person=CONTACT)
    assert contact.go("/results/migration-2020/") == 404

    officer.go("/calls/migration-2020/release")
    officer.press("Release the results")

    assert contact.go("/results/migration-2020/") == 200
    assert contact.leave() == []


def test_an_export_is_made_followed_and_downloaded(officer: Visitor, tmp_path: Path) -> None:
    officer.go("/results/migration-2020/")
    officer.press("Export")
    officer.press("Make the export")
    download = officer.page.get_by_role("main").get_by_role("link", name="Download")
    download.wait_for(timeout=60_000)
    with officer.page.expect_download() as waiting:
        download.click()
    waiting.value.save_as(tmp_path / "export.xlsx")

    book = load_workbook(tmp_path / "export.xlsx", read_only=True)
    rows = [row for row in book["Responses"].iter_rows(values_only=True) if any(row)]
    book.close()
    codes = [str(cell) for row in rows for cell in row[:2] if re.fullmatch("[A-Z]{3}", str(cell))]
    assert len(book.sheetnames) == 4
    assert len(set(codes)) == 51


def test_a_co_chair_sees_the_priorities_and_explores_them(
    chromium: Browser, whole_site: Site
) -> None:
    visitor = Visitor(chromium, whole_site, person=CO_CHAIR)
    visitor.go("/results/migration-2020/sections/priorities")
    visitor.picture("dashboard")
    headline = visitor.page.locator("main .headline").first.inner_text()
    visitor.page.locator('a[href*="/explore/"]').first.click()
    visitor.page.locator("#explore .main-svg").first.wait_for()

    assert re.search(r"conflict and violence.*climate change", headline, re.IGNORECASE)
    assert visitor.leave() == []
