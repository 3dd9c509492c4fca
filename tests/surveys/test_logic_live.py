"""A section's page in a real browser follows the questionnaire's logic while it is answered."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, select

from core.clock import now
from core.settings import Settings
from movement.identify import cookie_name
from movement.models import Role
from movement.services.signin import start_session
from surveys.models import Response
from tests.factories import a_society, an_open_wave, begun, browser_of, somebody
from tests.surveys.test_kinds_in_browser import served
from tests.surveys.written import asks, counts, form, group, offers, repeats, section

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
FORM = form(
    section("first", asks("limit", "integer", default="10")),
    section(
        "second",
        asks("land", "choose_one", choices=offers("x", "y")),
        asks(
            "town",
            "choose_one",
            choices=offers("here", "near", "far", land="x x y"),
            choice_filter="land = ${land}",
            group="place",
        ),
        asks("staff", "integer", warning=". <= ${limit}"),
        counts("double", "${staff} * 2", texts={"en": "Twice that"}),
        asks("many", relevant="${double} > 100"),
        repeats(
            "people",
            asks("person"),
            asks("age", "integer"),
            asks("school", relevant="${age} < ${limit} and ${land} = 'x'"),
        ),
        counts("years", "sum(${age})", texts={"en": "Years together"}),
        groups=(group("place", "${land} != ''"),),
    ),
)


@pytest.fixture
def page(app: Flask, session: Session, chromium: Browser) -> Iterator[Page]:
    """The second section's page, with script."""
    society = a_society(session)
    person = somebody(session, Role.FOCAL_POINT, society)
    call = an_open_wave(session, FORM)
    path = begun(browser_of(app, session, person), call, society)
    token = start_session(session, person.id, now=now())
    session.commit()
    settings: Settings = app.config["SETTINGS"]
    with served(app) as address:
        context = chromium.new_context(base_url=address)
        cookie: Any = {"name": cookie_name(settings), "value": token, "url": address}
        context.add_cookies([cookie])
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{path}/sections/second")
        yield page
        context.close()
        assert troubles == []


def stored(session: Session) -> Response:
    session.rollback()
    session.expire_all()
    return session.exec(select(Response)).one()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").last.click()


def test_groups_and_choices_follow_what_is_answered(page: Page) -> None:
    town = page.locator("[data-code=town]")
    expect(town.locator("label:visible")).to_have_count(0)

    page.get_by_label("The x").check()

    expect(town.locator("label:visible")).to_have_text(["The here", "The near"])
    page.get_by_label("The y").check()
    expect(town.locator("label:visible")).to_have_text(["The far"])


def test_calculations_and_what_hangs_on_them_follow(page: Page) -> None:
    many = page.locator("[data-code=many]")
    page.locator("[name=q_staff]").fill("50")
    expect(page.locator("[data-code=double] output")).to_have_text("100")
    expect(many).to_be_hidden()

    page.locator("[name=q_staff]").fill("51")

    expect(page.locator("[data-code=double] output")).to_have_text("102")
    expect(many).to_be_visible()


def test_an_unusual_answer_is_asked_about_as_it_is_typed(page: Page, session: Session) -> None:
    doubt = page.locator("[data-code=staff] [data-doubt]")
    page.locator("[name=q_staff]").fill("11")  # the first section's answer is 10
    doubt.get_by_label("This is right").check()
    page.locator("[name=q_staff]").fill("12")
    expect(doubt.get_by_label("This is right")).not_to_be_checked()

    doubt.get_by_label("This is right").check()
    save(page)

    assert stored(session).confirmed == {"staff": 12}
    assert page.url.endswith("/check")


def test_a_usual_answer_is_not_asked_about(page: Page) -> None:
    page.locator("[name=q_staff]").fill("10")

    expect(page.locator("[data-code=staff] [data-doubt]")).to_be_hidden()


def test_items_follow_by_themselves_also_those_just_added(page: Page, session: Session) -> None:
    rows = page.locator("[data-code=people] [data-item]")
    page.get_by_label("The x").check()
    rows.nth(0).locator("[name$='/age']").fill("7")
    page.get_by_role("button", name="Add another").click()
    rows.nth(1).locator("[name$='/age']").fill("40")

    expect(rows.nth(0).locator("[data-code=school]")).to_be_visible()
    expect(rows.nth(1).locator("[data-code=school]")).to_be_hidden()
    expect(page.locator("[data-code=years] output")).to_have_text("47")
    rows.nth(1).locator("[name$='/age']").fill("8")
    rows.nth(1).locator("[name$='/school']").fill("By the sea")
    save(page)

    answers = [item["answers"] for item in stored(session).answers["people"]]
    assert answers == [{"age": 7}, {"age": 8, "school": "By the sea"}]
