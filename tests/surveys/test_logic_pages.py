"""Pages follow a questionnaire's logic: sections passed over, doubts confirmed, texts filled."""

from typing import Any

from sqlmodel import Session, select

from surveys.models import Response, Submission
from tests.factories import Browser
from tests.surveys.written import asks, counts, form, group, offers, repeats, section

FORM = form(
    section("first", asks("name", default="'Clinics'"), asks("active", "yes_no")),
    section(
        "second",
        asks("why", texts={"en": "Why ${name}?"}),
        relevant="${active} = 'yes'",
    ),
    section(
        "third",
        asks("staff", "integer", warning=". < 1000", warning_texts={"en": "So many in ${name}?"}),
        asks("land", "choose_one", choices=offers("x", "y")),
        asks(
            "town",
            "choose_one",
            choices=offers("here", "there", land="x y"),
            choice_filter="land = ${land}",
            group="place",
        ),
        counts("double", "${staff} * 2", texts={"en": "Twice that"}),
        repeats(
            "people",
            asks("person"),
            asks("age", "integer", constraint=". < 150", warning=". < 100"),
        ),
        groups=(group("place", "${land} != ''"),),
    ),
)


def give(browser: Browser, path: str, code: str, edition: int, **fields: Any) -> str:
    """Send a section's page; where it leads."""
    sent = {"edition": str(edition), **fields}
    answer = browser.send(f"{path}/sections/{code}", sent)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def page(browser: Browser, address: str) -> str:
    answer = browser.client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def response_of(session: Session) -> Response:
    session.rollback()
    session.expire_all()
    return session.exec(select(Response)).one()


def test_a_response_begins_with_the_defaults(session: Session, path: str) -> None:
    assert response_of(session).answers == {"name": "Clinics"}


def test_a_section_that_is_not_asked_is_passed_over(browser: Browser, path: str) -> None:
    onward = give(browser, path, "first", 0, q_name="Clinics", q_active="no")

    hub = page(browser, path)

    assert onward.endswith("/sections/third")
    assert "Not asked" in hub
    assert "1 of 2 sections are complete" in hub
    assert f"{path}/sections/second" not in hub
    assert browser.client.get(f"{path}/sections/second").status_code == 302


def test_a_former_answer_stands_in_a_text_as_it_was_written(browser: Browser, path: str) -> None:
    give(browser, path, "first", 0, q_name="<b>Clinics</b>", q_active="yes")

    html = page(browser, f"{path}/sections/second")

    assert "Why \u2068&lt;b&gt;Clinics&lt;/b&gt;\u2069?" in html


def test_an_unusual_answer_is_asked_about_and_can_be_confirmed(
    browser: Browser, session: Session, path: str
) -> None:
    give(browser, path, "first", 0, q_name="Clinics", q_active="no")
    again = give(browser, path, "third", 0, q_staff="5000")
    asked = page(browser, again)
    mark = asked.split('name="offered" value="staff ')[1].split('"')[0]

    answers = {"q_staff": "5000", "offered": f"staff {mark}", "right": "staff"}
    onward = give(browser, path, "third", 1, **answers)

    assert again.endswith("/sections/third?check=1")
    assert "So many in \u2068Clinics\u2069?" in asked
    assert "Is this right?" in asked
    assert onward.endswith("/check")
    assert response_of(session).confirmed == {"staff": 5000}


def test_what_was_confirmed_is_not_confirmed_of_another_answer(
    browser: Browser, session: Session, path: str
) -> None:
    give(browser, path, "third", 0, q_staff="5000", offered="staff", right="staff")
    mark = page(browser, f"{path}/sections/third").split('name="offered" value="staff ')[1][:12]

    answers = {"q_staff": "9000", "offered": f"staff {mark}", "right": "staff"}
    again = give(browser, path, "third", 1, **answers)

    assert again.endswith("check=1")
    assert response_of(session).confirmed == {}


def test_submitting_needs_each_unusual_answer_confirmed(
    browser: Browser, session: Session, path: str
) -> None:
    give(browser, path, "third", 0, q_staff="5000")
    check = page(browser, f"{path}/check")
    refused = browser.send(f"{path}/submit", {"key": "k"})

    taken = browser.send(f"{path}/submit", {"key": "k", "offered": "staff", "right": "staff"})

    assert "This is right" in check
    assert refused.status_code == 422
    assert "Say of each that it is right" in refused.get_data(as_text=True)
    assert taken.status_code == 303
    assert session.exec(select(Submission)).one().answers["staff"] == 5000


def test_problems_and_doubts_in_items_stand_beside_their_questions(
    browser: Browser, path: str
) -> None:
    items = {
        "q_people": ["0000000a", "0000000b"],
        "q_people/0000000a/age": "200",
        "q_people/0000000b/age": "120",
    }
    again = give(browser, path, "third", 0, **items)

    html = page(browser, again)

    first, second = (f'id="q_people.0000000{letter}.age' for letter in "ab")
    assert f"{first}-wrong" in html
    assert f"{second}-doubt" in html
    assert 'value="people/0000000b/age"' in html


def test_a_calculated_value_and_the_choices_left_are_on_the_page(
    browser: Browser, path: str
) -> None:
    give(browser, path, "third", 0, q_staff="21", q_land="x")

    html = page(browser, f"{path}/sections/third")

    assert ">42</output>" in html
    assert '<script type="application/json" id="logic">' in html


def test_the_check_page_tells_former_answers_too(browser: Browser, path: str) -> None:
    give(browser, path, "first", 0, q_name="Clinics", q_active="yes")

    assert "Why \u2068Clinics\u2069?" in page(browser, f"{path}/check")
