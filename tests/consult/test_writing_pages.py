"""Writing, submitting and joining on pages, as a browser without JavaScript does it."""

import re

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import (
    Contribution,
    ContributionState,
    ContributionSubmission,
    Disposition,
    DispositionState,
    Outcome,
    SponsorState,
    Stance,
)
from consult.services.rounds import Rules
from consult.services.sponsoring import sponsors_of
from core.clock import now
from core.models import Mail
from movement.models import Person, Role
from tests.consult.arranged import a_draft, a_round, lineage
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


def new(kind: str, language: str = "en", paragraph: object = P1) -> str:
    where = f"&paragraph={paragraph}" if paragraph else ""
    return f"{PLACE}/new?kind={kind}&language={language}{where}"


def write(browser: Browser, path: str, **fields: str) -> tuple[int, str]:
    """Fill in the form at a path and send it; (status, where it leads or what it says)."""
    sent = form_with(browser.get(path).text, "key").fields
    answer = browser.send(path, sent | {name: [value] for name, value in fields.items()})
    return answer.status_code, answer.location or answer.text


def only(session: Session) -> Contribution:
    session.rollback()
    return session.exec(select(Contribution).execution_options(populate_existing=True)).one()


def test_a_comment_on_quoted_words_is_saved(session: Session, focal: Browser) -> None:
    status, _where = write(
        focal, new("comment"), text="Which needs?", quote="on needs", category="technical"
    )

    one = only(session)
    assert (status, one.quote, one.text, one.category) == (
        303, "on needs", "Which needs?", "technical",
    )  # fmt: skip


def test_the_whole_text_is_commented_on(session: Session, focal: Browser) -> None:
    write(focal, new("comment", paragraph=None), text="Too long.")

    assert only(session).scope == "whole"


def test_an_amendment_begins_with_the_paragraphs_words_in_arabic_too(
    session: Session, focal: Browser
) -> None:
    begun = form_with(focal.get(new("amendment", "ar")).text, "proposal").fields
    assert begun["proposal"] == ["تعمل الجمعيات على أساس الاحتياجات وحدها."]

    write(focal, new("amendment", "ar"), proposal="تعمل الجمعيات على أساس الاحتياجات.")

    assert (only(session).language, only(session).proposal_kind) == ("ar", "replace")


def test_changes_are_shown_before_saving(session: Session, focal: Browser) -> None:
    status, text = write(
        focal, new("amendment"), proposal="Societies act on needs.", text="Why", do="preview"
    )

    assert (status, session.exec(select(Contribution)).all()) == (200, [])
    assert re.search(r"<del>.*alone", text)
    assert form_with(text, "proposal").fields["proposal"] == ["Societies act on needs."]


def test_what_can_not_stand_is_told_beside_it_and_kept(session: Session, focal: Browser) -> None:
    status, text = write(focal, new("position"), stance="object")
    assert (status, "needs a reason" in text) == (422, True)
    assert form_with(text, "stance").fields["stance"] == ["object"]

    status, text = write(focal, new("comment"), text="Mine.", quote="no such words")

    assert status == 422
    assert form_with(text, "text").fields["text"] == ["Mine."]
    assert session.exec(select(Contribution)).all() == []


def test_a_page_sent_twice_makes_one(session: Session, focal: Browser) -> None:
    sent = form_with(focal.get(new("comment")).text, "key").fields | {"text": ["Once."]}

    locations = {focal.send(new("comment"), sent).location for _ in range(2)}

    assert len(locations) == 1
    assert only(session).text == "Once."


def test_two_who_change_it_at_once_see_both_versions(
    app: Flask, session: Session, focal: Browser
) -> None:
    one = says(session, a_comment("First."))
    path = f"{PLACE}/contributions/{one.id}/edit"
    sent = form_with(focal.get(path).text, "key").fields
    write(colleague(app, session, Role.RESPONDENT), path, text="Second.")

    answer = focal.send(path, sent | {"text": ["Third."]})

    assert answer.status_code == 409
    assert "Second." in answer.text
    again = form_with(answer.text, "key").fields
    assert again["text"] == ["Third."]
    assert focal.send(path, again).status_code == 303
    assert only(session).text == "Third."


def test_after_the_deadline_nothing_is_saved_and_the_text_is_given_back(
    session: Session, focal: Browser
) -> None:
    sent = form_with(focal.get(new("comment")).text, "key").fields | {"text": ["Too late."]}
    call = voice(session).call
    call.state = "closed"  # type: ignore[assignment] # as staff close a call
    session.commit()

    answer = focal.send(new("comment"), sent)

    assert answer.status_code == 409
    assert "Your words" in answer.text
    assert "Too late." in answer.text


def test_a_colleague_endorses_and_only_a_signer_submits(
    app: Flask, session: Session, focal: Browser
) -> None:
    one = says(session, a_comment())
    respondent = colleague(app, session, Role.RESPONDENT)
    act = f"{PLACE}/contributions/{one.id}/act"

    assert respondent.send(act, {"do": "endorse", "note": "Yes."}).status_code == 303
    fields = {"chosen": str(one.id), "shown": f"{one.id} 0"}
    assert respondent.send(f"{PLACE}/submit", fields).status_code == 403
    assert "1 colleague endorses it" in focal.get(PLACE).text


def test_submitting_leads_to_a_receipt_and_a_mail_without_content(
    session: Session, focal: Browser
) -> None:
    says(session, a_comment("Secret words."))
    says(session, an_amendment())
    sent = form_with(focal.get(f"{PLACE}/check").text, "chosen").fields

    answers = [focal.send(f"{PLACE}/submit", sent) for _ in range(2)]

    assert len({answer.location for answer in answers}) == 1
    made = session.exec(select(ContributionSubmission)).one()
    receipt = focal.get(answers[0].location).text
    assert made.reference in receipt
    assert "Secret words." in receipt
    mail = session.exec(select(Mail).where(Mail.purpose == "receipt")).one()
    assert made.reference in mail.body
    assert "Secret words." not in mail.body


def test_what_a_colleague_changed_meanwhile_is_read_before_it_is_submitted(
    session: Session, focal: Browser
) -> None:
    one = says(session, a_comment("First."))
    sent = form_with(focal.get(f"{PLACE}/check").text, "chosen").fields
    says(session, a_comment("Second."), one=one)

    answer = focal.send(f"{PLACE}/submit", sent)

    assert answer.status_code == 409
    assert only(session).state is ContributionState.IN_PROGRESS


def test_some_can_wait(session: Session, focal: Browser) -> None:
    one, two = says(session, a_comment("One.")), says(session, a_comment("Two."))
    shown = [f"{one.id} 0", f"{two.id} 0"]

    focal.send(f"{PLACE}/submit", {"chosen": str(two.id), "shown": shown})

    session.expire_all()
    assert (one.state, two.state) == (ContributionState.IN_PROGRESS, ContributionState.SUBMITTED)
    session.rollback()
    assert focal.send(f"{PLACE}/submit", {}).status_code == 422


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
    assert chair.send(f"{joint}/{one}", {"do": "confirmed"}).status_code == 303
    assert (
        "Network APMN" in focal.get(f"/consultations/strategy-text/drafts/0/paragraphs/{P1}").text
    )
    assert chair.send(f"{joint}/{one}", {"do": "left"}).status_code == 303

    session.rollback()
    assert [row.state for row in sponsors_of(session, one)] == [SponsorState.LEFT]


def test_a_returned_contribution_is_written_anew_and_submitted_again(
    session: Session, focal: Browser
) -> None:
    (one,) = contributions_of(session, submits(session, a_comment("Old.")))
    one.state, one.return_reason = ContributionState.RETURNED, "Please name the paragraph."
    session.commit()
    assert "Please name the paragraph." in focal.get(f"{PLACE}/contributions/{one.id}").text

    where = focal.send(f"{PLACE}/contributions/{one.id}/act", {"do": "revise"}).location
    write(focal, where, text="New.")
    sent = form_with(focal.get(f"{PLACE}/check").text, "chosen").fields
    focal.send(f"{PLACE}/submit", sent)

    again = only(session)
    assert (again.number, again.text, again.state) == (1, "New.", ContributionState.SUBMITTED)


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
