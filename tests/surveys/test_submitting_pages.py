"""Checking, submitting, the receipt and its mail, reopening, declining, the history."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from core.models import AuditEntry, Mail
from movement.models import Call, Organisation, Participation, ParticipationState
from surveys.definition import QuestionKind
from surveys.models import Submission
from surveys.services.submissions import digest_of
from tests.factories import Browser, begun, held
from tests.surveys.tiny import OF_EVERY_KIND, only_if, question, section, tiny

FORM = tiny(
    section("one", question("name", required=True), OF_EVERY_KIND[QuestionKind.YES_NO]),
    section(
        "two",
        OF_EVERY_KIND[QuestionKind.POINTS],
        question("why", relevant=only_if("active", "yes")),
    ),
)


@pytest.fixture
def path(browser: Browser, call: Call, society: Organisation) -> str:
    """A response with a hidden answer, ready to be submitted."""
    path = begun(browser, call, society)
    give(browser, path, "one", 0, q_name="Clinics", q_active="yes")
    give(browser, path, "two", 0, q_why="Hidden soon", asked="why")
    give(browser, path, "one", 1, q_name="Clinics", q_active="no")
    return path


def give(browser: Browser, path: str, code: str, edition: int, **fields: str) -> None:
    answer = browser.send(f"{path}/sections/{code}", {"edition": str(edition), **fields})
    assert answer.status_code == 303


def part_of(session: Session) -> Participation:
    session.rollback()
    session.expire_all()
    part = session.exec(select(Participation)).one()
    session.expunge(part)
    session.rollback()
    return part


def submissions(session: Session) -> list[Submission]:
    session.rollback()
    return list(session.exec(select(Submission).order_by(col(Submission.at))))


def test_what_is_missing_or_contradicts_is_named_and_linked_to_its_question(
    browser: Browser, session: Session, path: str
) -> None:
    give(browser, path, "one", 2, q_name="")
    give(browser, path, "two", 1, **{"q_shares-water": "99", "q_why": ""})

    page = browser.get(f"{path}/check").text
    refused = browser.send(f"{path}/submit", {"key": "k"})

    assert "they must make 100" in page
    assert f'{path}/sections/one?check=1#q_name">Question name (en)</a>' in page
    assert "Submit the answers" not in page
    assert refused.status_code == 422
    assert submissions(session) == []
    beside = browser.get(f"{path}/sections/two?check=1").text
    assert 'id="q_shares-wrong"' in beside
    assert 'href="#q_shares"' in beside


def test_the_receipt_tells_reference_time_and_zone_and_copies_the_answers(
    browser: Browser, session: Session, path: str
) -> None:
    answer = browser.send(f"{path}/submit", {"key": "k"})
    page = browser.get(answer.location).text

    (receipt,) = submissions(session)
    assert answer.location == f"{path}/receipt"
    assert receipt.reference in page
    assert receipt.reference.startswith("SPRING-KEN-")
    assert "Nairobi" in page
    assert receipt.digest[:16] in page
    assert "Clinics" in page
    assert f"{path}/copy.xlsx" in page


def test_what_is_submitted_leaves_out_what_was_not_asked(
    browser: Browser, session: Session, path: str
) -> None:
    browser.send(f"{path}/submit", {"key": "k"})

    (receipt,) = submissions(session)
    assert receipt.answers == {"name": "Clinics", "active": False}
    assert receipt.digest == digest_of({"active": False, "name": "Clinics"})
    assert held(session).answers["why"] == "Hidden soon"


def test_one_mail_confirms_it_and_names_no_answer(
    browser: Browser, session: Session, path: str
) -> None:
    browser.send(f"{path}/submit", {"key": "k"}, headers={"Host": "localhost"})
    browser.send(f"{path}/submit", {"key": "k"})

    (mail,) = session.exec(select(Mail).where(Mail.purpose == "receipt"))
    (receipt,) = submissions(session)
    assert mail.to_address == "focal_point.ken@example.org"
    assert receipt.reference in mail.body
    assert f"http://localhost{path}/receipt" in mail.body
    assert "Clinics" not in mail.body


def test_a_receipt_keeps_the_answers_it_was_given_for(
    browser: Browser, session: Session, path: str
) -> None:
    browser.send(f"{path}/submit", {"key": "k"})
    browser.send(f"{path}/reopen")
    give(browser, path, "one", 2, q_name="Kitchens")

    page = browser.get(f"{path}/receipt").text

    assert "reopened since" in page
    assert "Clinics" in page
    assert "Kitchens" not in page


def test_reopening_and_submitting_again_gives_a_second_receipt(
    browser: Browser, session: Session, path: str
) -> None:
    browser.send(f"{path}/submit", {"key": "first"})
    browser.send(f"{path}/reopen")
    assert part_of(session).state is ParticipationState.IN_PROGRESS
    give(browser, path, "one", 2, q_name="Kitchens")

    browser.send(f"{path}/submit", {"key": "second"})

    first, second = submissions(session)
    page = browser.get(f"{path}/receipt").text
    assert first.reference != second.reference
    assert (first.answers["name"], second.answers["name"]) == ("Clinics", "Kitchens")
    assert second.reference in page
    assert "Kitchens" in page
    assert part_of(session).state is ParticipationState.SUBMITTED
    actions = session.exec(select(AuditEntry.action)).all()
    assert actions.count("response.reopened") == 1


def test_reopening_what_is_open_changes_nothing(
    browser: Browser, session: Session, path: str
) -> None:
    assert browser.send(f"{path}/reopen").status_code == 303

    assert part_of(session).state is ParticipationState.IN_PROGRESS


def test_a_reply_lost_after_the_commit_is_made_good_by_the_same_key(
    browser: Browser, session: Session, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("surveys.routes.submitting.mail_soon", killed)
        with pytest.raises(KeyboardInterrupt):
            browser.send(f"{path}/submit", {"key": "k"})

    answer = browser.send(f"{path}/submit", {"key": "k"})

    assert answer.location == f"{path}/receipt"
    assert len(submissions(session)) == 1
    assert len(session.exec(select(Mail).where(Mail.purpose == "receipt")).all()) == 1


def killed() -> None:
    """End the request after its commit, as a kill would, before anything is answered."""
    raise KeyboardInterrupt


def test_a_submission_whose_mail_cannot_be_queued_is_none(
    browser: Browser, session: Session, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("surveys.routes.submitting.receipt_letter", fail)
        assert browser.send(f"{path}/submit", {"key": "k"}).status_code == 500

    assert submissions(session) == []
    assert part_of(session).state is ParticipationState.IN_PROGRESS
    assert browser.send(f"{path}/submit", {"key": "k"}).status_code == 303


def test_submitting_does_not_need_the_broker(
    browser: Browser, session: Session, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("core.tasks.deliver_mail.apply_async", dead)

    assert browser.send(f"{path}/submit", {"key": "k"}).status_code == 303
    assert len(submissions(session)) == 1


def test_the_history_tells_who_changed_what(browser: Browser, path: str) -> None:
    page = browser.get(f"{path}/history").text

    assert "focal_point.ken@example.org" in page
    assert "Question active (en)" in page
    assert "Hidden soon" in page


def test_an_organisation_declines_and_takes_it_back(
    browser: Browser, session: Session, call: Call
) -> None:
    browser.send("/answer/spring/KEN/decline", {"reason": "No staff"})
    declined = part_of(session)
    page = browser.get("/answer/spring/KEN").text
    browser.send("/answer/spring/KEN/decline", {"back": "1"})

    assert declined.state is ParticipationState.DECLINED
    assert declined.decline_reason == "No staff"
    assert "will not take part" in page
    assert part_of(session).state is ParticipationState.OPENED


def test_what_was_submitted_cannot_be_declined(
    browser: Browser, session: Session, path: str
) -> None:
    browser.send(f"{path}/submit", {"key": "k"})

    assert browser.send("/answer/spring/KEN/decline").status_code == 409
    assert part_of(session).state is ParticipationState.SUBMITTED


def test_there_is_no_receipt_before_submitting(browser: Browser, path: str) -> None:
    assert browser.get(f"{path}/receipt").location == path


def test_a_submitted_response_is_read_and_not_edited(browser: Browser, path: str) -> None:
    browser.send(f"{path}/submit", {"key": "k"})

    assert browser.get(f"{path}/sections/one").location == f"{path}/check"
    assert "Reopen to change answers" in browser.get(path).text
    assert "Submit the answers" not in browser.get(f"{path}/check").text
