"""Who may add and end whom; what a removal ends; what a mail to a colleague says."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from core.clock import now
from core.models import Mail
from movement.models import Assignment, Person, Role
from movement.services import people
from tests.movement.cast import browser_of, post, somebody, two_societies

OWN, OTHER = "/organisations/KEN/people", "/organisations/SWE/people"
COLLEAGUE = {"email": "Colleague@Example.org", "name": "Migration officer", "role": "respondent"}


@pytest.fixture(autouse=True)
def directory(session: Session) -> None:
    two_societies(session)


@pytest.fixture
def focal_point(session: Session) -> Person:
    return somebody(session, "focal@example.org", Role.FOCAL_POINT, "KEN")


@pytest.fixture
def focal(app: Flask, session: Session, focal_point: Person) -> FlaskClient:
    return browser_of(app, session, focal_point)


def roles_held(session: Session) -> set[tuple[str, str]]:
    held = (
        select(Person.email, Assignment.role)
        .join(Assignment)
        .where(col(Assignment.ended_at).is_(None), col(Person.removed_at).is_(None))
    )
    rows = {(email, role.value) for email, role in session.execute(held)}
    session.commit()
    return rows


def assignment_of(session: Session, person: Person) -> UUID:
    held = session.scalars(select(Assignment.id).where(Assignment.person_id == person.id)).one()
    session.commit()
    return held


@pytest.mark.both_databases
def test_a_focal_point_adds_a_colleague_who_is_told_by_mail(
    focal: FlaskClient, session: Session
) -> None:
    answer = post(focal, OWN, dict(COLLEAGUE))

    assert answer.status_code == 303
    assert ("colleague@example.org", "respondent") in roles_held(session)
    mail = session.scalars(select(Mail)).one()
    assert mail.to_address == "colleague@example.org"
    assert mail.language == "fr"
    assert "http://localhost/sign-in" in mail.body


def test_fields_of_other_organisations_and_roles_are_ignored(
    focal: FlaskClient, session: Session
) -> None:
    extra = {"organisation": "SWE", "organisation_id": "1", "demonstration": "1", "state": "x"}

    post(focal, OWN, {**COLLEAGUE, **extra})

    given = session.scalars(select(Assignment).where(Assignment.role == Role.RESPONDENT)).one()
    person = session.get_one(Person, given.person_id)
    focal_role = select(Assignment).where(Assignment.role == Role.FOCAL_POINT)
    assert given.organisation_id == session.scalars(focal_role).one().organisation_id
    assert person.demonstration is False


@pytest.mark.parametrize("role", ["secretariat", "administrator", "co_chair", "consultant"])
def test_a_focal_point_who_invites_staff_is_refused(
    focal: FlaskClient, session: Session, role: str
) -> None:
    before = roles_held(session)

    answer = post(focal, OWN, {**COLLEAGUE, "role": role})

    assert answer.status_code == 403
    assert roles_held(session) == before


def test_another_organisations_people_do_not_exist_for_a_focal_point(
    focal: FlaskClient, session: Session
) -> None:
    other = somebody(session, "other@example.org", Role.FOCAL_POINT, "SWE")
    held = assignment_of(session, other)
    before = roles_held(session)

    answers = [
        focal.get(OTHER),
        post(focal, OTHER, dict(COLLEAGUE)),
        post(focal, f"{OTHER}/{held}/end"),
        post(focal, f"{OWN}/{held}/end"),
        post(focal, f"{OWN}/{uuid4()}/end"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert "other@example.org" not in answers[0].text
    assert roles_held(session) == before


def test_a_respondent_sees_no_list_of_people(app: Flask, session: Session) -> None:
    respondent = somebody(session, "r@example.org", Role.RESPONDENT, "KEN")
    browser = browser_of(app, session, respondent)

    paths = (OWN, "/people", "/directory", "/directory/organisations/KEN", "/colleagues")

    assert [browser.get(path).status_code for path in paths] == [403] * 5


def test_a_person_whose_last_role_ends_is_out_at_once(
    app: Flask, focal: FlaskClient, session: Session
) -> None:
    colleague = somebody(session, "r@example.org", Role.RESPONDENT, "KEN")
    browser = browser_of(app, session, colleague)
    before = browser.get("/kept").status_code

    post(focal, f"{OWN}/{assignment_of(session, colleague)}/end")

    assert before == 200
    assert browser.get("/kept").status_code == 302
    session.refresh(colleague)
    assert colleague.removed_at is not None


def test_the_last_focal_point_stays(
    focal: FlaskClient, session: Session, focal_point: Person
) -> None:
    somebody(session, "approver@example.org", Role.APPROVER, "KEN")
    path = f"{OWN}/{assignment_of(session, focal_point)}/end"

    alone = post(focal, path)
    somebody(session, "second@example.org", Role.FOCAL_POINT, "KEN")
    beside_another = post(focal, path)

    assert alone.status_code == 409
    assert beside_another.status_code == 303


def test_an_organisation_can_not_mail_the_world(
    focal: FlaskClient, session: Session, focal_point: Person
) -> None:
    for number in range(people.MOST_COLLEAGUES - 1):
        wanted = people.Wanted(f"r{number}@example.org", "respondent", "KEN")
        people.give(session, wanted, now=now(), label="test")
    session.commit()

    answer = post(focal, OWN, dict(COLLEAGUE))

    assert answer.status_code == 400
    assert session.scalars(select(Mail)).all() == []


def test_a_name_puts_no_link_into_a_mail(app: Flask, session: Session, focal_point: Person) -> None:
    focal_point.name = "Win https://evil.example/x now www.evil.example evil.example"
    session.add(focal_point)
    session.commit()

    post(browser_of(app, session, focal_point), OWN, dict(COLLEAGUE))

    body = session.scalars(select(Mail.body)).one()
    assert "evil" not in body
    assert "Win now" in body


@pytest.mark.parametrize(
    "field", [{"email": "a@b.org\r\nBcc: x@y.org"}, {"name": "two\r\nlines"}, {"name": "n" * 201}]
)
def test_line_breaks_and_long_names_are_refused(
    focal: FlaskClient, session: Session, field: dict[str, str]
) -> None:
    answer = post(focal, OWN, {**COLLEAGUE, **field})

    assert answer.status_code == 400
    assert session.scalars(select(Mail)).all() == []


@pytest.mark.parametrize("text", ["nul\x00", "bidi \u202e", "x" * 1_000_000])
def test_odd_and_huge_texts_are_refused_without_a_failure(focal: FlaskClient, text: str) -> None:
    answer = post(focal, OWN, {**COLLEAGUE, "name": text})

    assert 400 <= answer.status_code < 500


def test_markup_in_a_name_is_inert(focal: FlaskClient) -> None:
    post(focal, OWN, {**COLLEAGUE, "name": "<script>alert(1)</script>{{ 7*7 }}"})

    page = focal.get(OWN).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page
