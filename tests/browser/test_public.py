"""A public questionnaire on a phone, in Arabic: with script and without, to the end, and light."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.inspection import complaints
from tests.browser.site import Site
from tests.browser.test_weight import Scales
from tests.browser.visitor import Visitor
from tests.surveys.visiting import solution
from tests.surveys.xlsform_builder import row, xlsform

FIRST_PAGE = 10_000
"""Bytes of the first page with a cold cache: headers, markup, style and script."""
FURTHER_PAGE = 8_000
"""The longest page of a survey of forty questions."""
SECTIONS = 6
Meet = Callable[[bool], Visitor]


@pytest.fixture(scope="module")
def opened(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    short = tmp_path_factory.mktemp("forms") / "short.xlsx"
    short.write_bytes(
        xlsform(
            [row("text", "need", **said("What do you need most?", "ما أكثر ما تحتاج إليه؟"))],
            settings={"form_title": "Short", "form_id": "short", "default_language": "Arabic (ar)"},
        )
    )
    site.command("surveys", "import", str(short), "--code", "short")
    for survey, code in (("migration", "voices"), ("short", "short")):
        site.command("public", "open", survey, "--code", code, "--closes", "2099-12-31")
    return site


def said(english: str, arabic: str) -> dict[str, str]:
    """A label in both languages."""
    return {"label::English (en)": english, "label::Arabic (ar)": arabic}


@pytest.fixture
def meet(enter: Enter, opened: Site) -> Meet:
    """Somebody with a phone of 360 pixels that speaks Arabic."""
    return lambda script: enter(opened, width=360, language="ar", script=script)


def begin(visitor: Visitor) -> str:
    """Start, and go on to the first section; the code shown."""
    visitor.go("/p/voices")
    with visitor.page.expect_navigation():
        visitor.page.locator("#start button").click()
    code = visitor.page.locator(".code").inner_text()
    follow(visitor.page, "main a.button")
    return code


def follow(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def no_complaints(visitor: Visitor) -> None:
    found = complaints(visitor.page, visitor.language)
    assert found == [], "\n".join(found)


def test_with_script_the_proof_is_found_while_reading(meet: Meet, opened: Site) -> None:
    visitor = meet(True)
    visitor.go("/p/voices")

    proof = visitor.page.locator('[name="proof"]')
    expect(proof).not_to_have_value("", timeout=15_000)
    challenge = visitor.page.locator('[name="challenge"]').get_attribute("value") or ""

    assert proof.input_value() == solution(challenge)
    follow(visitor.page, "#start button")
    assert visitor.path() == "/p/voices/code"
    no_complaints(visitor)


def test_pressing_at_once_waits_for_the_proof_by_itself(meet: Meet) -> None:
    visitor = meet(True)

    code = begin(visitor)

    assert len(code) == len("ABCD-EFGH-JKLM")
    assert "/sections/" in visitor.path()


def test_without_script_a_person_reads_presses_answers_and_sends(meet: Meet, opened: Site) -> None:
    visitor = meet(False)
    visitor.go("/p/short")
    follow(visitor.page, "#start button")
    early = visitor.page.locator("[role=alert]").inner_text()
    visitor.page.wait_for_timeout(7_000)

    follow(visitor.page, "#start button")
    follow(visitor.page, "main a.button")
    visitor.page.locator("input.box").fill("ماء")
    follow(visitor.page, "main form p > .button")
    follow(visitor.page, "main form p > .button")

    assert early
    assert visitor.path() == "/p/short/thanks"
    no_complaints_without_script(visitor)
    rows = opened.sql("SELECT state, answers FROM public_response WHERE answers != '{}'")
    assert [(state, json.loads(answers)) for state, answers in rows] == [
        ("submitted", {"need": "ماء"})
    ]


def no_complaints_without_script(visitor: Visitor) -> None:
    """What can be seen without running anything in the page."""
    root = visitor.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")


def test_the_pages_of_a_visit_leave_nothing_to_complain_about(meet: Meet) -> None:
    visitor = meet(True)
    begin(visitor)
    no_complaints(visitor)
    visitor.go("/p/voices/check")
    no_complaints(visitor)
    visitor.go("/p/voices/code")
    no_complaints(visitor)


def test_what_is_asked_follows_what_is_chosen(meet: Meet) -> None:
    visitor = meet(True)
    begin(visitor)
    asked = visitor.page.locator('[data-code="people_reached"]')
    work = visitor.page.locator('[data-code="migration_work"] input')
    seen = [asked.is_visible()]

    for place in (1, 0, 1):
        work.nth(place).check()
        seen.append(asked.is_visible())

    assert seen == [True, False, True, False]
    assert visitor.page.locator(".applies").count() == 0
    follow(visitor.page, "main form p > .button")
    visitor.page.go_back()
    assert not asked.is_visible()


def test_pages_are_tiny(meet: Meet) -> None:
    visitor = meet(True)
    scales = Scales(visitor)

    visitor.page.goto("/p/voices", wait_until="networkidle")
    first, requests = scales.read()
    begin(visitor)
    scales.read()
    further = []
    for _section in range(SECTIONS):
        follow(visitor.page, "main form p > .button")
        visitor.page.wait_for_load_state("networkidle")
        further.append(scales.read()[0])

    print(f"first page: {first} bytes in {requests} requests; then {further}")
    assert 0 < first <= FIRST_PAGE
    assert requests <= 4
    assert 0 < max(further) <= FURTHER_PAGE
