"""Who may answer, submit and look: every route of answering by every role, and other Societies'."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.models import AuditEntry
from movement.models import Call, Organisation, Participation, ParticipationState, Role
from surveys.models import AnswerChange, Channel, Submission
from tests.factories import Browser, a_society, begun, browser_of, held, somebody
from tests.surveys.tiny import asking, question

FORM = asking(question("name", required=True))
READING = ("", "/sections/only", "/check", "/history", "/receipt", "/copy.xlsx")
BEGINNING = "/answer/spring/KEN"


@pytest.fixture
def path(browser: Browser, call: Call, society: Organisation) -> str:
    """A response that could be submitted."""
    path = begun(browser, call, society)
    browser.send(f"{path}/sections/only", {"edition": "0", "q_name": "Clinics"})
    return path


@pytest.fixture
def staff(app: Flask, session: Session, path: str) -> Browser:
    """The secretariat's browser; the response stands ready."""
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def every_request(path: str) -> Iterator[tuple[str, str]]:
    """(verb, address) of all there is to ask about a response, and verbs there aren't."""
    addresses = [path + page for page in (*READING, "/submit", "/reopen")]
    addresses += [BEGINNING, f"{BEGINNING}/decline", f"{BEGINNING}/on-behalf"]
    for address in addresses:
        for verb in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
            yield verb, address


@pytest.mark.parametrize("role", [Role.APPROVER, Role.FOCAL_POINT])
def test_who_signs_for_a_society_submits(
    app: Flask, session: Session, society: Organisation, path: str, role: Role
) -> None:
    person = somebody(session, role, society, email="signs@example.org")
    browser = browser_of(app, session, person)

    assert browser.send(f"{path}/submit", {"key": "k"}).status_code == 303
    assert browser.send(f"{path}/reopen").status_code == 303
    assert session.exec(select(Submission.by)).one() == "signs@example.org"


def test_a_respondent_answers_and_cannot_submit_reopen_or_decline(
    app: Flask, session: Session, society: Organisation, path: str
) -> None:
    browser = browser_of(app, session, somebody(session, Role.RESPONDENT, society))

    saved = browser.send(f"{path}/sections/only", {"edition": "1", "q_name": "Kitchens"})
    refused = [
        browser.send(address, {"key": "k"}).status_code
        for address in (f"{path}/submit", f"{path}/reopen", f"{BEGINNING}/decline")
    ]

    assert saved.status_code == 303
    assert refused == [403, 403, 403]
    assert held(session).state == "in_progress"
    assert session.exec(select(Submission)).all() == []
    page = browser.get(f"{path}/check").text
    assert "focal point can now submit" in page
    assert "Submit the answers" not in page


@pytest.mark.parametrize("role", [Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER])
def test_to_another_society_there_is_no_such_page_by_any_verb(
    app: Flask, session: Session, path: str, role: Role
) -> None:
    neighbour = browser_of(app, session, somebody(session, role, a_society(session, "GHA")))
    neighbour.send("/language", {"language": "en"})
    before = held(session)

    for verb, address in every_request(path):
        answer = neighbour.client.open(
            address,
            method=verb,
            data={"csrf_token": neighbour.token, "edition": "1", "q_name": "x"},
        )
        assert answer.status_code in (404, 405), (verb, address, answer.status_code)
        assert "Clinics" not in answer.text
        assert "Question name" not in answer.text
    assert held(session).model_dump() == before.model_dump()
    part = session.exec(select(Participation)).one()
    assert part.state is ParticipationState.IN_PROGRESS


@pytest.mark.parametrize("role", [Role.CO_CHAIR, Role.CONSULTANT, Role.ADMINISTRATOR])
def test_other_roles_are_refused(app: Flask, session: Session, path: str, role: Role) -> None:
    browser = browser_of(app, session, somebody(session, role))
    browser.send("/language", {"language": "en"})

    for verb, address in every_request(path):
        answer = browser.client.open(address, method=verb, data={"csrf_token": browser.token})
        assert answer.status_code in (403, 405), (verb, address, answer.status_code)
        assert "Clinics" not in answer.text


def test_nobody_is_asked_to_sign_in(app: Flask, path: str) -> None:
    client = app.test_client()

    for page in READING:
        answer = client.get(path + page)
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in")


def test_staff_see_nothing_before_they_say_why(staff: Browser, session: Session, path: str) -> None:
    for page in READING:
        answer = staff.get(path + page)
        assert answer.status_code == 303
        assert answer.location.startswith(f"{BEGINNING}/on-behalf")
        assert "Clinics" not in answer.text
    assert staff.send(f"{path}/sections/only", {"edition": "1", "q_name": "x"}).status_code == 303
    assert held(session).answers == {"name": "Clinics"}


def test_a_reason_must_be_given_in_words(staff: Browser) -> None:
    answer = staff.send(f"{BEGINNING}/on-behalf", {"reason": "  "})

    assert answer.status_code == 422
    assert "Say why" in answer.text


def test_after_the_reason_staff_go_on_within_this_site_only(staff: Browser, path: str) -> None:
    onward = staff.send(f"{BEGINNING}/on-behalf", {"reason": "By post", "next": path})
    away = staff.send(f"{BEGINNING}/on-behalf", {"reason": "By post", "next": "//evil.example"})

    assert onward.location == path
    assert away.location == BEGINNING


def test_each_change_on_behalf_carries_its_reason_and_each_look_is_audited(
    staff: Browser, session: Session, path: str
) -> None:
    staff.send(f"{BEGINNING}/on-behalf", {"reason": "By telephone"})
    for page in READING:
        assert staff.get(path + page).status_code in (200, 302)

    staff.send(f"{path}/sections/only", {"edition": "1", "q_name": "Kitchens"})
    staff.send(f"{path}/submit", {"key": "k"})

    change = session.exec(select(AnswerChange).where(AnswerChange.after.is_not(None))).all()[-1]  # type: ignore[union-attr]
    receipt = session.exec(select(Submission)).one()
    looks = session.exec(select(AuditEntry).where(AuditEntry.action == "response.seen")).all()
    assert (change.channel, change.reason) == (Channel.ON_BEHALF, "By telephone")
    assert (receipt.channel, receipt.reason) == (Channel.ON_BEHALF, "By telephone")
    assert receipt.by == "secretariat@example.org"
    assert [look.details["path"] for look in looks] == [path + page for page in READING]
    assert {look.about for look in looks} == {"spring/KEN"}


def test_what_staff_look_at_does_not_count_as_opened_by_the_society(
    app: Flask, session: Session, call: Call
) -> None:
    staff = browser_of(app, session, somebody(session, Role.SECRETARIAT))
    staff.send(f"{BEGINNING}/on-behalf", {"reason": "By post"})

    assert staff.get(BEGINNING).status_code == 200

    session.rollback()
    assert session.exec(select(Participation.state)).one() is ParticipationState.INVITED


def test_a_reason_given_in_a_browser_is_not_the_next_persons(
    app: Flask, session: Session, staff: Browser, path: str
) -> None:
    staff.send(f"{BEGINNING}/on-behalf", {"reason": "By post"})
    colleague = browser_of(
        app, session, somebody(session, Role.SECRETARIAT, email="colleague@example.org")
    )
    cookie = colleague.client.get_cookie("plenary")
    assert cookie is not None

    staff.client.set_cookie("plenary", cookie.value)

    assert staff.get(path).location.startswith(f"{BEGINNING}/on-behalf")


def test_the_reasons_for_many_societies_fit_in_a_cookie(
    app: Flask, session: Session, staff: Browser, call: Call
) -> None:
    for number in range(12):
        code = f"S{number:02}"
        society = a_society(session, code)
        session.add(
            Participation(
                call_id=call.id, organisation_id=society.id, region_code=society.region_code
            )
        )
        session.commit()
        answer = staff.send(
            f"/answer/spring/{code}/on-behalf", {"reason": "".join(map(chr, range(0x621, 0x6F0)))}
        )
        assert answer.status_code == 303
        assert all(len(header) < 4000 for header in answer.headers.getlist("Set-Cookie"))
        assert staff.get(f"/answer/spring/{code}").status_code == 200
