"""Several people at one response at the same moment, on both databases: none lost or doubled."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlmodel import Session, select

from core.models import Mail
from movement.models import Call, Organisation, Participation, ParticipationState, Role
from surveys.definition import QuestionKind
from surveys.models import AnswerChange, Response, Submission
from surveys.rotation import rotation_for
from tests.factories import Browser, a_society, begun, browser_of, somebody
from tests.surveys.tiny import question, section, tiny

T = TypeVar("T")
FORM = tiny(
    section("one", question("name", required=True), question("staff", QuestionKind.INTEGER)),
    section("two", question("story", QuestionKind.LONG_TEXT)),
)
pytestmark = pytest.mark.both_databases


@pytest.fixture
def crowd(app: Flask, session: Session, society: Organisation, call: Call) -> list[Browser]:
    """Eight browsers of the focal point, each ready to send."""
    person = somebody(session, Role.FOCAL_POINT, society)
    browsers = [browser_of(app, session, person) for _ in range(8)]
    for browser in browsers:
        browser.send("/language", {"language": "en"})
    return browsers


def at_once(act: Callable[[Any], T], things: Sequence[Any]) -> list[T]:
    """Do it with all of them at the same moment."""
    gate = Barrier(len(things))

    def wait_and_act(thing: Any) -> T:
        gate.wait(timeout=30)
        return act(thing)

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(wait_and_act, things))


def fresh(session: Session) -> Response:
    session.rollback()
    session.expire_all()
    return session.exec(select(Response)).one()


@pytest.fixture
def path(crowd: list[Browser], call: Call, society: Organisation) -> str:
    """The path of a response whose only required answer is given."""
    path = begun(crowd[0], call, society)
    crowd[0].send(f"{path}/sections/one", {"edition": "0", "q_name": "Clinics"})
    return path


def test_eight_who_start_at_once_start_one_response(
    crowd: list[Browser], session: Session, call: Call, society: Organisation
) -> None:
    answers = at_once(lambda browser: browser.send(f"/answer/{call.code}/KEN"), crowd)

    response = fresh(session)
    assert {answer.status_code for answer in answers} == {303}
    assert {answer.location for answer in answers} == {f"/responses/{response.id}/sections/one"}
    assert response.rotation == rotation_for("spring", "KEN")
    assert response.region_code == "africa"


@pytest.mark.parametrize("keys", [1, 8])
def test_eight_who_submit_at_once_make_one_submission_and_one_receipt(
    crowd: list[Browser], session: Session, path: str, keys: int
) -> None:
    known = [str(uuid4()) for _ in range(keys)]
    sent = [(browser, known[i % keys]) for i, browser in enumerate(crowd)]

    answers = at_once(lambda pair: pair[0].send(f"{path}/submit", {"key": pair[1]}), sent)

    assert [answer.status_code for answer in answers] == [303] * 8
    assert {answer.location for answer in answers} == {f"{path}/receipt"}
    assert len(session.exec(select(Submission)).all()) == 1
    assert len(session.exec(select(Mail).where(Mail.purpose == "receipt")).all()) == 1
    part = session.exec(select(Participation)).one()
    assert part.state is ParticipationState.SUBMITTED


def test_the_same_key_fifty_times_makes_one_submission(
    crowd: list[Browser], session: Session, path: str
) -> None:
    key = str(uuid4())
    fifty = [crowd[i % len(crowd)] for i in range(50)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda b: b.send(f"{path}/submit", {"key": key}), fifty))

    assert Counter(answer.status_code for answer in answers) == {303: 50}
    assert len(session.exec(select(Submission)).all()) == 1


def test_two_who_save_different_sections_at_once_are_both_kept(
    crowd: list[Browser], session: Session, path: str
) -> None:
    sent = [
        (crowd[0], "one", {"edition": "1", "q_name": "Kitchens", "q_staff": "7"}),
        (crowd[1], "two", {"edition": "0", "q_story": "Long"}),
    ]

    answers = at_once(lambda s: s[0].send(f"{path}/sections/{s[1]}", s[2]), sent)

    assert [answer.status_code for answer in answers] == [303, 303]
    assert fresh(session).answers == {"name": "Kitchens", "staff": 7, "story": "Long"}
    assert fresh(session).editions == {"one": 2, "two": 1}


def test_of_two_who_save_the_same_section_one_gets_both_texts_and_can_save(
    crowd: list[Browser], session: Session, path: str
) -> None:
    sent = [(crowd[0], "Mine"), (crowd[1], "Theirs")]

    answers = at_once(
        lambda s: s[0].send(f"{path}/sections/one", {"edition": "1", "q_name": s[1]}), sent
    )

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    loser = next(i for i, answer in enumerate(answers) if answer.status_code == 409)
    page = answers[loser].text
    assert "Mine" in page
    assert "Theirs" in page
    assert 'name="edition" value="2"' in page
    again = sent[loser][0].send(f"{path}/sections/one", {"edition": "2", "q_name": sent[loser][1]})
    assert again.status_code == 303
    assert fresh(session).answers["name"] == sent[loser][1]


def test_the_same_values_twice_are_no_conflict(
    crowd: list[Browser], session: Session, path: str
) -> None:
    fields = {"edition": "1", "q_name": "Same", "q_staff": "3"}

    answers = at_once(lambda b: b.send(f"{path}/sections/one", fields), crowd[:2])

    assert [answer.status_code for answer in answers] == [303, 303]
    changes = session.exec(select(AnswerChange.question, AnswerChange.after)).all()
    assert Counter(question for question, _ in changes) == {"name": 2, "staff": 1}


def test_saving_and_submitting_at_once_leave_a_submission_of_what_is_saved(
    crowd: list[Browser], session: Session, path: str
) -> None:
    acts = [
        lambda: crowd[0].send(f"{path}/submit", {"key": "k"}),
        lambda: crowd[1].send(f"{path}/sections/two", {"edition": "0", "q_story": "Late"}),
    ]

    submitted, saved = at_once(lambda act: act(), acts)

    assert submitted.status_code == 303
    receipt = session.exec(select(Submission)).one()
    assert receipt.answers == fresh(session).answers
    assert ("story" in receipt.answers) == (saved.status_code == 303)


def test_declining_and_submitting_at_once_never_contradict_each_other(
    crowd: list[Browser], session: Session, path: str, call: Call
) -> None:
    acts = [
        lambda: crowd[0].send(f"{path}/submit", {"key": "k"}),
        lambda: crowd[1].send(f"/answer/{call.code}/KEN/decline"),
    ]

    at_once(lambda act: act(), acts)

    part = session.exec(select(Participation)).one()
    assert part.state is ParticipationState.SUBMITTED
    assert part.submitted_at == fresh(session).submitted_at


def test_a_key_that_another_organisation_used_is_as_good_as_any(
    app: Flask, session: Session, crowd: list[Browser], path: str, call: Call
) -> None:
    other = a_society(session, "GHA")
    session.add(Participation(call_id=call.id, organisation_id=other.id, region_code="africa"))
    neighbour = browser_of(app, session, somebody(session, Role.FOCAL_POINT, other))
    theirs = begun(neighbour, call, other)
    neighbour.send(f"{theirs}/sections/one", {"edition": "0", "q_name": "Tents"})
    crowd[0].send(f"{path}/submit", {"key": "k"})

    answer = neighbour.send(f"{theirs}/submit", {"key": "k"})

    assert answer.status_code == 303
    assert len(session.exec(select(Submission)).all()) == 2


def test_a_page_submitted_long_ago_leads_to_the_receipt_and_submits_nothing(
    crowd: list[Browser], session: Session, path: str
) -> None:
    for key in ("first", "second"):
        crowd[0].send(f"{path}/submit", {"key": key})
        crowd[0].send(f"{path}/reopen")

    answer = crowd[0].send(f"{path}/submit", {"key": "first"})

    assert answer.location == f"{path}/receipt"
    assert len(session.exec(select(Submission)).all()) == 2
    assert fresh(session).submitted_at is None


def test_a_response_deleted_by_hand_is_no_longer_counted(
    app: Flask, crowd: list[Browser], session: Session, path: str
) -> None:
    crowd[0].send(f"{path}/submit", {"key": "k"})
    before = app.test_cli_runner().invoke(args=["surveys", "status", "spring"]).stdout

    session.rollback()
    session.execute(text("DELETE FROM response"))
    session.commit()

    after = app.test_cli_runner().invoke(args=["surveys", "status", "spring"]).stdout
    session.expire_all()
    part = session.exec(select(Participation)).one()
    assert '"submitted": 1' in before
    assert '"submitted": 1' not in after
    assert part.state is ParticipationState.OPENED
    assert (part.started_at, part.submitted_at) == (None, None)
