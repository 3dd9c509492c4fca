"""Pages that need steps to be seen: refusals, conflicts, ends. Each in English and in Arabic.

Each says what it should, keeps what was typed, and leaves nothing for axe to object to.
"""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.browser import answering
from tests.browser.conftest import Enter
from tests.browser.inspection import complaints
from tests.browser.site import Site
from tests.browser.visitor import Visitor

WAVE = "migration-2020"
SOCIETIES = {"en": "LBN", "ar": "EGY"}
"""Whose focal point meets them in which language."""
OTHERS = {"en": "JOR", "ar": "QAT"}
"""Whose response nobody but the test of its closing touches."""
REASON = {
    "en": "What leads your National Society to this choice?",
    "ar": "ما الذي يدفع جمعيتكم الوطنية إلى هذا الاختيار؟",
}
"""A question of the section on priorities, as its page words it."""
Meet = Callable[[], Visitor]

pytestmark = pytest.mark.parametrize("language", ["en", "ar"])


def focal_point(language: str, societies: dict[str, str] = SOCIETIES) -> str:
    return f"focal-point.{societies[language].lower()}@demo.invalid"


@pytest.fixture
def meet(enter: Enter, site: Site, language: str) -> Meet:
    """The Society's focal point at a browser, as often as asked."""
    person = focal_point(language)
    site.sql("UPDATE person SET language = ? WHERE email = ?", language, person)
    return lambda: enter(site, language=language, person=person)


def open_section(visitor: Visitor, code: str, society: str) -> None:
    """The section's page of the Society's response, started if need be."""
    visitor.go(f"/answer/{WAVE}/{society}")
    if "/answer/" in visitor.path():
        with visitor.page.expect_navigation():
            visitor.page.locator("main .actions button").first.click()
    response = visitor.path().split("/sections/")[0]
    visitor.go(f"{response}/sections/{code}")


def no_complaints(visitor: Visitor) -> None:
    found = complaints(visitor.page, visitor.language)
    assert found == [], "\n".join(found)


def test_of_two_who_edit_a_section_the_second_sees_both_texts(meet: Meet, language: str) -> None:
    first, second = meet(), meet()
    for visitor in (first, second):
        open_section(visitor, "comments", SOCIETIES[language])
    answering.write(first.page, "open_comments", f"The first text, {language}")
    answering.save(first.page)

    answering.write(second.page, "open_comments", f"The second text, {language}")
    answering.save(second.page)

    page = second.page
    expect(page.locator('[name="q_open_comments"]')).to_have_value(f"The second text, {language}")
    expect(page.locator(".notice.conflict")).to_contain_text(f"The first text, {language}")
    no_complaints(second)
    answering.save(page)
    assert second.path().endswith("/check")
    expect(page.locator("main")).to_contain_text(f"The second text, {language}")


def test_a_section_sent_unfinished_names_what_is_wrong(meet: Meet, language: str) -> None:
    visitor = meet()
    open_section(visitor, "society", SOCIETIES[language])
    answering.society(visitor.page)
    answering.write(visitor.page, "people_reached", "a great many")
    answering.save(visitor.page)

    expect(visitor.page.locator(".summary-of-errors")).to_be_focused()
    expect(visitor.page.locator('[name="q_people_reached"]')).to_have_value("a great many")
    no_complaints(visitor)


def test_a_text_survives_the_end_of_its_session(meet: Meet, site: Site, language: str) -> None:
    visitor = meet()
    open_section(visitor, "priorities", SOCIETIES[language])
    answering.write(visitor.page, "priorities_reason", f"Written for long, {language}")
    site.sql(
        "UPDATE sign_in_session SET ended_at = created_at WHERE person_id ="
        " (SELECT id FROM person WHERE email = ?)",
        focal_point(language),
    )

    answering.save(visitor.page)

    expect(visitor.page.locator("#email")).to_be_visible()
    no_complaints(visitor)
    visitor.become(focal_point(language))
    visitor.go("/kept")
    no_complaints(visitor)
    visitor.page.locator("main li a").first.click()
    expect(visitor.page.locator("main textarea").last).to_have_value(
        f"Written for long, {language}"
    )
    label = visitor.page.locator("main .field label").last
    expect(label).to_have_text(REASON[language])
    no_complaints(visitor)
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").first.click()
    open_section(visitor, "priorities", SOCIETIES[language])
    reason = visitor.page.locator('[name="q_priorities_reason"]')
    expect(reason).to_have_value(f"Written for long, {language}")


def test_a_page_without_its_token_keeps_the_text(meet: Meet, language: str) -> None:
    visitor = meet()
    open_section(visitor, "challenges", SOCIETIES[language])
    answering.write(visitor.page, "challenges_practice", f"Forged or old, {language}")
    visitor.context.clear_cookies(name="plenary_form")

    answering.save(visitor.page)

    expect(visitor.page.locator("main textarea")).to_have_value(f"Forged or old, {language}")
    no_complaints(visitor)


def test_a_used_link_and_an_old_one_lead_to_a_new_one(
    enter: Enter, site: Site, language: str
) -> None:
    visitor = enter(site, language=language)
    used, old = site.link_token(focal_point(language)), site.link_token("co-chair@demo.invalid")
    site.sql("UPDATE person SET language = ? WHERE email LIKE 'co-chair%'", language)
    site.sql("UPDATE person SET language = ? WHERE email = ?", language, focal_point(language))
    for _each in range(2):  # looking uses nothing up
        visitor.go(f"/sign-in/{used}")
    no_complaints(visitor)
    visitor.page.locator("main form button").click()
    visitor.page.wait_for_url(f"{site.url}/")
    visitor.context.clear_cookies()
    site.sql(
        "UPDATE sign_in_link SET expires_at = created_at WHERE used_at IS NULL AND person_id ="
        " (SELECT id FROM person WHERE email LIKE 'co-chair%')"
    )

    for token in (used, old):
        assert visitor.go(f"/sign-in/{token}") == 410
        no_complaints(visitor)
    visitor.page.locator("main .actions a").click()
    assert visitor.path() == "/sign-in"


def test_whoever_asks_for_a_link_reads_the_same_page(
    enter: Enter, site: Site, language: str
) -> None:
    visitor = enter(site, language=language)
    visitor.go("/sign-in")
    visitor.page.locator("#email").fill("no address")
    visitor.page.locator("main form button").first.click()
    expect(visitor.page.locator(".summary-of-errors")).to_be_visible()
    no_complaints(visitor)
    texts = []
    for address in ("nobody@example.org", focal_point(language)):
        visitor.go("/sign-in")
        visitor.page.locator("#email").fill(address)
        visitor.page.locator("main form button").first.click()
        expect(visitor.page.locator("#email")).to_have_count(0)
        texts.append(visitor.page.locator("main").inner_text())
    no_complaints(visitor)

    assert texts[0] == texts[1]


def test_saying_no_can_be_taken_back(enter: Enter, site: Site, language: str) -> None:
    person = focal_point(language, OTHERS)
    site.sql("UPDATE person SET language = ? WHERE email = ?", language, person)
    visitor = enter(site, language=language, person=person)
    visitor.go(f"/answer/{WAVE}/{OTHERS[language]}")
    visitor.page.locator("details.confirm summary").click()
    with visitor.page.expect_navigation():
        visitor.page.locator("details.confirm button").click()
    no_complaints(visitor)
    visitor.go("/")
    no_complaints(visitor)
    visitor.go(f"/answer/{WAVE}/{OTHERS[language]}")
    with visitor.page.expect_navigation():
        visitor.page.locator(".notice button").click()

    expect(visitor.page.locator("details.confirm")).to_be_visible()


def test_a_wave_that_is_over_shows_answers_and_takes_none(
    enter: Enter, site: Site, language: str
) -> None:
    person = focal_point(language, OTHERS)
    site.sql("UPDATE person SET language = ? WHERE email = ?", language, person)
    visitor = enter(site, language=language, person=person)
    open_section(visitor, "comments", OTHERS[language])
    response = visitor.path().split("/sections/")[0]
    answering.write(visitor.page, "open_comments", "Too late")
    site.sql("UPDATE call SET closes_on = '2020-03-01' WHERE code = ?", WAVE)
    try:
        answering.save(visitor.page)

        expect(visitor.page.locator("main textarea")).to_have_value("Too late")
        no_complaints(visitor)
        for path in (
            "/",
            response,
            f"{response}/check",
            f"/answer/{WAVE}/{OTHERS[language]}?again=1",
        ):
            assert visitor.go(path) == 200
            no_complaints(visitor)
        assert visitor.page.locator('form[action$="/submit"], main .questions').count() == 0
        stored = site.sql("SELECT answers FROM response WHERE id = ?", UUID(response[-36:]).hex)
        assert "Too late" not in str(stored)
    finally:
        site.sql("UPDATE call SET closes_on = '2099-03-01' WHERE code = ?", WAVE)
