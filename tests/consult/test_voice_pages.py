"""The official voice on pages: approved, joined, returned, withdrawn, answered, declined."""

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import (
    Contribution,
    ContributionState,
    ContributionSubmission,
    Disposition,
    DispositionState,
    Endorsement,
    Outcome,
    SponsorState,
    Stance,
)
from consult.services.admission import return_to_author
from consult.services.rounds import Rules
from consult.services.sponsoring import sponsors_of
from core.clock import now
from core.models import Mail
from movement.models import Person, Role
from tests.consult.arranged import a_draft, a_round, act, lineage
from tests.consult.speaking import (
    a_comment,
    a_network,
    a_position,
    an_amendment,
    by,
    contributions_of,
    says,
    submits,
    voice,
)
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

PLACE = "/rounds/round-1/KEN"
P1 = lineage("p1")


@pytest.fixture
def focal(app: Flask, session: Session) -> Browser:
    """The focal point of Kenya, which is asked about a draft together with a network."""
    kenya = a_society(session, "KEN")
    network = a_network(session)
    a_round(session, a_draft(session), also=[network.id])
    return browser_of(app, session, somebody(session, Role.FOCAL_POINT, kenya))


def colleague(app: Flask, session: Session, role: Role, code: str = "KEN") -> Browser:
    return browser_of(app, session, somebody(session, role, voice(session, code).organisation))


def write(browser: Browser, path: str, **fields: str) -> tuple[int, str]:
    """Fill in the form at a path and send it; (status, where it leads or what it says)."""
    sent = form_with(browser.get(path).text, "key").fields
    answer = browser.send(path, sent | {name: [value] for name, value in fields.items()})
    return answer.status_code, answer.location or answer.text


def only(session: Session) -> Contribution:
    session.rollback()
    return session.exec(select(Contribution).execution_options(populate_existing=True)).one()


def test_a_second_person_approves_before_the_focal_point_submits(
    app: Flask, session: Session
) -> None:
    kenya = a_society(session, "KEN")
    a_round(session, a_draft(session), Rules(approval_required=True))
    focal = browser_of(app, session, somebody(session, Role.FOCAL_POINT, kenya))
    approver = browser_of(app, session, somebody(session, Role.APPROVER, kenya))
    one = says(session, a_comment())
    shown = {"shown": f"{one.id} 0"}
    assert focal.send(f"{PLACE}/submit", shown).status_code == 409

    assert focal.send(f"{PLACE}/approval", {"do": "ask"}).status_code == 303
    seen = form_with(approver.get(f"{PLACE}/check").text, "digest").fields
    stale = approver.send(f"{PLACE}/approval", {"do": "approve", "digest": "0" * 64})
    assert stale.status_code == 409
    assert approver.send(f"{PLACE}/approval", {**seen, "do": "approve"}).status_code == 303

    assert focal.send(f"{PLACE}/submit", shown).status_code == 303
    made = session.exec(select(ContributionSubmission)).one()
    assert made.approved_by == "approver.ken@example.org"


def test_a_network_joins_and_leaves(app: Flask, session: Session, focal: Browser) -> None:
    one = says(session, an_amendment()).id
    act = f"{PLACE}/contributions/{one}/act"
    focal.send(act, {"do": "invite", "who": "APMN"})
    chair = colleague(app, session, Role.FOCAL_POINT, "APMN")
    joint = "/rounds/round-1/APMN/joint"
    assert "Nobody has asked you" in chair.get(joint).text

    focal.send(f"{PLACE}/submit", {"chosen": str(one), "shown": f"{one} 0"})
    mailed = session.exec(select(Mail.to_address).where(Mail.purpose == "sponsor_asked")).all()
    session.rollback()
    assert mailed == ["focal_point.apmn@example.org"]
    assert "Others ask you to stand behind their words: 1." in chair.get("/").text
    shown = form_with(chair.get(joint).text, "edition").fields
    assert chair.send(f"{joint}/{one}", {**shown, "do": "confirmed"}).status_code == 303
    assert (
        "Network APMN" in focal.get(f"/consultations/strategy-text/drafts/0/paragraphs/{P1}").text
    )
    assert chair.send(f"{joint}/{one}", {**shown, "do": "left"}).status_code == 303

    session.rollback()
    assert [row.state for row in sponsors_of(session, one)] == [SponsorState.LEFT]


def test_a_returned_contribution_is_written_anew_and_submitted_again(
    session: Session, focal: Browser
) -> None:
    (one,) = contributions_of(session, submits(session, a_comment("Old.")))
    one.state, one.return_reason = ContributionState.RETURNED, "Please name the paragraph."
    session.commit()
    assert "Please name the paragraph." in focal.get(f"{PLACE}/contributions/{one.id}").text
    assert "Returned to you, to be written anew: 1." in focal.get("/").text

    where = focal.send(f"{PLACE}/contributions/{one.id}/act", {"do": "revise"}).location
    write(focal, where, text="New.")
    sent = form_with(focal.get(f"{PLACE}/check").text, "chosen").fields
    answers = [focal.send(f"{PLACE}/submit", sent) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert "Returned to you" not in focal.get("/").text
    again = only(session)
    assert (again.number, again.text, again.state) == (1, "New.", ContributionState.SUBMITTED)


def test_a_returned_contribution_goes_in_again_in_the_same_words(
    session: Session, focal: Browser
) -> None:
    (one,) = contributions_of(session, submits(session, a_comment()))
    return_to_author(session, [one.id], "Why?", act())
    session.commit()

    focal.send(f"{PLACE}/contributions/{one.id}/act", {"do": "revise"})
    sent = form_with(focal.get(f"{PLACE}/check").text, "chosen").fields
    focal.send(f"{PLACE}/submit", sent)

    assert only(session).state is ContributionState.SUBMITTED
    assert len(session.exec(select(ContributionSubmission)).all()) == 2


def test_whom_new_wording_names_is_mailed_and_not_offered_again(
    app: Flask, session: Session, focal: Browser
) -> None:
    colleague(app, session, Role.FOCAL_POINT, "APMN")
    (one,) = contributions_of(session, submits(session, a_comment()))
    return_to_author(session, [one.id], "Why?", act())
    session.commit()
    revise = (f"{PLACE}/contributions/{one.id}/act", {"do": "revise"})
    new = focal.send(*revise).location.removesuffix("/edit")
    assert "Ask another organisation" in focal.get(new).text

    focal.send(f"{new}/act", {"do": "invite", "who": "APMN"})
    sent = form_with(focal.get(f"{PLACE}/check").text, "chosen").fields
    focal.send(f"{PLACE}/submit", sent)

    mailed = session.exec(select(Mail.to_address).where(Mail.purpose == "sponsor_asked")).all()
    assert mailed == ["focal_point.apmn@example.org"]
    return_to_author(session, [one.id], "Why?", act())
    session.commit()
    again = focal.get(focal.send(*revise).location.removesuffix("/edit")).text
    assert "Ask another organisation" not in again


def test_withdrawing_is_for_those_who_sign(app: Flask, session: Session, focal: Browser) -> None:
    (one,) = contributions_of(session, submits(session, a_comment()))
    act = f"{PLACE}/contributions/{one.id}/act"

    assert colleague(app, session, Role.RESPONDENT).send(act, {"do": "withdraw"}).status_code == 403
    assert focal.send(act, {"do": "withdraw"}).status_code == 303
    assert only(session).state is ContributionState.WITHDRAWN


def test_the_response_tells_decision_and_reason_once_the_round_has_ended(
    session: Session, focal: Browser
) -> None:
    (one,) = contributions_of(session, submits(session, a_position(Stance.SUPPORT, text="Good.")))
    one.state = ContributionState.ADMITTED
    session.add(
        Disposition(
            contribution_id=one.id, state=DispositionState.APPROVED, outcome=Outcome.NOTED,
            reasons={"en": "Thank you."}, proposed_at=now(), approved_at=now(),
        )
    )  # fmt: skip
    session.commit()
    assert "Thank you." not in focal.get(f"{PLACE}/response").text

    voice(session).round.closed_at = now()
    session.commit()

    text = focal.get(f"{PLACE}/response").text
    assert "Thank you." in text
    assert "Noted" in text


def test_another_organisations_people_find_nothing_there(
    app: Flask, session: Session, focal: Browser
) -> None:
    one = says(session, a_comment())
    chair = colleague(app, session, Role.FOCAL_POINT, "APMN")

    for path in (PLACE, f"{PLACE}/check", f"{PLACE}/contributions/{one.id}",
                 f"/rounds/round-1/APMN/contributions/{one.id}"):  # fmt: skip
        assert chair.get(path).status_code == 404
    assert chair.send(f"{PLACE}/contributions/{one.id}/act", {"do": "drop"}).status_code == 404


def test_an_organisation_declines_and_changes_its_mind(session: Session, focal: Browser) -> None:
    assert focal.send(f"{PLACE}/decline", {"reason": "No time."}).status_code == 303
    assert "We will contribute after all" in focal.get(PLACE).text

    focal.send(f"{PLACE}/decline", {"back": "1"})

    session.rollback()
    assert voice(session).part.declined_at is None


def test_own_work_is_removed_by_its_author_alone(session: Session, focal: Browser) -> None:
    person = session.exec(select(Person)).one()
    one = says(session, a_comment(), by=by(person_id=person.id))

    assert focal.send(f"{PLACE}/contributions/{one.id}/act", {"do": "remove"}).location == PLACE
    session.rollback()
    assert session.exec(select(Contribution)).all() == []


def test_a_note_to_colleagues_is_kept_whole_or_refused_with_all_of_it(
    session: Session, focal: Browser
) -> None:
    one = says(session, a_comment())
    act = f"{PLACE}/contributions/{one.id}/act"
    whole, too_long = "Think of it. " * 300, "Think of it. " * 800

    kept = focal.send(act, {"do": "endorse", "note": whole})
    refused = focal.send(act, {"do": "doubt", "note": too_long})
    session.rollback()

    assert (kept.status_code, refused.status_code) == (303, 422)
    assert "Write at most 10000 characters." in refused.text
    assert too_long.strip() in refused.text
    assert [(word.endorses, word.note) for word in session.exec(select(Endorsement))] == [
        (True, whole.strip())
    ]


def test_a_reason_to_decline_is_not_cut_off(session: Session, focal: Browser) -> None:
    refused = focal.send(f"{PLACE}/decline", {"reason": "No time. " * 60})

    session.rollback()
    assert refused.status_code == 422
    assert "Write at most 500 characters." in refused.text
    assert "No time. " * 59 in refused.text
    assert voice(session).part.declined_at is None
