"""Repeats without JavaScript: items saved by their ids, problems named in them, nothing lost."""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from movement.models import Organisation, Role
from surveys.definition import Group, QuestionKind, Section
from tests.factories import Browser, an_open_wave, browser_of, held, somebody
from tests.pages import form_with
from tests.surveys.tiny import only_if, question, said, tiny

PARTNERS = question(
    "partners", QuestionKind.REPEAT,
    questions=(
        question("partner", required=True),
        question("since", QuestionKind.INTEGER),
        question("visits", QuestionKind.REPEAT, questions=(question("visit", QuestionKind.DATE),)),
    ),
)  # fmt: skip
SECTION = Section(
    code="only",
    texts=said("Section"),
    groups=(
        Group(code="about", texts=said("About")),
        Group(code="why", texts=said("Why"), group="about", relevant=only_if("active", "yes")),
    ),
    questions=(
        question("active", QuestionKind.YES_NO, group="about"),
        question("reason", group="why"),
        PARTNERS,
        question("listed_as", read_only=True),
    ),
)
FORM = tiny(SECTION)


@pytest.fixture
def browser(app: Flask, session: Session, society: Organisation) -> Browser:
    an_open_wave(session, FORM)
    return entered(app, session, society, "first@example.org")


def entered(app: Flask, session: Session, society: Organisation, email: str) -> Browser:
    browser = browser_of(app, session, somebody(session, Role.FOCAL_POINT, society, email=email))
    browser.send("/language", {"language": "en"})
    return browser


@pytest.fixture
def page(browser: Browser) -> str:
    """The path of the section."""
    return str(browser.send("/answer/spring/KEN").location)


def fields(browser: Browser, page: str) -> dict[str, Any]:
    return dict(form_with(browser.get(page).text, "edition").fields)


def ids(sent: dict[str, Any]) -> list[str]:
    return list(sent.get("q_partners", []))


def write(browser: Browser, page: str, *items: dict[str, str], **more: Any) -> Any:
    """Send the page with these answers in its items, one after the other; return the answer."""
    sent = fields(browser, page)
    for item, answers in zip(ids(sent), items, strict=False):
        sent |= {f"q_partners/{item}/{code}": [text] for code, text in answers.items()}
    return browser.send(page, {**sent, **more})


def answers_of(session: Session) -> list[dict[str, Any]]:
    return [item["answers"] for item in held(session).answers.get("partners", [])]


def test_a_page_begins_with_one_item_and_an_empty_one_is_not_saved(
    browser: Browser, session: Session, page: str
) -> None:
    sent = fields(browser, page)

    browser.send(page, sent)

    assert len(ids(sent)) == 1
    assert held(session).answers == {}


def test_the_button_to_add_saves_and_shows_one_more(
    browser: Browser, session: Session, page: str
) -> None:
    answer = write(browser, page, {"partner": "Clinic"}, then="add/partners")
    more = fields(browser, answer.location)
    browser.send(page, {**more, f"q_partners/{ids(more)[1]}/partner": "School"})

    assert len(ids(more)) == 2
    assert answers_of(session) == [{"partner": "Clinic"}, {"partner": "School"}]
    assert [item["id"] for item in held(session).answers["partners"]] == ids(more)


def test_the_button_to_remove_takes_out_that_item_alone(
    browser: Browser, session: Session, page: str
) -> None:
    added = write(browser, page, {"partner": "Clinic"}, then="add/partners").location
    write(browser, added, {"partner": "Clinic"}, {"partner": "School", "since": "2015"})
    first, _second = ids(fields(browser, page))

    browser.send(page, {**fields(browser, page), "then": f"remove/partners/{first}"})

    assert answers_of(session) == [{"partner": "School", "since": 2015}]


def test_an_item_inside_an_item_is_added_where_its_button_stands(
    browser: Browser, session: Session, page: str
) -> None:
    write(browser, page, {"partner": "Clinic"})
    (item,) = ids(fields(browser, page))
    sent = fields(browser, page)
    inner = sent[f"q_partners/{item}/visits"]
    visit = f"q_partners/{item}/visits/{inner[0]}/visit"

    pressed = {"then": f"add/partners/{item}/visits"}
    answer = browser.send(page, {**sent, visit: "28/02/2020", **pressed})
    more = fields(browser, answer.location)

    assert answers_of(session)[0]["visits"] == [
        {"id": inner[0], "answers": {"visit": "2020-02-28"}}
    ]
    assert len(more[f"q_partners/{item}/visits"]) == 2


def test_what_cannot_be_read_is_kept_in_its_item_and_named_there(
    browser: Browser, session: Session, page: str
) -> None:
    answer = write(browser, page, {"partner": "Clinic", "since": "long ago"})
    shown = browser.get(answer.location).text
    (item,) = ids(fields(browser, page))

    assert answers_of(session) == [{"partner": "Clinic"}]
    assert held(session).unread == {f"partners/{item}/since": {"": ["long ago"]}}
    assert 'value="long ago"' in shown
    assert f'href="#q_partners.{item}.since"' in shown
    assert f'id="q_partners.{item}.since"' in shown


def test_correcting_it_clears_it(browser: Browser, session: Session, page: str) -> None:
    write(browser, page, {"partner": "Clinic", "since": "long ago"})
    write(browser, page, {"since": "2015"})

    assert held(session).unread == {}
    assert answers_of(session) == [{"partner": "Clinic", "since": 2015}]


def test_the_check_page_names_what_an_item_lacks_and_leads_there(
    browser: Browser, session: Session, page: str
) -> None:
    write(browser, page, {"since": "2015"})
    (item,) = ids(fields(browser, page))

    check = browser.get(page.replace("/sections/only", "/check")).text

    assert "Question partners (en) 1" in check
    assert f"#q_partners.{item}.partner" in check


def test_two_people_who_add_items_at_once_lose_nothing(
    app: Flask, browser: Browser, session: Session, society: Organisation, page: str
) -> None:
    other = entered(app, session, society, "second@example.org")
    mine, theirs = fields(browser, page), fields(other, page)
    other.send(page, {**theirs, f"q_partners/{ids(theirs)[0]}/partner": "School"})

    conflict = browser.send(page, {**mine, f"q_partners/{ids(mine)[0]}/partner": "Clinic"})
    both = form_with(conflict.text, "edition").fields
    browser.send(page, both)

    assert conflict.status_code == 409
    assert answers_of(session) == [{"partner": "Clinic"}, {"partner": "School"}]


def test_ids_nobody_made_are_passed_over(browser: Browser, session: Session, page: str) -> None:
    forged = {"q_partners": ["../../x", "0A1B2C3D", "", "0a1b2c3d"], "edition": "0"}

    browser.send(page, {**forged, "q_partners/0a1b2c3d/partner": "Clinic"})

    assert held(session).answers["partners"] == [
        {"id": "0a1b2c3d", "answers": {"partner": "Clinic"}}
    ]


def test_more_items_than_anybody_has_are_refused_and_kept(
    browser: Browser, session: Session, page: str
) -> None:
    many = [f"{number:08x}" for number in range(600)]

    answer = browser.send(page, {"edition": "0", "q_partners": many}, follow_redirects=True)

    assert "too many of these" in answer.text
    assert held(session).answers == {}


def test_groups_stand_under_their_headings_and_a_hidden_one_is_told(
    browser: Browser, session: Session, page: str
) -> None:
    shown = browser.get(page).text

    assert shown.index("About (en)") < shown.index("Question active") < shown.index("Why (en)")
    assert '<input type="hidden" name="asked" value="reason">' in shown


def test_what_may_only_be_read_is_not_taken(browser: Browser, session: Session, page: str) -> None:
    browser.send(page, {"edition": "0", "q_listed_as": "forged"})

    assert held(session).answers == {}
    assert ' name="q_listed_as"' not in browser.get(page).text
